"""How long an application is kept, and who is told before its words go."""

import pytest

from base.lifecycle import Refused
from calls.models import Application, Erasure
from calls.tasks import announce_erasures
from incubator.tasks import purge
from journal.models import Event
from notifications.models import Message
from tests.calls.keeping import ago, announced, forgotten_draft, fresh, told
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    CoApplicantFactory,
    CorrectionFactory,
    DeliberationFactory,
)
from tests.spoiling import spoil


CASES = {
    "draft": (
        lambda days: ApplicationFactory(
            call=CallFactory(opens_at=ago(days=900), closes_at=ago(days=days))
        ),
        366,
    ),
    "draft without closing": (
        lambda days: ApplicationFactory(
            dormant=True, started_at=ago(days=900), edited_at=ago(days=days)
        ),
        366,
    ),
    "inadmissible": (
        lambda days: ApplicationFactory(inadmissible=True, checked_at=ago(days=days)),
        732,
    ),
    "withdrawn": (
        lambda days: ApplicationFactory(withdrawn=True, withdrawn_at=ago(days=days)),
        732,
    ),
    "declined": (
        lambda days: ApplicationFactory(declined=True, notified_at=ago(days=days)),
        732,
    ),
    "reserve": (lambda days: ApplicationFactory(reserve=True, notified_at=ago(days=days)), 732),
}


@pytest.mark.parametrize("case", CASES)
def test_each_kind_is_announced_a_month_before_its_date_and_due_after_it(case):
    make, days = CASES[case]
    after, near, before = make(days), make(days - 20), make(days - 40)

    assert set(Application.objects.ending()) == {after, near}
    for application in [after, near]:
        announced(application)
    assert set(Application.objects.purgeable()) == {after}
    assert before not in Application.objects.ending()


@pytest.mark.parametrize(
    "facts",
    [
        {"selected": True, "told": True, "notified_at": ago(days=3000)},
        {"declined": True},
        {"admissible": True},
        {"examined": True},
        {"deposited": True},
    ],
)
def test_what_is_selected_or_awaits_its_answer_is_never_due(facts):
    application = ApplicationFactory(call__opens_at=ago(days=4000), **facts)

    assert not Application.objects.settled().contains(application)
    with pytest.raises(Refused):
        Erasure.purge(application)


def test_a_correction_that_is_awaited_keeps_its_dossier():
    application = CorrectionFactory().application
    application.withdraw(by=application.author)
    spoil("UPDATE calls_application SET withdrawn_at = %s", ago(days=800))

    assert not Application.objects.ending().exists()


def test_a_live_examination_keeps_its_dossier():
    application = ApplicationFactory(declined=True, notified_at=ago(days=800))
    assert Application.objects.ending().contains(application)

    DeliberationFactory(subject=application)

    assert not Application.objects.ending().exists()
    with pytest.raises(Refused):
        Erasure.purge(application)


def test_its_people_are_told_once_for_a_date():
    draft = forgotten_draft()
    colleague = CoApplicantFactory(application=draft, accepted=True).person

    announce_erasures()
    announce_erasures()

    assert told() == sorted([draft.author.email, colleague.email])
    verbs = [event.verb for event in Event.objects.about(draft)]
    assert verbs == ["application.erasure_announced"]
    with pytest.raises(Refused):
        fresh(draft).announce_erasure()


def test_nothing_goes_before_the_letter_has_left_for_a_month():
    draft = forgotten_draft()
    purge()
    draft.announce_erasure()
    purge()
    Message.objects.update(status="sent", sent_at=ago(days=29))
    purge()
    assert fresh(draft).title

    Message.objects.update(sent_at=ago(days=30))
    purge()

    assert fresh(draft).status == "erased"


def test_what_a_server_refused_a_month_ago_counts_as_told():
    draft = announced(forgotten_draft())
    Message.objects.update(status="failed", sent_at=None, posted_at=ago(days=31))

    assert Application.objects.purgeable().contains(draft)


def test_another_date_is_announced_again():
    draft = announced(
        ApplicationFactory(dormant=True, started_at=ago(days=900), edited_at=ago(days=400))
    )
    draft.wake(by=draft.author)

    assert not Application.objects.purgeable().exists()

    Application.objects.update(woken_at=ago(days=380))
    assert list(Application.objects.ending()) == [draft]
    assert not Application.objects.purgeable().exists()
