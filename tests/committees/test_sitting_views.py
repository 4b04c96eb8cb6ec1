import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from committees.models import AgendaItem, Interest, Minutes
from tests.committees.room import decided, room_of
from tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    DeclarationFactory,
    InterestFactory,
    ProxyFactory,
    SittingFactory,
    UserFactory,
)


def page(name, row):
    return reverse(f"committees:{name}", args=[row.pk])


@pytest.fixture
def room():
    room = room_of(3)
    room.item.open(by=room.chair.user)
    return room


def seen_by(client, user, name, row, **options):
    client.force_login(user)
    return client.get(page(name, row), **options)


def test_a_member_votes_on_the_page_of_the_dossier(client, room):
    ballot, seat = room.ballot(), room.members[0]
    client.force_login(seat.user)

    response = client.post(
        page("vote", room.deliberation), {"seat": seat.pk, "choice": "for"}, follow=True
    )

    assertRedirects(response, ballot.get_absolute_url())
    assertContains(response, "Votre vote est enregistré.")
    assert [(v.seat, v.choice) for v in ballot.votes.all()] == [(seat, "for")]


def test_a_vote_against_without_its_reason_says_so_at_the_field(client, room):
    ballot, seat = room.ballot(), room.members[0]
    client.force_login(seat.user)

    response = client.post(page("vote", room.deliberation), {"seat": seat.pk, "choice": "against"})

    form = response.context["form"]
    assert response.status_code == 422
    assert form.errors == {"comment": ["Un vote contre doit être motivé."]}
    assert form["choice"].value() == "against"
    assert not ballot.votes.exists()


def test_a_silence_is_not_an_answer_that_one_gives(client, room):
    room.ballot()
    seat = room.members[0]
    client.force_login(seat.user)

    response = client.post(page("vote", room.deliberation), {"seat": seat.pk, "choice": "silent"})

    assert response.status_code == 422


def test_a_holder_is_offered_both_votes_then_the_one_that_lacks(client, room):
    away, holder = room.seat(here=False), room.members[0]
    ProxyFactory(sitting=room.sitting, principal=away, holder=holder)
    ballot = room.ballot()

    first = seen_by(client, holder.user, "vote", room.deliberation).context["form"]
    ballot.cast(by=holder.user, choice="for")
    second = seen_by(client, holder.user, "vote", room.deliberation).context["form"]

    assert list(first.fields["seat"].queryset.order_by("pk")) == [holder, away]
    assert (first.initial["seat"], second.initial["seat"]) == (holder, away)


def test_whoever_has_no_vote_to_give_is_told_so(client, room):
    room.ballot()

    response = seen_by(client, room.secretary.user, "vote", room.deliberation)

    assertContains(response, "Aucun vote ne vous attend sur ce dossier")


def test_a_proxy_refused_by_the_database_keeps_what_was_typed(client, room):
    away = room.seat(here=False)
    ProxyFactory(sitting=room.sitting, principal=away, holder=room.members[0])
    client.force_login(room.secretary.user)

    response = client.post(
        page("proxies", room.sitting), {"principal": away.pk, "holder": room.members[1].pk}
    )

    assertContains(response, "Cette personne a déjà donné pouvoir.", status_code=422)
    assert response.context["form"]["holder"].value() == str(room.members[1].pk)


def test_a_refused_button_answers_with_its_sentence(client, room):
    client.force_login(room.chair.user)

    response = client.post(page("sitting-closing", room.sitting))

    assertContains(response, "Un dossier est déjà en cours d’examen.", status_code=409)
    assertContains(response, room.sitting.get_absolute_url(), status_code=409)


def test_a_late_convocation_asks_for_its_urgency(client):
    item = AgendaItemFactory(sitting=SittingFactory(notice_days=30))
    client.force_login(UserFactory(staff=True))

    response = client.post(page("convocation", item.sitting), {"urgency": ""})

    assertContains(response, "Le délai de convocation n’est pas respecté", status_code=409)


