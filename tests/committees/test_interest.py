import pytest
from django.db import IntegrityError

from base.lifecycle import Refused
from committees.models import Assignment, Declaration, Deliberation, Interest, Review
from journal.models import Event
from tests.factories import (
    AssignmentFactory,
    DeclarationFactory,
    DeliberationFactory,
    InterestFactory,
    ReviewFactory,
    SeatFactory,
    UserFactory,
)


@pytest.fixture
def member(round):
    return SeatFactory(committee=round.committee).user


def keys(dossiers):
    return [dossier.pk for dossier in dossiers]


def test_a_member_without_a_tie_declares_so_and_the_dossiers_open(round, dossiers, member):
    round.declare_interests(by=member, shown=keys(dossiers))

    assert set(Deliberation.objects.visible_to(member)) == set(dossiers)
    assert Declaration.objects.get().up_to == dossiers[-1]
    assert [e.verb for e in Event.objects.about(round)] == ["interests.declared"]


def test_a_tie_declared_with_the_round_excludes_at_once(round, dossiers, member):
    tie = (dossiers[0], Interest.Effect.EXCLUSION, "Un cousin y travaille.")

    round.declare_interests(by=member, shown=keys(dossiers), ties=[tie])

    assert list(Deliberation.objects.visible_to(member)) == [dossiers[1]]
    assert dossiers[0].interests.get().status == Interest.Status.CONFIRMED


def test_nobody_answers_for_a_dossier_that_joined_meanwhile(round, dossiers, member):
    """The page listed the first and the last; one joined in between, or the list was cut."""
    with pytest.raises(Refused, match="La liste a changé"):
        round.declare_interests(by=member, shown=keys(dossiers)[1:])

    assert not Declaration.objects.exists()


@pytest.mark.parametrize("shown", [[], [999]])
def test_a_declaration_is_about_dossiers_that_await_it(round, dossiers, member, shown):
    with pytest.raises(Refused):
        round.declare_interests(by=member, shown=shown)


def test_a_declaration_may_be_given_page_by_page(round, dossiers, member):
    round.declare_interests(by=member, shown=keys(dossiers)[:1])

    assert list(Deliberation.objects.declarable_by(member)) == dossiers[1:]
    round.declare_interests(by=member, shown=keys(dossiers)[1:])
    assert not Deliberation.objects.declarable_by(member).exists()


def test_an_outsider_declares_nothing(round, dossiers):
    with pytest.raises(Refused):
        round.declare_interests(by=UserFactory(), shown=keys(dossiers))


def test_a_dossier_from_which_one_is_kept_is_not_listed(round, dossiers, member):
    InterestFactory(deliberation=dossiers[0], person=member, suspected=True)

    assert list(Deliberation.objects.declarable_by(member)) == [dossiers[1]]


def test_a_late_declaration_neutralises_the_review_and_recomputes():
    review = ReviewFactory(handed_in=True)
    deliberation, member = review.deliberation, review.assignment.seat.user
    other = AssignmentFactory(deliberation=deliberation, reviewed=True)
    ReviewFactory(assignment=other, handed_in=True, score=80)
    deliberation.weigh()

    deliberation.declare_interest(by=member, effect="abstention", reason="Un cousin y travaille.")

    review.refresh_from_db()
    assert review.status == Review.Status.NEUTRALISED
    assert review.assignment.status == Assignment.Status.NEUTRALISED
    assert (deliberation.score, deliberation.review_count) == (80, 1)
    assert Event.objects.about(deliberation).get().verb == "interest.declared"
    assert Deliberation.objects.visible_to(member).contains(deliberation)


@pytest.mark.parametrize("traits", [{}, {"accepted": True}])
def test_a_late_declaration_frees_from_a_dossier_not_reviewed_yet(traits):
    assignment = AssignmentFactory(**traits)

    assignment.deliberation.declare_interest(
        by=assignment.seat.user, effect="exclusion", reason="Un cousin y travaille."
    )

    assignment.refresh_from_db()
    assert assignment.status == Assignment.Status.NEUTRALISED
    assert not Deliberation.objects.visible_to(assignment.seat.user).exists()


