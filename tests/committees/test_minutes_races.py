"""Two requests at the same time on hearings and minutes: right with the lock, wrong without it."""

import pytest
from django.db import IntegrityError

from base.lifecycle import Refused
from committees.models import Hearing, HearingPlan, Minutes, MinutesAmendment, Sitting
from tests.committees.room import room_of
from tests.factories import AgendaItemFactory, HearingPlanFactory, HearingSlotFactory
from tests.races import Other, all_at_once, without_constraint, without_lock


pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("locked", [True, False]),
]


@pytest.mark.race("two applicants for one slot")
def test_two_applicants_for_one_slot_get_it_once(locked):
    plan = HearingPlanFactory(invited=True)
    slot = HearingSlotFactory(plan=plan)
    items = [AgendaItemFactory(sitting=plan.sitting) for _ in range(2)]

    def choose(number):
        item = type(items[0]).objects.get(pk=items[number].pk)
        return Hearing.choose(by=item.deliberation.subject.author, item=item, slot=slot)

    with (
        without_lock(HearingPlan, when=not locked, in_pairs=True),
        without_constraint(Hearing, "hearing_one_per_slot", when=not locked),
    ):
        _results, refusals, _errors = all_at_once(2, choose)
        heard = slot.hearings.standing().count()

    assert (heard == 1) is locked
    assert (len(refusals) == 1) is locked


@pytest.mark.race("an amendment against a signature")
def test_an_amendment_waits_for_a_signature_in_progress_and_is_refused(locked):
    room = room_of(3)
    room.sitting.close(by=room.chair.user)
    minutes = Minutes.generate(by=room.secretary.user, sitting=room.sitting)
    late = Minutes.objects.get(pk=minutes.pk)
    section = late.amended()[0]

    def amend():
        words = {"read": section.text, "text": "Autre.", "reason": "Une coquille."}
        try:
            MinutesAmendment.make(by=room.chair.user, minutes=late, section=section, **words)
        except Refused:
            return "refused"
        except IntegrityError:
            return "broken"
        return "done"

    other = Other(amend)
    with without_lock(Sitting, Minutes, when=not locked):
        other.come_in_during(lambda: minutes.sign(by=room.secretary.user))

    assert (other.result == "refused") is locked
    minutes.refresh_from_db()
    assert (minutes.snapshot.sections[0][1] == section.text) is locked