def test_the_result_is_shown_once_proclaimed(client, room):
    ballot = room.ballot()
    room.vote(ballot, ["for", "for", "for"])
    member, chair = room.members[0].user, room.chair.user

    assert seen_by(client, chair, "ballot", ballot).context["result"] is None
    ballot.close(by=chair)
    assert seen_by(client, member, "ballot", ballot).context["result"] is None
    assert seen_by(client, chair, "ballot", ballot).context["result"].adopted
    ballot.proclaim(by=chair)
    assertContains(seen_by(client, member, "ballot", ballot), "Proposition adoptée.")


def test_the_decision_form_offers_what_the_ballot_allows(client):
    room = room_of(3)
    decided(room, adopted=False)
    client.force_login(room.chair.user)

    response = client.post(page("conclusion", room.deliberation), {"outcome": "declined"})

    form = response.context["form"]
    assert response.status_code == 422
    assert [value for value, _label in form.fields["outcome"].choices] == [
        "reserve",
        "redirected",
        "declined",
    ]
    assert set(form.errors) == {"reason", "reason_code"}
    assert form["outcome"].value() == "declined"


def test_the_chair_supersedes_on_a_page(client):
    room = room_of(3)
    decided(room, adopted=False)
    reason = {"reason_code": "problem", "reason": "Peu d’usagers rencontrés."}
    room.deliberation.conclude(by=room.chair.user, outcome="declined", **reason)
    client.force_login(room.chair.user)

    response = client.post(
        page("supersession", room.deliberation),
        {"outcome": "reserve", "reason_code": "capacity", "reason": "Rang 8."},
        follow=True,
    )

    assertContains(response, "La nouvelle décision remplace la précédente.")
    assertContains(response, "Décision remplacée")
    assert room.deliberation.decision_in_force().outcome == "reserve"


def test_the_minutes_are_read_signed_and_kept(client):
    room = room_of(3)
    decided(room)
    room.deliberation.conclude(by=room.chair.user, outcome="selected")
    room.sitting.close(by=room.chair.user)
    client.force_login(room.chair.user)

    client.post(page("minutes-generation", room.sitting))
    response = client.post(page("minutes-signature", room.sitting), follow=True)
    document = client.get(page("minutes-pdf", room.sitting))

    assertContains(response, f"Signé par {room.chair.user} (présidence)")
    assertContains(response, Minutes.objects.get().snapshot.digest)
    assert (document["Content-Type"], document.content[:5]) == ("application/pdf", b"%PDF-")


def test_an_excluded_member_finds_nothing_of_their_item_not_even_its_position(client):
    room = room_of(3)
    excluded = room.members[0]
    pages = []
    for number in [1, 2]:
        item = AgendaItemFactory(sitting=room.sitting, position=number + 1)
        DeclarationFactory(person=excluded.user, up_to=item.deliberation)
        pages.append(item)
    hidden = pages[0].deliberation
    InterestFactory(
        deliberation=hidden, person=excluded.user, effect=Interest.Effect.EXCLUSION, seat=None
    )

    with_it = seen_by(client, excluded.user, "sitting", room.sitting).content
    AgendaItem.objects.filter(deliberation=hidden).delete()
    without_it = seen_by(client, excluded.user, "sitting", room.sitting).content

    assert str(hidden) not in with_it.decode()
    assert without_secrets(with_it) == without_secrets(without_it)


def without_secrets(content):
    """The page without the tokens that change at each request."""
    return [line for line in content.decode().splitlines() if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_sitting_costs_the_same_whatever_its_agenda(client, count, django_assert_num_queries):
    room = room_of(3)
    round = room.deliberation.round
    for _other in range(count - 1):
        AgendaItemFactory(sitting=room.sitting, deliberation__round=round)
        AttendanceFactory(sitting=room.sitting)
    round.declarations.update(up_to=round.deliberations.latest("pk"))
    client.force_login(room.chair.user)

    with django_assert_num_queries(13):
        response = client.get(page("sitting", room.sitting))

    assert len(response.context["items"]) == count


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_of_sittings_costs_the_same(client, count, django_assert_num_queries):
    for _sitting in range(count):
        SittingFactory()
    client.force_login(UserFactory(staff=True))

    with django_assert_num_queries(5):
        response = client.get(reverse("committees:sitting-list"))

    assert len(response.context["page"].object_list) == min(count, 25)
