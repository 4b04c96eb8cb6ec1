"""A call of the demonstration, from its publication to what was deposited."""

from base.calendar import start_of_day
from calls.models import Application, Approval, Call
from calls.models.answer import Entry
from incubator.demo.clock import at


QUESTIONS = [
    {
        "kind": "long",
        "label": "Quel irritant voulez-vous résoudre ?",
        "help": "Qui en souffre, combien de personnes, et quand ? Donnez un exemple vécu.",
        "max_words": 400,
    },
    {
        "kind": "long",
        "label": "Que voulez-vous essayer pendant six mois ?",
        "help": "Ce que vous feriez dès les premières semaines, et avec quels usagers.",
        "max_words": 400,
    },
    {
        "kind": "short",
        "label": "À quoi verra-t-on que cela change quelque chose ?",
        "help": "Une mesure, même approximative, que vous pourriez suivre.",
    },
    {
        "kind": "choice",
        "label": "Sur quel périmètre voulez-vous commencer ?",
        "options": "Quelques communes volontaires\nUn bassin versant\nUn département\nUne région\n"
        "Un ministère",
    },
    {
        "kind": "yes_no",
        "label": "D’autres services vivent-ils le même irritant ?",
        "required": False,
    },
]
TEXTS = {
    "summary": "Vous connaissez un irritant mieux que personne ? Proposez ce que vous essaieriez "
    "en six mois, avec un coach et un développeur. Une page suffit.",
    "guidance": "Partez de ce que vivent les usagers ou les agents, pas d’une solution technique. "
    "Votre responsable signe la mise à disposition d’une part de votre temps : parlez-lui tôt.",
    "eligibility": "Tous les agents publics de l’État et de ses opérateurs, sans condition de "
    "grade ni de métier, avec l’accord de leur responsable.",
    "contact": "equipe@fabrique.example",
    "grace_minutes": 15,
}


def publish(people, *, title, drafted_on, opens_on, closes_on, committee, grid, promotion_on):
    """Draft a call, ask its questions, publish it: open at nine, closed at noon."""
    with at(drafted_on):
        call = Call.draft(
            by=people.equipe,
            title=title,
            opens_at=start_of_day(opens_on).replace(hour=9),
            closes_at=start_of_day(closes_on).replace(hour=12),
            committee=committee,
            grid=grid,
            promotion_starts_on=promotion_on,
            **TEXTS,
        )
        for question in QUESTIONS:
            call.form.add_question(by=people.equipe, **question)
        call.publish(by=people.equipe)
    return call


def apply(people, call, idea, irritants, *, on):
    """Write an idea on a day; deposit it, signed by the manager, unless it stops earlier."""
    author = getattr(people, idea["author"])
    with at(on, 9):
        application = Application.start(
            by=author, call=call, irritant=irritants.get(idea.get("irritant"))
        )
        entries = [
            Entry("title", idea["title"], application.version_of("title")),
            Entry("entity", people.entities[idea["service"]], application.version_of("entity")),
        ]
        application.write(by=author, entries=entries)
        for question, text in zip(application.questions, idea["answers"], strict=True):
            application.write(by=author, entries=[Entry(question.key, text, 0)])
    stage = idea.get("stage", "deposited")
    if stage == "started":
        return application
    with at(on, 11):
        approval = Approval.request(
            application,
            by=author,
            manager_name=idea["manager"],
            manager_email=f"responsable.{idea['author'].replace('_', '.')}@fabrique.example",
            share_of_time=idea["share"],
            starts_on=call.promotion_starts_on,
            months=6,
        )
    if stage == "draft":
        return application
    with at(on, 15):
        status, plan = Approval.Status.APPROVED, approval.plan_digest
        approval.answer(by=None, status=status, plan_digest=plan)
    with at(on, 17):
        application.deposit(by=author)
    return application
