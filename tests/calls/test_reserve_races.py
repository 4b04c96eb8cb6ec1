"""Places that come free at the same time: right with the call's lock, wrong without it."""

import pytest

from base.lifecycle import Refused
from calls.models import Application, Call, Reserve, ReservePlace
from committees.models import Deliberation
from tests.calls.reserves import in_reserve, released, selected
from tests.factories import CallFactory, UserFactory
from tests.races import Other, all_at_once, without_lock


pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("locked", [True, False]),
]


def reserve_after(*, withdrawals):
    """The list of a call whose first two wait, after so many withdrawals."""
    call = CallFactory(closed=True)
    gone = [selected(call) for _ in range(withdrawals)]
    for _ in range(2):
        in_reserve(call)
    released(call)
    for application in gone:
        application.withdraw(by=application.author)
    return call.reserve


def promoted():
    return ReservePlace.objects.exclude(promoted_at=None).count()


@pytest.mark.race("two places given after two withdrawals")
def test_two_withdrawals_promote_two_people(locked):
    reserve, staff = reserve_after(withdrawals=2), UserFactory(staff=True)
    other = Other(lambda: Reserve.objects.get().promote(by=staff))

    with without_lock(Call, when=not locked):
        other.come_in_during(lambda: reserve.promote(by=staff))

    assert promoted() == (2 if locked else 1)


@pytest.mark.race("two places given after one withdrawal")
def test_one_withdrawal_never_promotes_two(locked):
    reserve_after(withdrawals=1)
    staff = UserFactory(staff=True)

    with without_lock(Call, Application, Deliberation, when=not locked, in_pairs=True):
        done, refused, errors = all_at_once(2, lambda _n: Reserve.objects.get().promote(by=staff))

    assert promoted() == 1
    assert (len(done), len(refused), len(errors)) == ((1, 1, 0) if locked else (1, 0, 1))
    assert all(isinstance(one, Refused) for one in refused)
