"""The pages of a contest, and its account in the minutes: nobody learns what they may not."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from committees.models import Contest, Minutes
from tests.committees.addresses import page
from tests.committees.council import Council
from tests.factories import ProxyFactory


@pytest.fixture
def council():
    """Three voices and three dossiers."""
    return Council()


def paper(council, contest, **values):
    return {f"c{key}": value for key, value in council.paper(contest, **values).items()}


@pytest.mark.parametrize("method", Contest.Method.values)
def test_a_contest_is_prepared_by_a_page_that_asks_what_its_method_has(client, council, method):
    client.force_login(council.chair)
    address = f"{page('contest-new', council.room.sitting)}?methode={method}"
    form = {"question": "Dans quel ordre ?", "tie_rule": "kept", "scale": "shared", "points": 4}
    items = [item.pk for item in council.items.values()]

    shown = client.get(address)
    response = client.post(address, form | {"items": items, "followed": "on"})

    contest = Contest.objects.get()
    assertRedirects(response, contest.get_absolute_url())
    assert (contest.method, contest.points) == (method, 4 if method == "points" else 10)
    assert ("points" in shown.context["form"].fields) is (method == "points")


def test_a_rule_that_lacks_its_criterion_is_said_at_the_field(client, council):
    client.force_login(council.chair)
    items = [item.pk for item in council.items.values()]
    form = {"question": "Dans quel ordre ?", "tie_rule": "criterion", "items": items}

    response = client.post(page("contest-new", council.room.sitting), form)

    assert response.status_code == 422
    assert "Un critère se choisit" in response.context["form"].errors["criterion"][0]


@pytest.mark.parametrize(
    ("rules", "values"),
    [
        ({"method": "approval"}, {"A": 1, "B": 0, "C": 1}),
        ({"method": "ranking"}, {"A": 2, "B": 1, "C": 0}),
        ({"method": "judgement"}, {"A": 5, "B": 0, "C": 3}),
        ({"method": "points", "scale": "shared"}, {"A": 25, "B": 5, "C": 0}),
    ],
)
def test_a_member_votes_by_the_page_of_each_method(client, council, rules, values):
    contest, seat = council.contest(**rules), council.seats[1]
    client.force_login(seat.user)

    assertContains(client.get(page("contest-vote", contest)), str(council.items["B"]))
    response = client.post(
        page("contest-vote", contest),
        {"seat": seat.pk} | paper(council, contest, **values),
        follow=True,
    )

    assertContains(response, "Votre vote est enregistré.")
    lines = contest.papers.get().lines.values_list("candidate", "value")
    assert dict(lines) == council.paper(contest, **values)
    assertContains(client.get(page("contest-vote", contest)), "Vous pouvez le changer")


def test_a_paper_that_does_not_add_up_is_said_and_kept(client, council):
    contest, seat = council.contest(method="points", scale="shared"), council.seats[1]
    client.force_login(seat.user)

    response = client.post(
        page("contest-vote", contest),
        {"seat": seat.pk} | paper(council, contest, A=25, B=9, C=0),
    )

    assertContains(response, "Vous répartissez plus de 30 points.", status_code=422)
    assertContains(response, 'value="25"', status_code=422)


def test_a_secret_paper_is_filed_once_and_never_shown(client):
    council = Council(voices=5)
    contest, seat = council.contest(secret=True), council.seats[1]
    client.force_login(seat.user)
    form = {"seat": seat.pk} | paper(council, contest, A=1, B=0, C=0)

    client.post(page("contest-vote", contest), form)

    again = client.post(page("contest-vote", contest), form)
    assertContains(again, "ne se change pas", status_code=409)
    council.finish(contest)
    assertNotContains(client.get(contest.get_absolute_url()), "<h2>Votes</h2>")


def test_a_holder_chooses_for_whom_they_vote(client, council):
    away, holder = council.room.seat(here=False), council.seats[1]
    ProxyFactory(sitting=council.room.sitting, principal=away, holder=holder)
    contest = council.contest()
    client.force_login(holder.user)
    address = f"{page('contest-vote', contest)}?siege={away.pk}"

    assertContains(client.get(address), f"Vous votez pour {away.user}.")
    client.post(address, {"seat": away.pk} | paper(council, contest, A=1, B=0, C=0))

    assert contest.papers.get().seat == away


def test_the_page_follows_the_vote_and_tells_the_result_once_proclaimed(client, council):
    contest, member = council.contest(method="judgement"), council.seats[1].user
    council.file(contest, council.seats[0], A=5, B=2, C=0)
    client.force_login(member)

    first = client.get(page("contest-turnout", contest))
    again = client.get(page("contest-turnout", contest), headers={"if-none-match": first["ETag"]})
    contest.close(by=council.chair)
    closed = client.get(contest.get_absolute_url())
    contest.proclaim(by=council.chair)
    told = client.get(contest.get_absolute_url())

    assertContains(first, "1 vote donné")
    assert again.status_code == 304
    assert closed.context["places"] is None
    assertContains(told, "très bien")
    assert [place.rank for place in told.context["places"]] == [1, 2, 3]


def told_to_the_excluded(client, *, dossiers, method="judgement"):
    """All that a member kept from C is answered, whether C exists or not."""
    council = Council(voices=4, dossiers=dossiers)
    excluded = council.seats[1]
    if "C" in dossiers:
        council.keep_away(excluded, "C")
    contest = council.contest(method=method)
    for seat, values in zip(council.seats, [(4, 2, 5), (3, 3, 0), (1, 2, 5)], strict=False):
        names = [n for n in dossiers if n != "C" or seat != excluded]
        given = {n: dict(zip("ABC", values, strict=True))[n] for n in names}
        council.file(contest, seat, **given)
    client.force_login(excluded.user)
    seen = [client.get(page(name, contest)) for name in ["contest-turnout", "contest-vote"]]
    council.finish(contest)
    seen.append(client.get(contest.get_absolute_url()))
    council.room.sitting.close(by=council.chair)
    minutes = Minutes.generate(by=council.chair, sitting=council.room.sitting)
    words = minutes.sections_for(excluded.user)[2][1]
    names = [str(council.items[name]) for name in "AB"] + [str(s.user) for s in council.seats]
    return [
        [place.rank for place in seen[2].context["places"]],
        [place.figure for place in seen[2].context["places"]],
        anonymous(words, names),
        seen[0].context["turnout"],
        list(seen[1].context["form"].fields)[1:] == [f"c{k}" for k in keys_of(council, contest)],
        len(minutes.sections_for(excluded.user)),
    ]


def keys_of(council, contest):
    return [council.keys(contest)[name] for name in "AB"]


def anonymous(text, names):
    for number, name in enumerate(names):
        text = text.replace(name, f"«{number}»")
    return text


def test_a_dossier_that_one_may_not_see_changes_nothing_that_one_is_told(client):
    with_it = told_to_the_excluded(client, dossiers="ABC")
    without_it = told_to_the_excluded(client, dossiers="AB")

    assert with_it == without_it


def test_the_minutes_tell_the_whole_contest_to_who_may_see_it_all(council):
    contest = council.contest(method="judgement")
    council.file(contest, council.seats[0], A=5, B=2, C=0)
    council.finish(contest)
    council.room.sitting.close(by=council.chair)

    minutes = Minutes.generate(by=council.chair, sitting=council.room.sitting)

    heading, text = minutes.sections_for(council.seats[1].user)[2]
    assert heading == "Scrutin de classement\u00a0: Dans quel ordre ?"
    assert text == minutes.snapshot.sections[2][1]
    for name, item in council.items.items():
        assert str(item) in text, name
    assert "Place 1" in text


def test_a_member_who_sees_one_dossier_alone_is_told_of_no_contest(client, council):
    member = council.seats[1]
    council.keep_away(member, "B", "C")
    contest = council.finish(council.contest())
    council.room.sitting.close(by=council.chair)
    minutes = Minutes.generate(by=council.chair, sitting=council.room.sitting)
    client.force_login(member.user)

    assert client.get(contest.get_absolute_url()).status_code == 404
    assertNotContains(client.get(council.room.sitting.get_absolute_url()), "Dans quel ordre")
    assert [heading for heading, _text in minutes.sections_for(member.user)][2:] == [
        str(council.items["A"])
    ]
