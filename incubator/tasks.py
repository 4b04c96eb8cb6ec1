import logging
from io import StringIO

from celery import shared_task
from django.core.management import call_command

from accounts.models import User
from base.calendar import today
from incubator import heartbeat, notices


logger = logging.getLogger(__name__)
CHECKS = ["check_invariants", "verify_journal"]


@shared_task
def beat():
    """Say that beat, the broker and a worker are alive. Run twice, it says so twice."""
    heartbeat.beat()


@shared_task
def check():
    """Ask each night whether a rule is broken or the journal was touched, and tell who can mend it.

    Safe to run twice: it reads, and a day's fault is told once to each administrator.
    """
    for command in CHECKS:
        fault = fault_of(command)
        if fault:
            logger.critical("%s: %s", command, fault)
            for administrator in User.objects.filter(is_superuser=True, is_active=True):
                notices.house_broken(administrator, command=command, fault=fault, day=today())


@shared_task
def purge():
    """Erase each night what is kept no longer.

    Safe to run twice: what is erased is not due any more.
    """
    call_command("purge", stdout=StringIO())


def fault_of(command):
    """What a command says when it ends with an error, or nothing."""
    said = StringIO()
    try:
        call_command(command, stdout=said, stderr=StringIO())
    except SystemExit:
        return "\n".join(s for s in said.getvalue().splitlines() if not s.endswith(" ok"))
    return ""
