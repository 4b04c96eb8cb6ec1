"""The running promotion of the demonstration: its call, its sitting, its results, its projects."""

from datetime import timedelta

from base.calendar import previous_working_day
from calls.models import Appeal, Release, Reserve
from incubator.demo import calls, examination
from incubator.demo.clock import at
from projects.models import Promotion


LEFT = "declined"
CONTESTED = (
    "Le marché de sécurité cité par le comité ne couvre que trois sites sur quarante : les autres"
    " tiennent leurs badges dans un tableur, et c’est d’eux que parle ma candidature."
)
DISSENT = "Le besoin est établi par quatre services : je l’aurais inscrit sur la liste de réserve."
RECTIFIED = {
    "wrong": "Date et lieu prévus : salle du conseil, et à distance.",
    "right": "La séance s’est tenue entièrement à distance, la salle étant indisponible.",
    "reason": "Erreur de lieu, signalée par deux membres après la signature.",
}


def lead_to_a_promotion(people, ideas, irritants, committee, grid, *, anchor):
    """The call of the running promotion, to its released results and its open projects."""
    before = anchor - timedelta(days=150)
    call = calls.publish(
        people,
        title="Appel à intrapreneurs, hiver dernier",
        drafted_on=before,
        opens_on=before + timedelta(days=5),
        closes_on=before + timedelta(days=40),
        committee=committee,
        grid=grid,
        promotion_on=anchor,
    )
    deposited = [
        calls.apply(people, call, idea, irritants, on=before + timedelta(days=20 + number))
        for number, idea in enumerate(ideas)
    ]
    answers = [(idea["outcome"], idea.get("reason", "")) for idea in ideas]
    wanted = dict(zip([application.pk for application in deposited], answers, strict=True))
    reviewers = [[getattr(people, key) for key in idea["reviewers"]] for idea in ideas]
    asked = dict(zip([application.pk for application in deposited], reviewers, strict=True))
    decide(people, call, deposited, wanted, asked, committee, grid, before=before)
    answer(people, call, deposited, answers, on=before + timedelta(days=85))
    with at(before + timedelta(days=86)):
        promotion = Promotion.found(
            by=people.equipe,
            name=f"Promotion {anchor.year}",
            summary="Trois idées d’agents, retenues parmi celles de l’hiver, entrées ensemble en "
            "incubation pour six mois.",
            starts_on=anchor,
            committee=committee,
            call=call,
        )
        promotion.publish(by=people.equipe)
    with at(anchor, 8):
        ready = promotion.applications_openable_by(people.equipe).order_by("pk")
        promotion.open_projects(ready, by=people.equipe, anchor=anchor)
    return promotion


def answer(people, call, deposited, answers, *, on):
    """Letters prepared by one and sent by another; most read theirs, one contests, then thinks."""
    with at(on, 9):
        reserve = Reserve.of(call)
        Reserve.arrange(
            call,
            by=people.equipe,
            applications=reserve.to_arrange(people.equipe),
            ends_on=on + timedelta(days=300),
        )
        release = Release.prepare(call, by=people.equipe)
    with at(on, 11):
        release.confirm(by=people.admin)
    with at(on + timedelta(days=1), 14):
        for letter in release.letters.all()[1:]:
            letter.acknowledge(by=letter.application.author)
    declined = next(
        a for a, (outcome, _) in zip(deposited, answers, strict=True) if outcome == LEFT
    )
    declined.refresh_from_db()
    with at(on + timedelta(days=4), 10):
        appeal = Appeal.file(declined, by=declined.author, text=CONTESTED)
    with at(on + timedelta(days=9), 17):
        appeal.withdraw(by=declined.author)


def decide(people, call, deposited, wanted, asked, committee, grid, *, before):
    """A round of reviews and the sitting that decides.

    By the key of an application, `wanted` is its (outcome, reason) and `asked` who review it.
    """
    with at(before + timedelta(days=43)):
        for application in deposited:
            application.admit(by=people.equipe)
        round = examination.plan_round(
            people,
            committee,
            grid,
            name="Sélection, hiver dernier",
            opens_on=before + timedelta(days=44),
            soft_on=before + timedelta(days=58),
            closes_on=before + timedelta(days=63),
        )
        call.send_to_committee(by=people.equipe, round=round, applications=deposited)
    voices = examination.voices(committee)
    with at(before + timedelta(days=45)):
        examination.declare(round, [*voices, people.secretaire])
        reviewers = {d: asked[d.subject_id] for d in round.deliberations.order_by("pk")}
        examination.entrust(round, reviewers, by=people.equipe)
    ranks = {"selected": 2, "reserve": 1, "declined": 0}
    with at(before + timedelta(days=52)):
        examination.review_all(round, rank=lambda d: ranks[wanted[d.subject_id][0]], people=voices)
    meets_on = previous_working_day(before + timedelta(days=75))
    deliberations = list(round.deliberations.order_by("pk"))
    convened_on = before + timedelta(days=64)
    sitting = examination.convene(
        people, committee, deliberations, on=meets_on, hour=9, convened_on=convened_on
    )
    decisions = {d.pk: wanted[d.subject_id] for d in deliberations}
    declined = next(d for d in deliberations if wanted[d.subject_id][0] == "declined")
    minutes = examination.hold(
        people,
        sitting,
        decisions,
        on=meets_on,
        hour=9,
        compared=True,
        dissents=[(people.directrice_numerique, declined, DISSENT)],
    )
    examination.rectify(people, minutes, on=meets_on + timedelta(days=2), **RECTIFIED)
