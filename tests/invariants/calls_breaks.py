"""The rules of the calls, each broken once on purpose; see `tests.invariants.breaks`."""

import os
from time import time

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from calls.models import Approval, Erasure, FormRevision
from tests.calls.joining import add, asking_files
from tests.calls.releasing import release
from tests.calls.test_results import decided
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    AttachmentFactory,
    CallFactory,
    CoApplicantFactory,
    CorrectionFactory,
    ExportFactory,
    IrritantFactory,
    SupportFactory,
    UserFactory,
)
from tests.invariants.breaks import breaks
from tests.spoiling import spoil


def released():
    """An application whose people know its outcome."""
    application = decided(CallFactory(closed=True), "selected")
    release(application.call)
    return application


@breaks("calls")
def a_deposit_falls_within_its_call():
    application = ApplicationFactory(call__closed=True, deposited=True)
    yield
    spoil("UPDATE calls_application SET deposited_at = now() WHERE id = %s", application.pk)
    yield [application.pk]


@breaks("calls")
def a_receipt_proves_its_own_deposit():
    application = ApplicationFactory()
    receipt = application.deposit(by=application.author)
    yield
    spoil("UPDATE calls_receipt SET deposited_at = '2001-01-01' WHERE id = %s", receipt.pk)
    yield [receipt.pk]


@breaks("calls")
def a_correction_is_awaited_while_it_is_asked():
    correction = CorrectionFactory()
    yield
    spoil(
        "UPDATE calls_application SET status = 'deposited' WHERE id = %s",
        correction.application_id,
    )
    yield [correction.application_id]


@breaks("calls")
def an_application_answers_its_call_s_form():
    application, other = ApplicationFactory(), CallFactory()
    yield
    spoil("UPDATE calls_application SET revision_id = %s", other.form.pk)
    yield [application.pk]


@breaks("calls")
def an_outcome_is_the_decision_in_force():
    application = decided(CallFactory(closed=True), "selected")
    yield
    spoil("UPDATE calls_application SET status = 'declined' WHERE id = %s", application.pk)
    yield [application.pk]


@breaks("calls")
def nobody_is_told_before_the_release():
    application = released()
    yield
    spoil("UPDATE calls_call SET results_released_at = NULL, results_released_by_id = NULL")
    yield [application.pk]


@breaks("calls")
def everyone_is_told_at_the_release():
    application = released()
    yield
    spoil("UPDATE calls_application SET notified_at = NULL WHERE id = %s", application.pk)
    yield [application.pk]


@breaks("calls")
def a_signature_is_on_the_plan_as_it_is():
    approval = ApprovalFactory(approved=True)
    yield
    spoil("UPDATE calls_approval SET share_of_time = 100 WHERE id = %s", approval.pk)
    yield [approval.pk]


@breaks("calls")
def nobody_signs_their_own_release():
    approval = ApprovalFactory()
    email = approval.application.author.email
    yield
    spoil("UPDATE calls_approval SET manager_email = %s WHERE id = %s", email, approval.pk)
    yield list(Approval.objects.values_list("pk", flat=True))
    colleague = CoApplicantFactory(accepted=True, application=approval.application)
    email = colleague.person.email
    spoil("UPDATE calls_approval SET manager_email = %s WHERE id = %s", email, approval.pk)
    yield [approval.pk]


@breaks("calls")
def nobody_carries_an_application_twice():
    colleague = CoApplicantFactory(accepted=True)
    yield
    spoil("UPDATE calls_coapplicant SET person_id = %s", colleague.application.author_id)
    yield [colleague.pk]


@breaks("calls")
def an_attachment_has_its_content():
    attachment = AttachmentFactory()
    yield
    default_storage.delete(attachment.path)
    yield [attachment.pk]


