"""The pages of those who review and of those who conduct the round."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from committees.models import Remark
from committees.tasks import tell_of_remarks
from notifications.models import Message
from tests.committees.test_permissions import interested, reviewing, seated
from tests.committees.test_review import answers, author
from tests.factories import (
    AssignmentFactory,
    DeclarationFactory,
    DeliberationFactory,
    InterestFactory,
    RemarkFactory,
    ReviewFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)


def page(name, thing, **params):
    return reverse(f"committees:{name}", args=[thing.pk], query=params)


def entrusted(seat, round, title, **traits):
    """A dossier of a title entrusted to a seat, whose person declared up to it."""
    deliberation = DeliberationFactory(round=round, subject__title=title)
    DeclarationFactory(person=seat.user, up_to=deliberation)
    return AssignmentFactory(deliberation=deliberation, seat=seat, **traits)


def titles_of(response):
    return [str(assignment.deliberation) for assignment in response.context["page"]]


@pytest.fixture
def seat(client):
    seat = SeatFactory(committee=RoundFactory().committee)
    client.force_login(seat.user)
    return seat


def test_the_queue_counts_and_orders_what_a_member_has_to_do(client, seat):
    round = RoundFactory(committee=seat.committee)
    late = RoundFactory(committee=seat.committee, soft_closed=True)
    busy = entrusted(seat, round, "Beaucoup lu", accepted=True).deliberation
    type(busy).objects.filter(pk=busy.pk).update(review_count=2)
    entrusted(seat, round, "Peu lu")
    entrusted(seat, late, "En retard", accepted=True)
    read = entrusted(seat, round, "Remis", reviewed=True)
    ReviewFactory(assignment=read, handed_in=True)
    entrusted(seat, round, "Refusé", declined=True)

    response = client.get(reverse("committees:queue"))

    order = [title.partition(" (")[0] for title in titles_of(response)]
    assert order == ["En retard", "Peu lu", "Beaucoup lu", "Remis"]
    assert response.context["counts"] == {
        "to_answer": 1,
        "to_write": 2,
        "late": 1,
        "handed_in": 1,
    }


@pytest.mark.parametrize(
    ("params", "count"),
    [({"part": "late"}, 1), ({"part": "to_answer"}, 1), ({"round": "0"}, 2), ({"part": "x"}, 2)],
)
def test_the_queue_is_filtered(client, seat, params, count):
    entrusted(seat, RoundFactory(committee=seat.committee), "Un")
    entrusted(seat, RoundFactory(committee=seat.committee, soft_closed=True), "Deux", accepted=True)

    response = client.get(reverse("committees:queue"), params)

    assert len(titles_of(response)) == count


def test_what_one_is_kept_away_from_is_in_no_queue(client, seat):
    assignment = entrusted(seat, RoundFactory(committee=seat.committee), "Un")
    InterestFactory(
        deliberation=assignment.deliberation, person=seat.user, effect="exclusion", seat=None
    )

    response = client.get(reverse("committees:queue"))

    assert (titles_of(response), sum(response.context["counts"].values())) == ([], 0)


def test_after_a_review_the_next_dossier_is_offered(client, seat):
    round = RoundFactory(committee=seat.committee)
    done = entrusted(seat, round, "Remis", reviewed=True)
    ReviewFactory(assignment=done, handed_in=True)
    following = entrusted(seat, round, "Le suivant", accepted=True)

    response = client.get(done.deliberation.get_absolute_url())

    assertContains(response, "Dossier suivant")
    assert response.context["next"] == following


def test_a_remark_is_written_and_withdrawn_on_its_page(client):
    deliberation = DeliberationFactory()
    client.force_login(reviewing(deliberation, handed_in=True))

    empty = client.post(page("remarks", deliberation), {"text": ""})
    client.post(page("remarks", deliberation), {"text": "Déjà essayé en 2019."})
    remark = Remark.objects.get()
    assertContains(client.get(page("remarks", deliberation)), "Déjà essayé en 2019.")
    client.post(page("remark-withdrawal", remark))

    assert empty.status_code == 422
    said = client.get(page("remarks", deliberation))
    assertContains(said, "Remarque retirée par son auteur")
    assertNotContains(said, "Déjà essayé")


def test_where_authors_are_not_named_a_remark_has_no_name(client):
    remark = RemarkFactory(deliberation__round__authors_named=False)
    client.force_login(reviewing(remark.deliberation, handed_in=True))

    response = client.get(remark.get_absolute_url())

    assertContains(response, "Un membre du comité")
    assertNotContains(response, str(remark.seat.user))


def test_one_message_a_day_tells_of_the_remarks_that_its_reader_may_read():
    remark = RemarkFactory()
    RemarkFactory(deliberation=remark.deliberation, seat=remark.seat)
    deliberation = remark.deliberation
    DeclarationFactory(person=remark.seat.user, up_to=DeliberationFactory(round=deliberation.round))
    told = {reviewing(deliberation, handed_in=True), seated(deliberation, secretary=True)}
    reviewing(deliberation)
    interested(deliberation, "exclusion", chair=True)
    seated(deliberation, observer=True)

    tell_of_remarks()
    tell_of_remarks()

    messages = Message.objects.filter(notice="committees/remarks_written")
    assert sorted(m.recipient_id for m in messages) == sorted(user.pk for user in told)
    assert "2 remarques" in messages[0].subject
    assert remark.text not in messages[0].body


def test_an_old_remark_is_told_no_more():
    remark = RemarkFactory(written_at=timezone.now() - timedelta(days=4))
    reviewing(remark.deliberation, handed_in=True)

    tell_of_remarks()

    assert not Message.objects.exists()


def test_the_team_may_read_the_remarks_and_writes_none(client):
    remark = RemarkFactory()
    client.force_login(UserFactory(staff=True))

    assertContains(client.get(remark.get_absolute_url()), remark.text)
    assert client.post(remark.get_absolute_url(), {"text": "Moi aussi."}).status_code == 409


def test_the_versions_of_one_s_own_sheet_are_shown(client):
    review = ReviewFactory()
    review.save_draft(
        by=author(review), version=0, answers=answers(review, 2), comment="Brouillon."
    )
    client.force_login(author(review))

    assertContains(client.get(page("review-versions", review.deliberation)), "Brouillon.")


def test_what_the_applicants_will_read_is_shown_apart(client):
    review = ReviewFactory(feedback="Continuez.")
    client.force_login(author(review))

    response = client.get(review.get_absolute_url())

    assertContains(response, 'id="apercu" data-empty="Rien pour le moment."><p>Continuez.</p>')
    assertContains(response, "Pour le comité seulement")
    assertContains(response, "Envoyé à l’équipe candidate")
