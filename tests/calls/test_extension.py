from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from base.lifecycle import Refused
from base.wording import instant
from calls.invariants.deposits import a_deposit_falls_within_its_call
from calls.models import Application, Extension
from calls.models.answer import Entry
from journal.models import Event
from notifications.models import Message
from tests.calls.addresses import page, paris
from tests.calls.deposits import close
from tests.factories import ApplicationFactory, ExtensionFactory, UserFactory


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def in_days(days):
    return timezone.now() + timedelta(days=days)


def grant(application, by, **fields):
    fields = {"until": in_days(3), "reason": "Une panne de messagerie."} | fields
    return Extension.grant(by=by, call=application.call, person=application.author, **fields)


def test_one_person_gets_more_time_and_is_told(staff):
    draft = ApplicationFactory(call__closed=True)

    extension = grant(draft, staff)

    assert (extension.person, extension.granted_by) == (draft.author, staff)
    assert [e.verb for e in Event.objects.about(draft.call)] == ["call.extended_for_one"]
    letters = Message.objects.filter(notice="calls/extension_granted")
    assert [letter.recipient for letter in letters] == [draft.author]


def test_she_writes_and_deposits_after_the_closing_and_nobody_else_does(staff):
    draft = ApplicationFactory(call__closed=True)
    other = ApplicationFactory(call=draft.call)
    grant(draft, staff)

    draft.write(by=draft.author, entries=[Entry("q1", "Fini à temps.", 1)])
    receipt = draft.deposit(by=draft.author)

    assert receipt.snapshot.sections
    assert list(a_deposit_falls_within_its_call()) == []
    with pytest.raises(Refused, match="clos depuis"):
        other.deposit(by=other.author)


def test_she_may_even_begin_after_the_closing():
    extension = ExtensionFactory()

    assert Application.start(by=extension.person, call=extension.call).status == "draft"
    with pytest.raises(Refused, match="n’est pas ouvert"):
        Application.start(by=UserFactory(), call=extension.call)


def test_she_amends_her_deposit_until_her_own_closing(staff):
    draft = ApplicationFactory()
    draft.deposit(by=draft.author)
    close(draft)
    grant(Application.objects.get(pk=draft.pk), staff)
    draft = Application.objects.get(pk=draft.pk)

    draft.amend(by=draft.author)
    draft.write(by=draft.author, entries=[Entry("q1", "Corrigé.", 1)])

    assert draft.deposit(by=draft.author).version == 2


def test_her_time_ends_too():
    extension = ExtensionFactory(over=True)
    draft = ApplicationFactory(call=extension.call, author=extension.person)

    with pytest.raises(Refused, match="clos depuis"):
        draft.deposit(by=draft.author)


def test_more_time_in_one_call_is_none_in_another():
    extension = ExtensionFactory()
    draft = ApplicationFactory(author=extension.person, call__closed=True)

    with pytest.raises(Refused, match="clos depuis"):
        draft.deposit(by=draft.author)


def test_an_extension_never_takes_time_back(staff):
    draft = ApplicationFactory()
    grant(draft, staff, until=draft.call.closes_at + timedelta(days=5))

    for until in [draft.call.closes_at, draft.call.closes_at + timedelta(days=4), in_days(-1)]:
        with pytest.raises(Refused, match="donnez-lui une date plus tardive"):
            grant(draft, staff, until=until)

    assert Extension.objects.count() == 1


def test_nobody_gets_more_time_once_a_committee_has_a_dossier(staff):
    draft = ApplicationFactory(call__closed=True)
    ApplicationFactory(call=draft.call, examined=True)

    with pytest.raises(Refused, match="examine déjà"):
        grant(draft, staff)


def test_only_the_team_gives_time_and_reads_why():
    draft = ApplicationFactory()

    with pytest.raises(Refused):
        grant(draft, UserFactory())

    ExtensionFactory()
    assert Extension.objects.visible_to(UserFactory(staff=True)).count() == 1
    assert Extension.objects.visible_to(UserFactory()).count() == 0


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [({"reason": " "}, "extension_says_why"), ({}, "extension_once_per_person_and_instant")],
)
def test_the_database_refuses(fields, constraint):
    given = ExtensionFactory()
    same = {"call": given.call, "person": given.person, "until": given.until}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ExtensionFactory(**same | fields)


def test_the_database_keeps_what_was_given():
    given = ExtensionFactory()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Extension.objects.filter(pk=given.pk).update(until=in_days(-1))


def test_the_team_gives_time_in_pages(client, staff):
    client.force_login(staff)
    draft = ApplicationFactory(call__closed=True)
    address = page("personal-extensions", draft.call.slug)
    typed = {"email": draft.author.email.upper(), "until": paris(days=2), "reason": "Une panne."}

    unknown = client.post(address, typed | {"email": "personne@example.gouv.fr"})
    early = client.post(address, typed | {"until": paris(days=-2)})
    client.post(address, typed)

    assertContains(unknown, "Aucun compte n’a cette adresse.", status_code=422)
    assertContains(early, "donnez-lui une date plus tardive", status_code=409)
    assertContains(early, "Une panne.", status_code=409)
    assertContains(client.get(address), "Une panne.")


def test_she_reads_her_own_closing_everywhere(client):
    extension = ExtensionFactory()
    draft = ApplicationFactory(call=extension.call, author=extension.person)
    client.force_login(extension.person)

    for address in [
        page("writing", draft.pk),
        page("deposit", draft.pk),
        page("call", draft.call.slug),
    ]:
        assertContains(client.get(address), f'data-countdown="{extension.until.isoformat()[:19]}')
    assertContains(
        client.get(page("deposit", draft.pk)), f"votre clôture ({instant(extension.until)})"
    )

    client.force_login(UserFactory())
    assertNotContains(client.get(page("call", draft.call.slug)), "Vous avez plus de temps")
