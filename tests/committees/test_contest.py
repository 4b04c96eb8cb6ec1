import pytest

from base.lifecycle import Refused
from committees.models import Contest, PaperLine, RollMark
from journal.models import Event
from tests.committees.council import Council
from tests.factories import (
    AgendaItemFactory,
    ProxyFactory,
)


@pytest.fixture
def council():
    """Three voices and three dossiers."""
    return Council()


def test_a_contest_from_its_question_to_its_order(council):
    contest = council.contest()
    for seat, approved in zip(council.seats, [(1, 1, 0), (1, 0, 0), (1, 0, 1)], strict=True):
        council.file(contest, seat, **dict(zip("ABC", approved, strict=True)))
    council.finish(contest)

    assert contest.status == "proclaimed"
    assert council.order(contest) == ["A", "BC"]
    verbs = [event.verb for event in Event.objects.about(contest)]
    assert verbs == [
        *["contest.prepared", "contest.opened"],
        *["paper.cast"] * 3,
        *["contest.closed", "contest.proclaimed"],
    ]


@pytest.mark.parametrize(
    ("method", "papers", "order"),
    [
        ("approval", [(1, 0, 0), (1, 0, 0), (0, 1, 0)], ["A", "B", "C"]),
        ("ranking", [(1, 2, 3), (2, 1, 3), (2, 1, 3)], ["B", "A", "C"]),
        ("judgement", [(5, 3, 0), (5, 4, 0), (0, 3, 1)], ["A", "B", "C"]),
        ("points", [(10, 2, 0), (0, 3, 9), (1, 8, 1)], ["B", "A", "C"]),
    ],
)
def test_each_method_orders_the_dossiers(council, method, papers, order):
    contest = council.contest(method=method)

    for seat, paper in zip(council.seats, papers, strict=True):
        council.file(contest, seat, **dict(zip("ABC", paper, strict=True)))

    assert council.order(contest) == order


@pytest.mark.parametrize("method", Contest.Method.values)
def test_in_secret_the_same_papers_come_to_the_same_order(method):
    council = Council(voices=5)
    papers = [(1, 0, 0), (1, 1, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)]
    opened, secret = council.contest(method=method), council.contest(method=method, secret=True)

    for contest in [opened, secret]:
        for seat, paper in zip(council.seats, papers, strict=True):
            council.file(contest, seat, **dict(zip("ABC", paper, strict=True)))

    assert not secret.counts()
    assert council.order(council.finish(secret)) == council.order(council.finish(opened))
    assert not secret.papers.exists()
    assert [e.verb for e in Event.objects.about(secret)][2:3] == ["contest.closed"]


def test_voting_again_replaces_the_paper_and_the_same_click_is_one_event(council):
    contest, seat = council.contest(), council.seats[1]

    council.file(contest, seat, A=1, B=0, C=0)
    council.file(contest, seat, A=1, B=0, C=0)
    council.file(contest, seat, A=0, B=1, C=0)

    assert contest.papers.count() == 1
    lines = dict(PaperLine.objects.values_list("candidate", "value"))
    assert lines == council.paper(contest, A=0, B=1, C=0)
    assert [e.verb for e in Event.objects.about(contest)].count("paper.cast") == 2


def test_a_contest_is_opened_once(council):
    contest = council.contest()

    with pytest.raises(Refused, match="n’est plus à ouvrir"):
        contest.open(by=council.chair)


def test_a_secret_paper_is_not_filed_twice():
    council = Council(voices=5)
    contest = council.contest(secret=True)
    council.file(contest, council.seats[1], A=1, B=0, C=0)

    with pytest.raises(Refused, match="un vote secret ne se change pas"):
        council.file(contest, council.seats[1], A=0, B=1, C=0)
    assert RollMark.objects.count() == 1


@pytest.mark.parametrize(
    ("rules", "values", "sentence"),
    [
        ({"method": "approval"}, (2, 0, 0), "sort de ce que"),
        ({"method": "ranking"}, (4, 0, 0), "sort de ce que"),
        ({"method": "judgement"}, (6, 0, 0), "sort de ce que"),
        ({"method": "points", "points": 5}, (6, 0, 0), "sort de ce que"),
        ({"method": "points", "scale": "shared", "points": 5}, (9, 7, 0), "plus de 15 points"),
    ],
)
def test_a_paper_is_of_its_method(council, rules, values, sentence):
    contest = council.contest(**rules)

    with pytest.raises(Refused, match=sentence):
        council.file(contest, council.seats[0], **dict(zip("ABC", values, strict=True)))


def test_a_paper_judges_every_dossier_that_one_may(council):
    contest = council.contest()

    with pytest.raises(Refused, match="La liste des dossiers à juger a changé"):
        council.file(contest, council.seats[1], A=1, B=0)


def test_two_dossiers_at_least_are_compared(council):
    with pytest.raises(Refused, match="au moins deux dossiers"):
        council.contest(items=[council.items["A"]])


def test_a_dossier_of_another_agenda_is_not_compared(council):
    with pytest.raises(Refused, match="n’est plus à l’ordre du jour"):
        council.contest(items=[council.items["A"], AgendaItemFactory()])


def test_a_member_prepares_no_contest(council):
    with pytest.raises(Refused, match="Vous ne conduisez pas de séance ouverte"):
        council.contest(by=council.seats[1].user)


def test_a_contest_waits_for_the_quorum(council):
    contest = council.contest(prepared=True)
    for seat in council.seats[1:]:
        council.room.sitting.attendances.get(seat=seat).end(by=council.chair)

    with pytest.raises(Refused, match="Le quorum n’est pas atteint"):
        contest.open(by=council.chair)


def test_the_absent_the_secretary_and_who_came_later_do_not_vote(council):
    away = council.room.seat(here=False)
    contest = council.contest()

    for seat in [away, council.room.secretary, council.room.seat()]:
        with pytest.raises(Refused, match="Vous ne pouvez pas voter"):
            council.file(contest, seat, A=1, B=0, C=0)


def test_a_holder_votes_for_the_absent(council):
    away, holder = council.room.seat(here=False), council.seats[1]
    ProxyFactory(sitting=council.room.sitting, principal=away, holder=holder)
    contest = council.contest()

    contest.cast(by=holder.user, values=council.paper(contest, A=1, B=0, C=0), seat=away)

    assert list(contest.papers.values_list("seat", "cast_by")) == [(away.pk, holder.user_id)]


def test_only_who_conducts_closes_proclaims_and_cancels(council):
    contest = council.contest()
    member = council.seats[1].user

    for verb in [contest.close, contest.proclaim, lambda by: contest.cancel(by=by, reason="Non.")]:
        with pytest.raises(Refused, match="Vous ne conduisez pas ce scrutin"):
            verb(by=member)


def test_a_cancelled_contest_has_its_reason(council):
    contest = council.contest()

    contest.cancel(by=council.chair, reason="La question était ambiguë.")

    assert (contest.status, contest.cancellation) == ("cancelled", "La question était ambiguë.")


def test_postponing_a_dossier_cancels_what_compares_it(council):
    contest = council.contest()

    council.items["B"].postpone(by=council.chair, reason="Il manque une pièce.")

    contest.refresh_from_db()
    assert (contest.status, "pièce" in contest.cancellation) == ("cancelled", False)


def test_the_end_of_the_sitting_cancels_what_has_no_result(council):
    open_one, told = council.contest(), council.finish(council.contest())

    council.room.sitting.close(by=council.chair)

    for contest in [open_one, told]:
        contest.refresh_from_db()
    assert (open_one.status, told.status) == ("cancelled", "proclaimed")
