"""What an account says of the contests that judged a dossier: its own place, and of nobody else."""

import random

import pytest

from calls.invariants.outcomes import an_account_computes_again_to_the_same_words
from calls.models import Letter
from committees.account import sections_of
from journal.models import Snapshot
from journal.models.snapshot import digest_of
from tests.committees.council import Council
from tests.committees.room import decided
from tests.factories import UserFactory


HIGHEST = {"approval": 1, "ranking": 3, "judgement": 5, "points": 10}
RULES = [
    {"method": "approval"},
    {"method": "ranking", "tie_rule": "casting_vote"},
    {"method": "judgement", "tie_rule": "lot"},
    {"method": "points", "secret": True},
]


def voted(council, **rules):
    """A contest in which each seat said something, by dice; proclaimed."""
    dice = random.Random(7)
    contest = council.contest(**rules)
    for seat in council.seats:
        council.file(
            contest, seat, **{one: dice.randint(0, HIGHEST[contest.method]) for one in "ABC"}
        )
    return council.finish(contest)


def told(council):
    """The letter that tells what was decided of « A »."""
    decided(council.room)
    council.room.deliberation.conclude(by=council.chair, outcome="selected")
    application = council.room.deliberation.subject
    application.tell(by=UserFactory(staff=True))
    return application.letters.get()


def of_contests(sections):
    return [text for heading, text in sections if heading.startswith("Le scrutin de classement")]


def away(council, name):
    """The second member steps aside from a dossier on which they have voted."""
    member = council.seats[1].user
    deliberation = council.items[name].deliberation
    deliberation.declare_interest(by=member, effect="exclusion", reason="Un lien.")


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: rules["method"])
def test_it_tells_the_place_names_nobody_and_stays_the_same(rules):
    council = Council(voices=5)
    contest = voted(council, **rules)
    place = contest.order().ranks()[council.keys(contest)["A"]]

    letter = told(council)
    away(council, "B")

    (said,) = of_contests(letter.account.sections)
    assert f"Place de votre dossier\u00a0: {place} sur 3" in said
    assert "Ont pris part au vote\u00a0: 5" in said
    assert contest.get_tie_rule_display() in said
    others = [str(council.items[name]) for name in "BC"] + [str(s.user) for s in council.seats]
    assert [name for name in others if name in str(letter.account.sections)] == []
    assert list(an_account_computes_again_to_the_same_words()) == []
    contest.refresh_from_db()
    assert contest.counts() != contest.as_of(letter.decision.notified_at).counts()


def test_nothing_is_told_of_a_contest_called_off_of_others_nor_not_proclaimed():
    council = Council()
    council.finish(council.contest()).cancel(by=council.chair, reason="Erreur.")
    council.finish(council.contest(items=[council.items["B"], council.items["C"]]))
    council.contest()

    assert of_contests(told(council).account.sections) == []


def test_an_account_frozen_before_contests_were_told_stays_provable():
    council = Council()
    voted(council, method="approval")
    letter = told(council)
    sections = sections_of(letter.decision, at=letter.decision.notified_at, edition=1)
    first = Snapshot.take(letter.application, title=letter.account.title, sections=sections)

    Letter.objects.update(edition=1, account=first)

    assert of_contests(sections) == []
    assert first.digest == digest_of(letter.account.title, [list(one) for one in sections])
    assert list(an_account_computes_again_to_the_same_words()) == []
    Letter.objects.update(edition=2)
    assert list(an_account_computes_again_to_the_same_words()) == [letter.pk]
