"""When a gracious appeal comes in time, and when silence answers it: the rules and their sources.

Code des relations entre le public et l’administration (CRPA), art. L410-1 and L411-2: any decision
may be the object of a gracious appeal, before who took it, within the time given for the court,
which it interrupts. Code de justice administrative (CJA), art. R421-1: two months from the
notification; art. R421-5: they bind only if the notification says so. They are full months (CE, 19
September 2014, n° 362568): neither the first day nor the last counts, and what ends on a day when
nobody works ends on the next one. CRPA, art. L231-4, 2°: silence for two months on an
administrative appeal is a rejection, from which the time given for the court runs again.
"""

from datetime import timedelta

from django.utils.timezone import localdate

from base.calendar import is_working_day, months_after


APPEAL_MONTHS = 2
SILENCE_MONTHS = 2


def last_day_to_appeal(notified_at):
    """The last day, whole, on which a decision told at an instant may be contested."""
    day = months_after(localdate(notified_at) + timedelta(days=1), APPEAL_MONTHS)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def day_of_silence(filed_at):
    """The day from which silence has rejected an appeal filed at an instant."""
    return months_after(localdate(filed_at), SILENCE_MONTHS)
