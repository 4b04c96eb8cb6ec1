"""Who may check a masked version is told that some await, until they are checked."""

import pytest

from committees.duties import awaiting, maskings
from tests.committees.test_permissions import excluded_staff, seated
from tests.factories import MaskingFactory, RoundFactory, SeatFactory, UserFactory


@pytest.fixture
def masking():
    round = RoundFactory(blind=True, name="Promotion 7")
    return MaskingFactory(deliberation__round=round)


def titles(user):
    return [duty.title for duty in awaiting(user) if duty.kind == "Masquage"]


def test_it_is_told_to_who_may_check_and_to_nobody_else(masking):
    deliberation = masking.deliberation
    told = ["Vérifier 1 version masquée\u00a0: Promotion 7"]

    assert titles(UserFactory(staff=True)) == told
    assert titles(seated(deliberation, secretary=True)) == told
    others = [excluded_staff(deliberation), seated(deliberation, chair=True), seated(deliberation)]
    assert [titles(one) for one in [*others, UserFactory()]] == [[], [], [], []]


def test_it_leads_to_what_is_to_check_and_vanishes_once_checked(masking):
    team = UserFactory(staff=True)
    (duty,) = maskings(team)
    masking.approve(by=team)

    assert duty.url.endswith(f"/tours/{masking.deliberation.round_id}/masquages/")
    assert duty.due_at == masking.deliberation.round.opens_at
    assert maskings(team) == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_or_three(count, django_assert_num_queries):
    seat = SeatFactory(secretary=True)
    for _ in range(count):
        round = RoundFactory(blind=True, committee=seat.committee)
        for _ in range(count):
            MaskingFactory(deliberation__round=round)

    with django_assert_num_queries(2):
        assert len(maskings(seat.user)) == count
