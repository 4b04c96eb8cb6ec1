"""The races of those who write, each right with its lock and wrong without it."""

import pytest

from calls.models import Application, Call, FormRevision
from calls.models.answer import Entry
from tests.calls.test_concurrency import again, both_ways
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    CoApplicantFactory,
    EntityFactory,
    UserFactory,
)
from tests.races import Other, without_constraint, without_lock


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.race("a draft begun while another version of the form is published")
@both_ways
def test_a_draft_begun_meanwhile_follows_the_version_being_published(locked, monkeypatch):
    call, staff, agent = CallFactory(), UserFactory(staff=True), UserFactory()
    revision = FormRevision.prepare(call, by=staff)
    revision.add_question(by=staff, kind="short", label="Où ?")
    if not locked:
        monkeypatch.setattr(Call, "hold_deadline", lambda call: None)
    other = Other(lambda: Application.start(by=agent, call=again(call)))

    other.come_in_during(lambda: revision.publish(by=staff))

    followed = Application.objects.get().revision == revision
    assert followed is locked


@pytest.mark.race("two drafts at once")
@both_ways
def test_two_starts_at_once_open_one_draft(locked):
    call, agent = CallFactory(), UserFactory()

    with without_constraint(Application, "application_draft_once_per_author", when=not locked):
        other = Other(lambda: Application.start(by=agent, call=again(call)))
        other.come_in_during(lambda: Application.start(by=agent, call=call))
        drafts = Application.objects.count()

    assert drafts == (1 if locked else 2)


@pytest.mark.race("two tabs that save at once")
@both_ways
def test_of_two_tabs_the_second_gets_both_texts(locked):
    application = ApplicationFactory(answers={"q1": "Premier."})
    author = application.author
    late = again(application)
    other = Other(lambda: late.write(by=author, entries=[Entry("q1", "Second onglet.", 1)]))

    with without_lock(Application, when=not locked):
        other.come_in_during(
            lambda: application.write(by=author, entries=[Entry("q1", "Premier onglet.", 1)])
        )

    stored = again(application).value_of("q1")
    assert bool(other.result) is locked
    assert stored == ("Premier onglet." if locked else "Second onglet.")


@pytest.mark.race("two people write two fields of the heading at once")
@both_ways
def test_of_two_fields_of_the_heading_both_are_kept_without_a_conflict(locked):
    application, entity = ApplicationFactory(), EntityFactory()
    author = application.author
    late = again(application)
    other = Other(lambda: late.write(by=author, entries=[Entry("entity", entity, 0)]))

    with without_lock(Application, when=not locked):
        other.come_in_during(
            lambda: application.write(by=author, entries=[Entry("title", "Premier onglet", 0)])
        )

    stored = again(application)
    assert (other.result, stored.entity) == ([], entity)
    assert (stored.title == "Premier onglet") is locked


@pytest.mark.race("two tabs that name the idea at once")
@both_ways
def test_of_two_names_the_second_gets_both(locked):
    application = ApplicationFactory()
    author = application.author
    late = again(application)
    other = Other(lambda: late.write(by=author, entries=[Entry("title", "Second onglet", 0)]))

    with without_lock(Application, when=not locked):
        other.come_in_during(
            lambda: application.write(by=author, entries=[Entry("title", "Premier onglet", 0)])
        )

    stored = again(application).title
    assert bool(other.result) is locked
    assert stored == ("Premier onglet" if locked else "Second onglet")


@pytest.mark.race("a co-applicant removed while she writes")
@both_ways
def test_an_edit_waits_for_the_removal_of_its_writer_and_is_refused(locked):
    colleague = CoApplicantFactory(accepted=True, application__answers={"q1": "Premier."})
    application, person = colleague.application, colleague.person
    late = again(application)
    other = Other(lambda: late.write(by=person, entries=[Entry("q1", "Après coup.", 1)]))

    with without_lock(Application, when=not locked):
        other.come_in_during(lambda: colleague.remove(by=application.author))

    assert other.refused is locked
    assert again(application).value_of("q1") == ("Premier." if locked else "Après coup.")
