"""A call of the demonstration, from its publication to what was deposited."""

from base.calendar import previous_working_day, start_of_day
from calls.models import Application, Call
from calls.models.heading import HEADING
from incubator.demo.clock import at
from incubator.demo.dossiers import ask_visa, write
from incubator.demo.forms import ask


QUESTIONS = [
    {
        "kind": "long",
        "label": "Quel irritant voulez-vous résoudre ?",
        "help": "Qui en souffre, combien de personnes, et quand ? Donnez un exemple vécu.",
        "max_words": 400,
    },
    {
        "kind": "long",
        "label": "Que voulez-vous essayer pendant six mois ?",
        "help": "Ce que vous feriez dès les premières semaines, et avec quels usagers.",
        "max_words": 400,
    },
    {
        "kind": "short",
        "label": "À quoi verra-t-on que cela change quelque chose ?",
        "help": "Une mesure, même approximative, que vous pourriez suivre.",
    },
    {
        "kind": "choice",
        "label": "Sur quel périmètre voulez-vous commencer ?",
        "options": "Quelques communes volontaires\nUn bassin versant\nUn département\nUne région\n"
        "Un ministère",
    },
    {
        "kind": "yes_no",
        "label": "D’autres services vivent-ils le même irritant ?",
        "required": False,
    },
]
TEXTS = {
    "summary": "Vous connaissez un irritant mieux que personne ? Proposez ce que vous essaieriez "
    "en six mois, avec un coach et un développeur. Une page suffit.",
    "guidance": "Partez de ce que vivent les usagers ou les agents, pas d’une solution technique. "
    "Votre responsable signe la mise à disposition d’une part de votre temps : parlez-lui tôt.",
    "eligibility": "Tous les agents publics de l’État et de ses opérateurs, sans condition de "
    "grade ni de métier, avec l’accord de leur responsable.",
    "contact": "equipe@fabrique.example",
    "grace_minutes": 15,
    "receipt_service": "La Fabrique, incubateur de services publics",
    "receipt_contact": "La Fabrique, 20 avenue de Ségur, 75007 Paris\nequipe@fabrique.example\n"
    "01 00 00 00 00",
    "silence": "neither",
    "legal_notice": "Les réponses ne servent qu’à l’examen de la candidature : l’équipe et les "
    "membres du comité les lisent, personne d’autre. Pour les rectifier ou les effacer, écrivez à "
    "l’équipe.",
}


def publish(
    people,
    *,
    title,
    drafted_on,
    opens_on,
    closes_on,
    committee,
    grid,
    promotion_on,
    questions=QUESTIONS,
    **words,
):
    """Draft a call, ask, publish it: open at nine and closed at noon, on working days."""
    with at(drafted_on):
        call = Call.draft(
            by=people.equipe,
            title=title,
            opens_at=start_of_day(previous_working_day(opens_on)).replace(hour=9),
            closes_at=closes_on and start_of_day(previous_working_day(closes_on)).replace(hour=12),
            committee=committee,
            grid=grid,
            promotion_starts_on=promotion_on,
            **TEXTS | words,
        )
        ask(call.form, questions, by=people.equipe)
        call.publish(by=people.equipe)
    return call


def apply(people, call, idea, irritants, *, on):
    """Write an idea on a day, have it signed by the manager, and deposit it."""
    author = getattr(people, idea["author"])
    with at(on, 9):
        application = Application.start(
            by=author, call=call, irritant=irritants.get(idea.get("irritant"))
        )
        heading = {"title": idea["title"], "entity": people.entities[idea["service"]]}
        answers = zip(application.keys()[len(HEADING) :], idea["answers"], strict=True)
        write(application, by=author, texts=heading | dict(answers))
    visa = {"manager": idea["manager"], "share": idea["share"], "status": "approved"}
    ask_visa(people, application, visa, on=on)
    with at(on, 17):
        application.deposit(by=author)
    return application
