"""An examination of the demonstration: interests, reviews, the sitting, its ballots and minutes."""

from datetime import timedelta

from base.calendar import start_of_day
from committees.models import (
    AgendaItem,
    Assignment,
    Attendance,
    Ballot,
    Contest,
    Deliberation,
    Demand,
    Dissent,
    HearingPlan,
    Minutes,
    Plan,
    Rectification,
    Remark,
    Round,
    Sitting,
)
from incubator.demo.clock import at


PLACE = "Salle du conseil, et à distance"
FEEDBACK = [
    "Précisez dès maintenant qui tiendra la mesure d’impact.",
    "Rencontrez dix personnes qui vivent cet irritant avant d’écrire la première ligne.",
    "Dites à votre service ce que vous ne ferez plus pendant ces six mois.",
]
CONDITIONS = [Demand("Nommer qui tiendra la mesure d’impact au service", days=45)]


def voices(committee):
    return [seat.user for seat in committee.seats.reviewing().in_order()]


def plan_round(people, committee, grid, *, name, opens_on, soft_on, closes_on, **policy):
    return Round.open_for(
        committee,
        by=people.equipe,
        grid=grid,
        name=name,
        opens_at=start_of_day(opens_on).replace(hour=9),
        soft_closes_at=start_of_day(soft_on).replace(hour=18),
        closes_at=start_of_day(closes_on).replace(hour=18),
        reviews_wanted=3,
        **policy,
    )


def declare(round, people):
    """Each says, before reading, that no tie binds them."""
    for person in people:
        awaiting = round.deliberations.declarable_by(person).order_by("pk")
        if shown := list(awaiting.values_list("pk", flat=True)):
            round.declare_interests(by=person, shown=shown)


def entrust(round, people, *, by):
    """From a file, so that the story has its people wherever keys begin: {dossier: who review it}.

    Of plans that cost the same, the keys choose one.
    """
    pairs = [(dossier, person) for dossier, asked in people.items() for person in asked]
    text = "\n".join(f"{dossier.subject_id};{person.email}" for dossier, person in pairs)
    Plan.read_from(round, by=by, text=text).apply(by=by)


def answers(assignment, marks):
    """What a sheet takes, criterion after criterion, from the (rank of its level, why) of each."""
    criteria = assignment.deliberation.round.grid.criteria.in_order()
    return [
        (criterion, criterion.ordered_levels()[rank], False, why)
        for criterion, (rank, why) in zip(criteria, marks, strict=False)
    ]


def review(assignment, *, marks, comment, feedback):
    """Accept a dossier and hand in its review."""
    person = assignment.seat.user
    sheet = assignment.accept(by=person)
    sheet.hand_in(
        by=person,
        version=sheet.version,
        answers=answers(assignment, marks),
        comment=comment,
        feedback=feedback,
    )


def review_all(round, *, rank, people):
    """Every review entrusted to these people, at a level that a dossier deserves."""
    assignments = Assignment.objects.filter(deliberation__round=round, seat__user__in=people)
    for number, assignment in enumerate(assignments.order_by("pk")):
        level = rank(assignment.deliberation)
        last = max(0, min(3, level + (number % 3) - 1))
        ranks = [level, level, min(3, level + 1), last]
        review(
            assignment,
            marks=[(rank, "Le dossier le montre par l’exemple.") for rank in ranks],
            comment="L’irritant est décrit par ceux qui le vivent.",
            feedback=FEEDBACK[number % len(FEEDBACK)],
        )


def remark(deliberation, words):
    """Say something to the committee, each in their turn: (person, text) pairs."""
    for person, text in words:
        Remark.write(by=person, deliberation=deliberation, text=text)


def hear(people, sitting, *, first_hour, choose_on):
    """Slots of twenty minutes that those who carry the dossiers choose from."""
    plan = HearingPlan.lay_out(
        by=people.secretaire,
        sitting=sitting,
        first_at=start_of_day(sitting.day).replace(hour=first_hour),
        count=sitting.items.count() + 1,
        minutes=20,
        pause=10,
        link="https://visio.fabrique.example/comite",
        choose_before=start_of_day(choose_on) + timedelta(hours=18),
    )
    plan.invite(by=people.secretaire)
    return plan


