"""The rules of calls that a query can check; each returns the ids that break it."""

import re
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db.models import (
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from calls import answer_invariants, leftovers, reserve_rules, scenario_rules
from calls.kept import is_settled, kept_files
from calls.models import (
    Answer,
    Application,
    Approval,
    Attachment,
    Call,
    CoApplicant,
    Correction,
    Extension,
    FormRevision,
    Irritant,
    Question,
    Receipt,
    Support,
    condition,
)
from calls.models.told import decisions_about
from committees.models import Decision


def a_deposit_falls_within_its_call():
    """No application is deposited before its call opens, nor after its closing, its grace and
    the time given to its author."""
    minutes = F("call__grace_minutes") * Value(timedelta(minutes=1))
    grace = ExpressionWrapper(minutes, DurationField())
    last = F("call__closes_at") + grace + Value(timedelta(seconds=1))
    more_time = Extension.objects.of_the_author().filter(
        until__gt=OuterRef("deposited_at") - Value(timedelta(seconds=1))
    )
    late = Q(deposited_at__gte=last) & ~Exists(more_time)
    outside = Q(deposited_at__lt=F("call__opens_at")) | late
    known = Application.objects.exclude(status=Application.Status.ERASED)  # whose time is known
    return known.filter(outside).values_list("pk", flat=True)


def a_receipt_proves_its_own_deposit():
    """A receipt points to a version of its application; the last uncorrected, to its instant."""
    kind = ContentType.objects.get_for_model(Application)
    elsewhere = ~Q(snapshot__subject_type=kind) | ~Q(snapshot__subject_id=F("application"))
    own = Receipt.objects.filter(amendment__correction=None)
    later = own.filter(application=OuterRef("application"), version__gt=OuterRef("version"))
    last = Q(pk__in=own.exclude(Exists(later)).values("pk"), deposited_by__isnull=False)
    moved = last & ~Q(deposited_at=F("application__deposited_at"))
    return Receipt.objects.filter(elsewhere | moved).values_list("pk", flat=True)


def a_correction_is_awaited_while_it_is_asked():
    """An application is in correction when a correction is asked of it, and only then."""
    asked = Exists(Correction.objects.requested().filter(application=OuterRef("pk")))
    state = Q(status=Application.Status.IN_CORRECTION) | Q(
        status=Application.Status.WITHDRAWN, withdrawn_from=Application.Status.IN_CORRECTION
    )
    return Application.objects.filter(asked & ~state | ~asked & state).values_list("pk", flat=True)


def an_application_answers_its_call_s_form():
    """An application follows a published form of its own call."""
    foreign = ~Q(revision__call=F("call")) | Q(revision__published_at=None)
    return Application.objects.filter(foreign).values_list("pk", flat=True)


def an_outcome_is_the_decision_in_force():
    """A decided application stands where its decision put it: in force, or told if that waits."""
    return (
        Application.objects.decided()
        .filter(~Exists(_decisions().filter(outcome=OuterRef("status"))))
        .values_list("pk", flat=True)
    )


def nobody_is_told_before_the_release():
    """An applicant knows an outcome only once its decision is notified and its call released."""
    silent = ~Exists(_decisions().filter(status=Decision.Status.NOTIFIED))
    told = Application.objects.filter(notified_at__isnull=False)
    return told.filter(silent | Q(call__results_released_at=None)).values_list("pk", flat=True)


def everyone_is_told_at_the_release():
    """Where a call’s results are released, no decision that is notified is kept from its people."""
    notified = Exists(_decisions().filter(status=Decision.Status.NOTIFIED))
    untold = Application.objects.decided().filter(notified_at=None)
    return untold.filter(notified).values_list("pk", flat=True)


def a_signature_is_on_the_plan_as_it_is():
    """The digest that a manager signed is that of the plan as it is stored."""
    for approval in Approval.objects.iterator():
        if approval.plan_digest != approval.plan_fingerprint():
            yield approval.pk


def nobody_signs_their_own_release():
    """No applicant is the manager of the release plan of an application that they carry."""
    there = CoApplicant.objects.accepted().filter(application=OuterRef("application"))
    shared = Exists(there.filter(person__email=OuterRef("manager_email")))
    own = Q(manager_email=F("application__author__email"))
    live = Q(pk__in=Approval.objects.live())
    return Approval.objects.filter(own | live & Q(shared)).values_list("pk", flat=True)


def nobody_carries_an_application_twice():
    """Who began an application is not one of its co-applicants."""
    own = CoApplicant.objects.on_board().filter(person=F("application__author"))
    return own.values_list("pk", flat=True)


def an_attachment_has_its_content():
    """Each file that the house knows is where it was kept."""
    rows = Attachment.objects.values_list("pk", "path").iterator()
    return (pk for pk, path in rows if not default_storage.exists(path))


def a_content_has_its_attachment():
    """No kept file is unknown to the house, an hour after it came; told by its path."""
    known = set(Attachment.objects.values_list("path", flat=True))
    return (path for path in kept_files() if path not in known and is_settled(path))


def a_deposited_file_is_still_there():
    """Each file that a deposit names under its hash is still joined to its application."""
    said = Cast("snapshot__sections", TextField())
    naming = Receipt.objects.alias(said=said).filter(said__contains="SHA-256")
    for receipt in naming.select_related("snapshot", "application__revision").iterator():
        application = receipt.application
        asking = set(application.revision.questions.of_files().values_list("label", flat=True))
        lines = [text for heading, text in receipt.snapshot.sections if heading in asking]
        named = set(re.findall(r"SHA-256 ([0-9a-f]{64})\)$", "\n".join(lines), re.MULTILINE))
        if named - set(application.attachments.values_list("digest", flat=True)):
            yield receipt.pk


def an_answer_names_the_files_of_its_application():
    """A file is joined to the answers of its own application and to no other."""
    answers = Answer.objects.filter(text__regex=r"^[0-9\n]+$").filter(
        Exists(
            Question.objects.of_files().filter(
                key=OuterRef("key"), revision=OuterRef("application__revision")
            )
        )
    )
    for answer in answers.iterator():
        named = Attachment.objects.named_in(answer.text)
        if named.exclude(application=answer.application_id).exists():
            yield answer.pk


def a_published_call_asks_something():
    """A published call has a frozen form with a question at least."""
    asking = Q(revisions__published_at__isnull=False, revisions__questions__isnull=False)
    return (
        Call.objects.public()
        .exclude(pk__in=Call.objects.filter(asking).values("pk"))
        .values_list("pk", flat=True)
    )


def a_condition_looks_at_choices_above_it():
    """A question is asked or not by choices that its form offers before it."""
    for revision in FormRevision.objects.prefetch_related("questions").iterator(chunk_size=100):
        questions = sorted(revision.questions.all(), key=lambda question: question.position)
        if condition.fault_in(questions):
            yield revision.pk


def a_question_keeps_its_kind():
    """From one version of a form to the next, a key never changes the kind of its answers."""
    other = Question.objects.filter(revision__call=OuterRef("revision__call"), key=OuterRef("key"))
    return Question.objects.filter(Exists(other.exclude(kind=OuterRef("kind")))).values_list(
        "pk", flat=True
    )


def a_draft_follows_the_form_in_force():
    """What is not deposited answers the last published version of its call's form."""
    newer = FormRevision.objects.filter(
        call=OuterRef("call"), published_at__isnull=False, number__gt=OuterRef("revision__number")
    )
    drafts = Application.objects.filter(status=Application.Status.DRAFT)
    return drafts.filter(Exists(newer)).values_list("pk", flat=True)


def nobody_supports_their_own_irritant():
    """Who reported an irritant does not say « moi aussi » to it."""
    return Support.objects.filter(person=F("irritant__author")).values_list("pk", flat=True)


def a_merged_irritant_leads_to_one_that_is_not():
    """What is merged points to a survivor in one step, and keeps no « moi aussi » for itself."""
    merged = Irritant.objects.filter(status=Irritant.Status.MERGED)
    lost = Q(merged_into__status=Irritant.Status.MERGED) | Q(supports__isnull=False)
    return merged.filter(lost).distinct().values_list("pk", flat=True)


def _decisions():
    """The decision where the application of the query around stands: one for each.

    The one in force, unless its people still know the one that it replaces.
    """
    kept_back = Q(status=Decision.Status.PENDING, supersedes__status=Decision.Status.NOTIFIED)
    known = Q(status=Decision.Status.NOTIFIED, successor__status=Decision.Status.PENDING)
    return decisions_about(Application).filter(Q(successor=None) & ~kept_back | known)


INVARIANTS = [
    *answer_invariants.INVARIANTS,
    a_deposit_falls_within_its_call,
    a_receipt_proves_its_own_deposit,
    a_correction_is_awaited_while_it_is_asked,
    an_application_answers_its_call_s_form,
    an_outcome_is_the_decision_in_force,
    nobody_is_told_before_the_release,
    everyone_is_told_at_the_release,
    a_signature_is_on_the_plan_as_it_is,
    nobody_signs_their_own_release,
    nobody_carries_an_application_twice,
    an_attachment_has_its_content,
    a_content_has_its_attachment,
    a_deposited_file_is_still_there,
    *leftovers.INVARIANTS,
    *reserve_rules.INVARIANTS,
    *scenario_rules.INVARIANTS,
    an_answer_names_the_files_of_its_application,
    a_published_call_asks_something,
    a_condition_looks_at_choices_above_it,
    a_question_keeps_its_kind,
    a_draft_follows_the_form_in_force,
    nobody_supports_their_own_irritant,
    a_merged_irritant_leads_to_one_that_is_not,
]
