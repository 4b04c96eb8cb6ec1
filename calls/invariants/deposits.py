"""The rules of what is deposited, and of who signs it."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Value

from calls.models import Application, Approval, CoApplicant, Correction, Extension, Receipt


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


INVARIANTS = [
    a_deposit_falls_within_its_call,
    a_receipt_proves_its_own_deposit,
    a_correction_is_awaited_while_it_is_asked,
    an_application_answers_its_call_s_form,
    a_signature_is_on_the_plan_as_it_is,
    nobody_signs_their_own_release,
    nobody_carries_an_application_twice,
]
