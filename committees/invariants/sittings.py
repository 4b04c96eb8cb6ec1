"""Agendas, presences, proxies, minutes."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Q

from committees.models import AgendaItem, Attendance, Minutes, Proxy, Seat, Sitting


def an_agenda_stays_in_its_committee():
    """The dossiers of an agenda are before the committee that sits."""
    strayed = ~Q(deliberation__round__committee=F("sitting__committee"))
    return AgendaItem.objects.filter(strayed).values_list("pk", flat=True)


def a_dossier_is_examined_in_an_open_sitting():
    """An examination is open in an open sitting only."""
    return AgendaItem.objects.open().exclude(sitting__status="open").values_list("pk", flat=True)


def nobody_stays_in_a_sitting_that_is_over():
    """When a sitting is over, everybody has left it."""
    here = Attendance.objects.here().exclude(sitting__status="open")
    return here.values_list("pk", flat=True)


def a_proxy_goes_from_a_voice_to_a_voice_of_the_committee():
    """A proxy is given by a voting seat of the committee to another one."""
    fine = Q(
        principal__committee=F("sitting__committee"),
        holder__committee=F("sitting__committee"),
        principal__in=Seat.objects.voting(),
        holder__in=Seat.objects.voting(),
    )
    return Proxy.objects.exclude(fine).values_list("pk", flat=True)


def a_sitting_is_signed_by_two():
    """The minutes of a sitting are signed by two once it is « signed », and not before."""
    counted = Sitting.objects.annotate(count=Count("minutes__signatures"))
    wrong = Q(status="signed") & ~Q(count=2) | ~Q(status="signed") & Q(count__gte=2)
    return counted.filter(wrong).values_list("pk", flat=True)


def minutes_are_those_of_their_sitting():
    """The snapshot of minutes is one of their sitting."""
    sitting = ContentType.objects.get_for_model(Sitting)
    same = Q(snapshot__subject_type=sitting, snapshot__subject_id=F("sitting"))
    return Minutes.objects.exclude(same).values_list("pk", flat=True)


INVARIANTS = [
    an_agenda_stays_in_its_committee,
    a_dossier_is_examined_in_an_open_sitting,
    nobody_stays_in_a_sitting_that_is_over,
    a_proxy_goes_from_a_voice_to_a_voice_of_the_committee,
    a_sitting_is_signed_by_two,
    minutes_are_those_of_their_sitting,
]
