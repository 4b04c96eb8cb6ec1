import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from base.lifecycle import Refused
from coaching import notices
from coaching.models import ActionItem
from journal.models import Event
from notifications.models import Message
from tests.factories import ActionItemFactory, SessionFactory, UserFactory


@pytest.fixture
def action(assignment, leader):
    return ActionItemFactory(session=SessionFactory(assignment=assignment), owner=leader)


def verbs(action):
    return [event.verb for event in Event.objects.about(action)]


@pytest.mark.parametrize("who", ["coach", "intrapreneur"])
def test_an_action_is_done_then_reopened(who, people, action):
    action.complete(by=people[who])
    assert (action.done_by, action.done_at is None) == (people[who], False)

    action.reopen(by=people[who])

    assert (action.done_by, action.done_at) == (None, None)
    assert verbs(action) == ["actionitem.completed", "actionitem.reopened"]


@pytest.mark.parametrize("who", ["former coach", "other coach", "staff", "stranger"])
def test_nobody_else_says_that_it_is_done(who, people, action):
    with pytest.raises(Refused, match="n’est pas la vôtre"):
        action.complete(by=people[who])


def test_an_action_is_done_once(action, leader):
    action.complete(by=leader)

    with pytest.raises(Refused, match="déjà faite"):
        action.complete(by=leader)


def test_what_is_to_do_is_not_reopened(action, leader):
    with pytest.raises(Refused, match="encore à faire"):
        action.reopen(by=leader)


def test_a_done_action_calls_off_its_reminder(action, leader):
    notices.action_due(action)

    action.complete(by=leader)

    assert [message.status for message in Message.objects.all()] == ["void"]


def test_actions_come_with_what_is_to_do_first(leader):
    done = ActionItemFactory(owner=leader, done=True)
    late, early = ActionItemFactory(owner=leader), ActionItemFactory(owner=leader)
    ActionItem.objects.filter(pk=early.pk).update(due_on=early.session.held_on)

    assert list(ActionItem.objects.to_do_first()) == [early, late, done]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"done_at": timezone.now()}, "actionitem_done_says_when_and_by_whom"),
        ({"title": ""}, "actionitem_says_what"),
    ],
)
def test_an_action_holds_in_the_database(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ActionItemFactory(**fields)


RIGHTS = {
    "coach": {"visible_to", "completable_by"},
    "intrapreneur": {"visible_to"},
    "owner": {"visible_to", "completable_by"},
    "staff": {"visible_to"},
    "superuser": {"visible_to"},
}


@pytest.mark.parametrize("right", ["visible_to", "completable_by"])
def test_rights_on_an_action(right, people, assignment):
    owner = UserFactory()
    action = ActionItemFactory(session=SessionFactory(assignment=assignment), owner=owner)
    everyone = people | {"owner": owner}

    granted = {
        who: getattr(ActionItem.objects, right)(user).contains(action)
        for who, user in everyone.items()
    }

    assert granted == {who: right in RIGHTS.get(who, set()) for who in everyone}


@pytest.mark.parametrize("who", ["coach", "intrapreneur", "staff"])
def test_a_list_knows_what_its_reader_may_tick(who, people, action):
    shown = ActionItem.objects.shown_to(people[who]).get()

    assert shown.in_hand == (who != "staff")
