"""The call that never closes: a round told and contested, another whose letters are prepared."""

from datetime import timedelta

from base.calendar import previous_working_day
from calls.models import Appeal, Release
from incubator.demo import calls, examination
from incubator.demo.clock import at


DAY = timedelta(days=1)


def keep_a_call_open(people, ideas, pains, committee, grid, *, now):
    """Two rounds are decided; a dossier waits for the next one, another has just come."""
    call = calls.publish(
        people,
        title="Vos idées, toute l’année",
        kind="rolling",
        summary="Une idée n’attend pas l’hiver : déposez-la quand elle est mûre, le comité la lit "
        "à sa prochaine séance.",
        drafted_on=now - 75 * DAY,
        opens_on=now - 65 * DAY,
        closes_on=None,
        grace_minutes=0,
        committee=committee,
        grid=grid,
        promotion_on=now + 120 * DAY,
    )
    told = [idea for idea in ideas if idea.get("round") == "first"]
    round = decide(people, call, told, pains, name="Idées du trimestre", on=now - 55 * DAY)
    answer_and_be_contested(people, call, round, told, on=now - 38 * DAY)
    ready = [idea for idea in ideas if idea.get("round") == "second"]
    round = decide(people, call, ready, pains, name="Idées du mois", on=now - 30 * DAY)
    with at(now - DAY, 16):
        Release.prepare(call, by=people.admin, round=round)
    for number, idea in enumerate(idea for idea in ideas if "round" not in idea):
        application = calls.apply(people, call, idea, pains, on=now - (13 - 5 * number) * DAY)
        if "admitted" in idea:
            with at(now - 9 * DAY):
                application.admit(by=people.equipe)


def decide(people, call, ideas, pains, *, name, on):
    """From their deposit, some days before, to the sitting that decides; the round."""
    deposited = [calls.apply(people, call, idea, pains, on=on - 4 * DAY) for idea in ideas]
    told = dict(zip([one.pk for one in deposited], ideas, strict=True))
    with at(on):
        for application in deposited:
            application.admit(by=people.equipe)
        round = examination.plan_round(
            people,
            call.committee,
            call.grid,
            name=name,
            opens_on=on + DAY,
            soft_on=on + 8 * DAY,
            closes_on=on + 10 * DAY,
        )
        call.send_to_committee(by=people.equipe, round=round, applications=deposited)
    ideas = {d: told[d.subject_id] for d in round.deliberations.order_by("pk")}
    voices = examination.voices(call.committee)
    with at(on + 2 * DAY):
        examination.declare(round, [*voices, people.secretaire])
        reviewers = {
            dossier: [getattr(people, key) for key in idea["reviewers"]]
            for dossier, idea in ideas.items()
        }
        examination.entrust(round, reviewers, by=people.equipe)
    with at(on + 6 * DAY):
        ranks = {"selected": 2, "declined": 1}
        examination.review_all(round, rank=lambda d: ranks[ideas[d]["outcome"]], people=voices)
    meets_on = previous_working_day(on + 16 * DAY)
    sitting = examination.convene(
        people, call.committee, list(ideas), on=meets_on, hour=9, convened_on=on + 5 * DAY
    )
    decisions = {d.pk: (idea["outcome"], idea.get("reason", "")) for d, idea in ideas.items()}
    examination.hold(people, sitting, decisions, on=meets_on, hour=9)
    return round


def answer_and_be_contested(people, call, round, ideas, *, on):
    """The letters of a round leave by two people; a month later, somebody contests hers."""
    with at(on, 9):
        release = Release.prepare(call, by=people.equipe, round=round)
    with at(on, 11):
        release.confirm(by=people.admin)
    (letter,), (idea,) = release.letters.all(), ideas
    application = letter.application
    with at(on + DAY, 14):
        letter.acknowledge(by=application.author)
    with at(on + 30 * DAY, 10):
        application.refresh_from_db()
        Appeal.file(application, by=application.author, text=idea["appeal"])
