"""What members say of a dossier to the committee, and to nobody else."""

import pytest
from django.db import IntegrityError, transaction

from base.lifecycle import Refused
from committees.models import Deliberation, Interest, Remark
from journal.models import Event
from tests.committees.test_permissions import PEOPLE, interested, reviewing, seated
from tests.factories import DeliberationFactory, RemarkFactory, RoundFactory, UserFactory


@pytest.fixture
def deliberation():
    return DeliberationFactory()


READERS = {
    "staff",
    "seated staff",
    "chair",
    "secretary",
    "member who handed in",
    "abstaining chair",
}
SPEAKERS = READERS - {"staff", "abstaining chair"}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_reads_and_writes_remarks(who):
    remark = RemarkFactory()
    user = PEOPLE[who](remark.deliberation)

    reads = Remark.objects.visible_to(user).contains(remark)
    writes = Deliberation.objects.remarkable_by(user).contains(remark.deliberation)

    assert (reads, writes) == (who in READERS, who in SPEAKERS)


def test_after_the_hard_close_the_members_talk_and_an_observer_listens():
    deliberation = DeliberationFactory(round=RoundFactory(closed=True))
    remark = RemarkFactory(deliberation=deliberation)
    member, observer = seated(deliberation), seated(deliberation, observer=True)

    for person, writes in [(member, True), (observer, False)]:
        assert Remark.objects.visible_to(person).contains(remark)
        assert Deliberation.objects.remarkable_by(person).exists() is writes


def test_a_remark_is_written_and_leaves_one_event(deliberation):
    author = reviewing(deliberation, handed_in=True)

    remark = Remark.write(by=author, deliberation=deliberation, text="Déjà essayé.")

    assert (remark.seat.user, remark.text) == (author, "Déjà essayé.")
    assert Event.objects.about(deliberation).get().verb == "remark.written"


def test_nobody_writes_before_their_own_review(deliberation):
    with pytest.raises(Refused):
        Remark.write(by=reviewing(deliberation), deliberation=deliberation, text="Trop tôt.")


def test_a_remark_says_something(deliberation):
    author = reviewing(deliberation, handed_in=True)

    with pytest.raises(Exception, match="Écrivez votre remarque"):
        Remark.write(by=author, deliberation=deliberation, text=" ")
    with pytest.raises(IntegrityError, match="remark_says_something_until_withdrawn"):
        RemarkFactory(text="")


def test_its_author_withdraws_it_and_its_words_go():
    remark = RemarkFactory()
    author = remark.seat.user
    reviewing(remark.deliberation)

    with pytest.raises(Refused):
        remark.withdraw(by=seated(remark.deliberation, chair=True))
    remark.withdraw(by=author)

    assert (remark.text, remark.withdrawn_at is None) == ("", False)
    assert Event.objects.about(remark.deliberation).get().verb == "remark.withdrawn"
    with pytest.raises(Refused, match="déjà retirée"):
        remark.withdraw(by=author)


@pytest.mark.parametrize("change", [{"text": "Autre chose."}, {"seat": None}, None])
def test_a_remark_is_written_once(change):
    remark = RemarkFactory()
    rows = Remark.objects.filter(pk=remark.pk)

    with pytest.raises(IntegrityError, match="remark_is_written_once"), transaction.atomic():
        rows.update(**change) if change else rows.delete()


def test_what_somebody_wrote_who_has_since_an_interest_is_read_no_more():
    remark = RemarkFactory()
    chair = seated(remark.deliberation, chair=True)
    assert Remark.objects.visible_to(chair).contains(remark)

    Interest.objects.create(
        deliberation=remark.deliberation,
        person=remark.seat.user,
        origin="detected",
        status="suspected",
        effect="exclusion",
        reason="Même service.",
    )

    assert not Remark.objects.visible_to(chair).exists()


def test_an_excluded_member_reads_none(deliberation):
    RemarkFactory(deliberation=deliberation)

    assert not Remark.objects.visible_to(interested(deliberation, "exclusion")).exists()
    assert not Remark.objects.visible_to(deliberation.subject.author).exists()
    assert not Remark.objects.visible_to(UserFactory()).exists()
