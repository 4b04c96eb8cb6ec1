"""What happened to an object, as its page shows it."""

from django.template import engines

from journal.models import Event
from journal.templatetags.history import SHOWN
from tests.factories import IrritantFactory, UserFactory


def shown(subject):
    page = engines["django"].from_string("{% load history %}{% history subject %}")
    return page.render({"subject": subject}).split("</details>")


def test_the_latest_events_are_read_at_once_and_the_others_unfolded():
    irritant, person = IrritantFactory(), UserFactory()
    for _number in range(SHOWN):
        Event.record("irritant.supported", actor=person, subject=irritant)
    before = Event.objects.about(irritant).count() - SHOWN
    for _number in range(2 - before):
        Event.record("irritant.supported", actor=person, subject=irritant)

    folded, read = shown(irritant)

    assert "2 événements avant ceux-ci" in folded
    assert (folded.count("<li"), read.count("<li")) == (2, SHOWN)


def test_a_short_history_is_not_folded():
    irritant = IrritantFactory()
    Event.record("irritant.supported", actor=UserFactory(), subject=irritant)

    assert len(shown(irritant)) == 1
