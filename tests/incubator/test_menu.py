import html5lib
import pytest
from django.urls import reverse

from incubator.context import MENU
from tests.factories import CoachFactory, SeatFactory, UserFactory


PUBLIC = ["Appels à candidatures", "Irritants", "Promotions", "Projets"]


def menu_of(client, user=None, path="/cookies/"):
    if user:
        client.force_login(user)
    root = html5lib.parse(client.get(path).content, namespaceHTMLElements=False)
    nav = next(e for e in root.iter("nav") if e.get("id") == "navigation")
    return {"".join(a.itertext()): a for a in nav.iter("a")}


def person(role):
    if role == "member":
        return SeatFactory().user
    if role == "coach":
        return CoachFactory().user
    return UserFactory(staff=role == "team", superuser=role == "administrator")


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("agent", ["Mon espace"]),
        ("member", ["Mon espace", "Comités"]),
        ("coach", ["Mon espace", "Accompagnement"]),
        ("team", ["Mon espace", "Comités", "Équipe"]),
        ("administrator", ["Mon espace", "Comités", "Équipe", "Administration"]),
    ],
)
def test_each_finds_the_rooms_that_are_theirs(client, role, shown):
    assert list(menu_of(client, person(role))) == PUBLIC + shown


def test_a_visitor_finds_what_is_public(client):
    assert list(menu_of(client)) == PUBLIC


def test_a_seat_that_has_ended_opens_no_room(client):
    seat = SeatFactory(ends_on="2020-01-01", starts_on="2019-01-01")

    assert "Comités" not in menu_of(client, seat.user)


@pytest.mark.parametrize("role", ["agent", "member", "coach", "team", "administrator"])
def test_the_shell_of_a_page_costs_the_session_and_the_person(
    client, role, django_assert_num_queries
):
    client.force_login(person(role))
    client.get("/cookies/")

    with django_assert_num_queries(2):
        client.get("/cookies/")


def test_the_shell_costs_a_visitor_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/cookies/")


def test_the_menu_says_where_one_is(client):
    entry = menu_of(client, UserFactory(), reverse("desk"))["Mon espace"]
    below = menu_of(client, path=reverse("message-list"))["Mon espace"]

    assert (entry.get("aria-current"), below.get("aria-current")) == ("page", "true")


def test_every_entry_of_the_menu_has_its_page():
    assert [reverse(name) for _, name, _ in MENU]


def test_the_language_changes_by_a_button_and_comes_back_to_the_page(client):
    response = client.post(reverse("set_language"), {"language": "en", "next": "/cookies/"})

    assert response["Location"] == "/cookies/"
    page = client.get("/cookies/").content.decode()
    assert '<html lang="en"' in page
    assert 'value="fr" lang="fr">Français' in page


def test_the_language_button_sends_nobody_elsewhere(client):
    response = client.post(
        reverse("set_language"), {"language": "en", "next": "https://ailleurs.example/"}
    )

    assert response["Location"] == "/"
