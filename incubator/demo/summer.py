"""The call under examination: members who know and wish, reviews under way, a sitting prepared."""

from datetime import timedelta

from base.calendar import start_of_day
from calls.models import Classification, Scenario
from calls.portfolio import Rules
from committees.models import (
    AgendaItem,
    Assignment,
    Deliberation,
    Hearing,
    Interest,
    Plan,
    Sitting,
    Wish,
)
from incubator.demo import calls, examination
from incubator.demo.clock import at


NAMES = ["piece", "commune", "bilan", "clauses"]  # of its dossiers, as they were deposited
REMARKS = [
    "Le service d’à côté vit la même chose : il faudrait l’associer dès le premier mois.",
    "D’accord. Demandons en audition qui tiendra l’outil une fois les six mois passés.",
]

DOUBTED = {
    "marks": [
        (1, "Trois semaines par service, dit le dossier, mais un seul service a compté."),
        (0, "Aucune mesure de départ : on ne saura pas ce qui a changé."),
        (1, "La sous-directrice signe, le temps libéré n’est pas écrit."),
        (1, "Les factures ne sont dématérialisées que dans deux régions."),
    ],
    "comment": "Je suis plus réservé que les autres : l’idée est bonne, le moment vient trop tôt.",
    "feedback": "Comptez les heures dans trois services : ce chiffre portera votre dossier.",
}
REAL = (3, "Quarante personnes par jour, et le quart d’heure de guichet est mesuré.")
WRITTEN = [  # how many days ago, the answers so far, the words so far
    (2, [REAL], {"comment": "Commencé après la lecture ; je reprends demain."}),
    (
        1,
        [REAL, (2, "La part des rendez-vous qui aboutissent : une mesure simple, déjà tenue.")],
        {
            "comment": "Reste à juger l’engagement du service : je relis la mise à disposition.",
            "feedback": "Votre mesure est la bonne. Dites qui la relèvera quand vous serez absent.",
        },
    ),
]


def examine(people, ideas, pains, committee, grid, *, now):
    """A call closed three weeks ago: some have declared and reviewed, others are awaited."""
    call = calls.publish(
        people,
        title="Appel à intrapreneurs, été",
        drafted_on=now - timedelta(days=80),
        opens_on=now - timedelta(days=75),
        closes_on=now - timedelta(days=24),
        committee=committee,
        grid=grid,
        promotion_on=now + timedelta(days=45),
    )
    deposited = [
        calls.apply(people, call, idea, pains, on=now - timedelta(days=40 - 2 * number))
        for number, idea in enumerate(ideas)
    ]
    with at(now - timedelta(days=16)):
        for application in deposited:
            application.admit(by=people.equipe)
        round = examination.plan_round(
            people,
            committee,
            grid,
            name="Sélection, été",
            opens_on=now - timedelta(days=15),
            soft_on=now + timedelta(days=5),
            closes_on=now + timedelta(days=9),
        )
        call.send_to_committee(by=people.equipe, round=round, applications=deposited)
    qualify(people, committee, deposited, on=now - timedelta(days=16))
    entrust(people, round, on=now - timedelta(days=14))
    ready = [people.directrice_territoires, people.directrice_numerique]
    with at(now - timedelta(days=6)):
        examination.review_all(round, rank=lambda d: 2, people=ready)
    review_in_part(round, people.membre, now=now)
    with at(now - timedelta(days=5)):
        sitting = Sitting.prepare(
            by=people.secretaire,
            committee=committee,
            meets_at=start_of_day(now + timedelta(days=14)).replace(hour=9, minute=30),
            place=examination.PLACE,
        )
        AgendaItem.add_all(
            by=people.secretaire, sitting=sitting, deliberations=round.deliberations.order_by("pk")
        )
    discuss(round, ready, on=now - timedelta(days=5))
    weigh_a_promotion(people, call, on=now - timedelta(days=4))
    with at(now - timedelta(days=3), 11):
        plan = examination.hear(people, sitting, first_hour=10, choose_on=now + timedelta(days=7))
    with at(now - timedelta(days=2), 9):
        item = sitting.items.in_order().first()
        Hearing.choose(by=deposited[0].author, item=item, slot=plan.free_slots().first())