def convene(people, committee, deliberations, *, on, hour, convened_on):
    with at(convened_on, 9):
        sitting = Sitting.prepare(
            by=people.secretaire,
            committee=committee,
            meets_at=start_of_day(on).replace(hour=hour),
            place=PLACE,
        )
        AgendaItem.add_all(by=people.secretaire, sitting=sitting, deliberations=deliberations)
        sitting.convene(by=people.secretaire)
    return sitting


def hold(people, sitting, decisions, *, on, hour, compared=False, dissents=()):
    """Hold a sitting: `decisions` gives the outcome and the reason of each deliberation.

    Its dossiers may be `compared` by a vote too. `dissents` are the (person, deliberation, text)
    of those who had their disagreement written.
    """
    chair = people.presidente
    with at(on, hour):
        sitting.open(by=chair)
        for seat in sitting.committee.seats.voting().in_order():
            Attendance.begin(by=people.secretaire, sitting=sitting, seat=seat)
    for number, item in enumerate(sitting.items.in_order()):
        outcome, reason = decisions[item.deliberation_id]
        with at(on, hour, 10 + 15 * number):
            ballot = vote(chair, item, outcome)
        with at(on, hour, 20 + 15 * number):
            ballot.close(by=chair)
            ballot.proclaim(by=chair)
            Deliberation.objects.get(pk=item.deliberation_id).conclude(
                by=chair,
                outcome=outcome,
                reason_code="" if outcome == "selected" else "other",
                reason=reason,
                conditions=CONDITIONS if outcome == "selected" and number == 0 else [],
            )
    if compared:
        with at(on, 17):
            compare(chair, sitting, decisions)
    with at(on, 18):
        sitting.refresh_from_db()
        sitting.close(by=chair)
        for person, deliberation, text in dissents:
            Dissent.record(by=person, item=sitting.items.get(deliberation=deliberation), text=text)
        minutes = Minutes.generate(by=people.secretaire, sitting=sitting)
        minutes.sign(by=people.secretaire)
        minutes.sign(by=chair)
    return minutes


def vote(chair, item, outcome):
    """Everybody who may votes for what is proposed."""
    item.open(by=chair)
    ballot = Ballot.prepare(
        by=chair,
        item=item,
        question="Retenez-vous la proposition des évaluations ?",
        proposal=outcome,
    )
    ballot.open(by=chair)
    for person in voices(item.sitting.committee):
        if Ballot.objects.votable_by(person).contains(ballot):
            ballot.cast(by=person, choice="for")
    return ballot


GRADES = {"selected": 5, "reserve": 3, "declined": 1}


def compare(chair, sitting, decisions):
    """A majority judgement between the dossiers: a ranking that people have beside the marks."""
    contest = Contest.prepare(
        by=chair,
        sitting=sitting,
        question="Quelle mention méritent ces idées pour la promotion ?",
        items=Contest.offered(by=chair, sitting=sitting),
        method=Contest.Method.JUDGEMENT,
    )
    contest.open(by=chair)
    for number, person in enumerate(voices(sitting.committee)):
        (seat,) = contest.seats_of(person)
        values = {
            candidate.pk: GRADES[decisions[candidate.item.deliberation_id][0]]
            - (number + rank) % 3 // 2
            for rank, candidate in enumerate(contest.judged_by(person, seat).order_by("pk"))
        }
        contest.cast(by=person, values=values)
    contest.close(by=chair)
    contest.proclaim(by=chair)


def rectify(people, minutes, *, on, **words):
    """Correct signed minutes by a numbered act, signed by the same two."""
    with at(on, 11):
        act = Rectification.draft(by=people.secretaire, minutes=minutes, **words)
        act.sign(by=people.secretaire)
        act.sign(by=people.presidente)
