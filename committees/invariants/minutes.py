"""Hearings, amended minutes, signatures, rectifications."""

from django.db.models import Count, F, Max, Q

from committees.models import (
    Dissent,
    Hearing,
    HearingSlot,
    Minutes,
    MinutesAmendment,
    Rectification,
    RectificationSignature,
    Seat,
    Signature,
)


def a_dossier_is_heard_in_the_sitting_of_its_agenda():
    """A hearing takes a slot of the sitting on whose agenda its dossier is."""
    strayed = ~Q(slot__plan__sitting=F("item__sitting"))
    return Hearing.objects.filter(strayed).values_list("pk", flat=True)


def nobody_is_heard_in_a_blind_round():
    """No dossier of a blind round is heard: its members would learn whose it is."""
    return Hearing.objects.filter(item__deliberation__round__blind=True).values_list(
        "pk", flat=True
    )


def hearings_are_held_on_the_day_of_their_sitting():
    """The slots of a sitting fall on its day."""
    slots = HearingSlot.objects.select_related("plan__sitting")
    return [slot.pk for slot in slots if slot.day != slot.plan.sitting.day]


def minutes_are_made_of_their_records():
    """The words of minutes are those generated, then amended, then followed by the dissents."""
    every = Minutes.objects.filter(snapshot__erased_at=None).select_related("snapshot")
    return [minutes.pk for minutes in every if minutes.snapshot.sections != minutes.composed()]


def two_people_sign_minutes():
    """Minutes are signed by two different people, chair and secretary."""
    signed = Signature.objects.values("minutes").annotate(
        names=Count("pk"), people=Count("signed_by", distinct=True)
    )
    return signed.exclude(names=F("people")).values_list("minutes", flat=True)


def an_amendment_precedes_the_signature():
    """An amendment was made before anyone signed its minutes."""
    late = Q(minutes__signatures__signed_at__lt=F("amended_at"))
    return MinutesAmendment.objects.filter(late).values_list("pk", flat=True).distinct()


def a_dissent_is_of_a_voice_of_the_committee():
    """A dissent is a voting member's of the committee that sat, before anyone signed."""
    fine = Q(seat__committee=F("item__sitting__committee"), seat__in=Seat.objects.voting())
    late = Q(item__sitting__minutes__signatures__signed_at__lt=F("recorded_at"))
    return Dissent.objects.filter(~fine | late).values_list("pk", flat=True).distinct()


def rectifications_are_numbered_without_a_gap():
    """The rectifications of a part of the minutes are numbered from 1, without a gap."""
    series = Rectification.objects.values("minutes", "item").annotate(
        last=Max("number"), count=Count("pk")
    )
    return series.exclude(last=F("count")).values_list("minutes", flat=True)


def rectifications_follow_signed_minutes():
    """Only signed minutes are rectified, about an item of their own agenda."""
    strayed = Q(item__isnull=False) & ~Q(item__sitting=F("minutes__sitting"))
    unsigned = ~Q(minutes__sitting__status="signed")
    return Rectification.objects.filter(strayed | unsigned).values_list("pk", flat=True)


def two_people_sign_a_rectification():
    """A rectification is signed by two different people."""
    signed = RectificationSignature.objects.values("rectification").annotate(
        names=Count("pk"), people=Count("signed_by", distinct=True)
    )
    return signed.exclude(names=F("people")).values_list("rectification", flat=True)


INVARIANTS = [
    a_dossier_is_heard_in_the_sitting_of_its_agenda,
    nobody_is_heard_in_a_blind_round,
    hearings_are_held_on_the_day_of_their_sitting,
    minutes_are_made_of_their_records,
    two_people_sign_minutes,
    an_amendment_precedes_the_signature,
    a_dissent_is_of_a_voice_of_the_committee,
    rectifications_are_numbered_without_a_gap,
    rectifications_follow_signed_minutes,
    two_people_sign_a_rectification,
]