@breaks("calls")
def a_content_has_its_attachment():
    attachment = AttachmentFactory()
    long_ago = time() - 7200
    os.utime(default_storage.path(attachment.path), (long_ago, long_ago))
    try:
        yield
        spoil("DELETE FROM calls_attachment")
        yield [attachment.path]
    finally:  # no transaction takes a file back
        default_storage.delete(attachment.path)


@breaks("calls")
def a_deposited_file_is_still_there():
    application = asking_files()
    attachment = add(application)
    receipt = application.deposit(by=application.author)
    yield
    spoil("DELETE FROM calls_attachment WHERE id = %s", attachment.pk)
    yield [receipt.pk]


@breaks("calls")
def an_export_has_its_file():
    path = default_storage.save("exports/whole.csv", ContentFile(b"a"))
    export = ExportFactory(status="ready", ready_at=timezone.now(), path=path)
    yield
    default_storage.delete(path)
    yield [export.pk]


@breaks("calls")
def a_written_file_has_its_export():
    yield
    path = default_storage.save("exports/forgotten.csv", ContentFile(b"a"))
    os.utime(default_storage.path(path), (time() - 7200, time() - 7200))
    try:
        yield [path]
    finally:  # no transaction takes a file back
        default_storage.delete(path)


@breaks("calls")
def nothing_is_left_of_an_erased_application():
    receipts = []
    for _ in range(2):
        application = ApplicationFactory()
        receipts.append(application.deposit(by=application.author))
        application.withdraw(by=application.author)
        Erasure.carry_out(application, by=None, reason="expired")
    first, second = [receipt.application for receipt in receipts]
    yield
    spoil(
        "UPDATE journal_snapshot SET title = 'Alerte', erased_at = NULL WHERE id = %s",
        receipts[0].snapshot_id,
    )
    spoil("DELETE FROM calls_erasure WHERE application_id = %s", second.pk)
    yield [first.pk, second.pk]


@breaks("calls")
def an_answer_names_the_files_of_its_application():
    questions = [{"kind": "files", "label": "Vos pièces"}]
    application = ApplicationFactory(call__questions=questions, answers={})
    AttachmentFactory(application=application, key="q1")
    answer = application.answers.get()
    yield
    spoil("UPDATE calls_attachment SET application_id = %s", ApplicationFactory().pk)
    yield [answer.pk]


@breaks("calls")
def a_published_call_asks_something():
    call = CallFactory()
    yield
    spoil("DELETE FROM calls_question")
    yield [call.pk]


@breaks("calls")
def a_condition_looks_at_choices_above_it():
    call = CallFactory(draft=True)
    yield
    call.form.questions.filter(key="q1").update(condition={"question": "q3", "equals": "yes"})
    yield [call.form.pk]


def revised():
    """A call open with a draft, whose form has a second version in preparation."""
    application = ApplicationFactory()
    by = UserFactory(staff=True)
    return application, FormRevision.prepare(application.call, by=by)


@breaks("calls")
def a_question_keeps_its_kind():
    application, revision = revised()
    former = application.revision.questions.get(key="q2")
    yield
    spoil(
        "UPDATE calls_question SET kind = 'link' WHERE revision_id = %s AND key = 'q2'", revision.pk
    )
    yield [former.pk, revision.questions.get(key="q2").pk]


@breaks("calls")
def a_draft_follows_the_form_in_force():
    application, revision = revised()
    yield
    revision.freeze()
    yield [application.pk]


@breaks("calls")
def nobody_supports_their_own_irritant():
    irritant = IrritantFactory()
    support = SupportFactory(irritant=irritant)
    yield
    spoil("UPDATE calls_support SET person_id = %s", irritant.author_id)
    yield [support.pk]


@breaks("calls")
def a_merged_irritant_leads_to_one_that_is_not():
    merged = IrritantFactory(merged=True)
    support = SupportFactory()
    yield
    spoil("UPDATE calls_support SET irritant_id = %s WHERE id = %s", merged.pk, support.pk)
    yield [merged.pk]