def qualify(people, committee, deposited, *, on):
    """What two members know, and how much one of them takes: plans say so in their reasons."""
    with at(on, 15):
        for application in deposited[:2]:
            Classification.put(application, by=people.equipe, theme="inside")
        seats = {seat.user: seat for seat in committee.seats.voting()}
        seats[people.directrice_numerique].qualify(
            by=people.equipe, max_load=None, letter="", subjects=["inside"]
        )
        seats[people.membre].qualify(
            by=people.equipe,
            max_load=6,
            letter="Lettre de mission du 1er septembre, renouvelée chaque année.",
            subjects=[],
        )


def entrust(people, round, *, on):
    """Four voices declare and wish; the fifth is awaited. Then each dossier finds its reviewers."""
    ready = [people.presidente, people.membre]
    ready += [people.directrice_territoires, people.directrice_numerique]
    with at(on):
        declare(round, people, ready)
        wish(round, people)
        plan = Plan.request(round, by=people.equipe)
        plan.work_out()
        plan.apply(by=people.equipe)


def declare(round, people, ready):
    """The secretary first, who dismisses what is no tie: having read the same people once."""
    examination.declare(round, [people.secretaire])
    found = Interest.objects.settleable_by(people.secretaire).filter(
        deliberation__round=round, reason__startswith="A déjà évalué"
    )
    for interest in found.order_by("pk"):
        interest.dismiss(
            by=people.secretaire,
            reason="Une autre idée, un autre appel : rien d’autre ne les lie.",
        )
    examination.declare(round, ready)


def wish(round, people):
    """What members would rather review, and rather not: with their loads, it makes one plan only.

    Of plans that cost the same the keys choose one, and the story would have other people.
    """
    dossiers = dict(zip(NAMES, round.deliberations.order_by("pk"), strict=True))
    for person, wanted, unwanted in [
        (people.presidente, ["bilan", "clauses"], []),
        (people.membre, ["piece", "bilan", "clauses"], []),
        (people.directrice_territoires, ["piece", "commune", "bilan"], []),
        (people.directrice_numerique, ["piece"], ["commune"]),
    ]:
        leanings = {dossiers[name]: Wish.Leaning.WANTED for name in wanted}
        leanings |= {dossiers[name]: Wish.Leaning.UNWANTED for name in unwanted}
        Wish.express(round, by=person, leanings=leanings)


def review_in_part(round, member, *, now):
    """Of three dossiers, a member hands in one, is writing the second, has not answered the third.

    They read the first otherwise than its other reviewer: it will be talked about.
    """
    mine = Assignment.objects.filter(deliberation__round=round, seat__user=member)
    piece, bilan = (
        mine.get(deliberation__snapshot__title__startswith=title)
        for title in ["La bonne pièce", "Bilan carbone"]
    )
    with at(now - timedelta(days=5), 11):
        examination.review(bilan, **DOUBTED)
    with at(now - timedelta(days=3), 9):
        sheet = piece.accept(by=member)
    for days, marks, words in WRITTEN:
        with at(now - timedelta(days=days), 18):
            answers = examination.answers(piece, marks)
            sheet.save_draft(by=member, version=sheet.version, answers=answers, **words)


def weigh_a_promotion(people, call, *, on):
    """Two ways to choose among what is marked already; the sitting will decide."""
    with at(on, 17):
        for name, rules in [
            ("Les 2 meilleurs", Rules(places=2)),
            ("Les 2 meilleurs avec un coach, un par service", Rules(2, coaches=1, per_service=1)),
        ]:
            Scenario.keep(call, by=people.secretaire, name=name, basis="raw", rules=rules)


def discuss(round, people, *, on):
    """What those who handed in their reviews say to the committee."""
    with at(on, 15):
        for deliberation in round.deliberations.order_by("pk"):
            words = [
                (person, text)
                for person, text in zip(people, REMARKS, strict=True)
                if Deliberation.objects.remarkable_by(person).contains(deliberation)
            ]
            examination.remark(deliberation, words)