def test_a_declined_dossier_stays_declined():
    assignment = AssignmentFactory(declined=True)

    assignment.deliberation.declare_interest(
        by=assignment.seat.user, effect="exclusion", reason="Un cousin y travaille."
    )

    assignment.refresh_from_db()
    assert assignment.status == Assignment.Status.DECLINED


def test_who_was_cleared_may_still_step_aside():
    interest = InterestFactory(dismissed=True)

    interest.deliberation.declare_interest(
        by=interest.person, effect="abstention", reason="Je m’en souviens."
    )

    interest.refresh_from_db()
    assert (interest.status, interest.origin) == ("confirmed", "declared")


@pytest.mark.parametrize("who", ["stranger", "excluded"])
def test_who_takes_no_part_declares_nothing(who):
    deliberation = DeliberationFactory()
    people = {
        "stranger": lambda: UserFactory(),
        "excluded": lambda: InterestFactory(deliberation=deliberation, effect="exclusion").person,
    }

    with pytest.raises(Refused):
        deliberation.declare_interest(by=people[who](), effect="abstention", reason="Un cousin.")


@pytest.fixture
def suspicion():
    return InterestFactory(suspected=True)


@pytest.fixture
def team():
    return UserFactory(staff=True)


def test_a_suspicion_excludes_until_it_is_dismissed(suspicion, team):
    visible = Deliberation.objects.visible_to(suspicion.person)
    before = visible.exists()

    suspicion.dismiss(by=team, reason="Homonyme.")

    assert (before, visible.exists()) == (False, True)
    assert (suspicion.settled_by, suspicion.settled_reason) == (team, "Homonyme.")
    assert Event.objects.about(suspicion.deliberation).get().verb == "interest.dismissed"


def test_a_suspicion_is_confirmed_with_its_effect(suspicion, team):
    suspicion.confirm(by=team, effect=Interest.Effect.ABSTENTION, reason="Même direction.")

    assert (suspicion.status, suspicion.effect) == ("confirmed", "abstention")
    assert Deliberation.objects.visible_to(suspicion.person).exists()
    assert Event.objects.about(suspicion.deliberation).get().verb == "interest.confirmed"


def test_what_is_settled_is_settled(suspicion, team):
    suspicion.confirm(by=team, effect=Interest.Effect.EXCLUSION)

    with pytest.raises(Refused):
        suspicion.dismiss(by=team, reason="Tout compte fait, non.")


def test_nobody_settles_their_own(suspicion):
    with pytest.raises(Refused):
        suspicion.dismiss(by=suspicion.person, reason="Je me connais.")
    with pytest.raises(Refused):
        suspicion.confirm(by=suspicion.person, effect="abstention")


def test_detecting_again_leaves_what_was_settled(suspicion, team):
    suspicion.dismiss(by=team, reason="Homonyme.")

    Interest.suspect(suspicion.deliberation, suspicion.person, "Encore.")

    assert Interest.objects.get().status == Interest.Status.DISMISSED


def test_a_suspicion_found_late_neutralises_as_a_declaration_does():
    review = ReviewFactory(handed_in=True)

    Interest.suspect(review.deliberation, review.assignment.seat.user, "Travaille là.")

    review.refresh_from_db()
    assert review.status == Review.Status.NEUTRALISED


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"reason": " \n"}, "interest_is_reasoned"),
        ({"suspected": True, "effect": "abstention"}, "interest_suspected_excludes"),
        ({"suspected": True, "origin": "declared"}, "interest_suspected_excludes"),
        ({"settled_at": None}, "interest_settled_at_and_by_once_settled"),
        ({"dismissed": True, "settled_reason": " "}, "interest_dismissed_is_justified"),
    ],
)
def test_the_database_refuses_an_interest(fields, rule):
    with pytest.raises(IntegrityError, match=rule):
        InterestFactory(**fields)


def test_a_person_has_one_interest_in_a_dossier():
    interest = InterestFactory()

    with pytest.raises(IntegrityError, match="interest_once_per_person"):
        InterestFactory(deliberation=interest.deliberation, person=interest.person)


def test_a_declaration_is_given_once_up_to_a_dossier():
    declaration = DeclarationFactory()

    with pytest.raises(IntegrityError, match="declaration_once_per_dossier"):
        DeclarationFactory(person=declaration.person, up_to=declaration.up_to)
