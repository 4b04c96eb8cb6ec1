import logging
from contextlib import redirect_stdout
from io import StringIO

from celery import shared_task
from django.core.management import call_command

from incubator import heartbeat


logger = logging.getLogger(__name__)


@shared_task
def beat():
    """Say that beat, the broker and a worker are alive. Run twice, it says so twice."""
    heartbeat.beat()


@shared_task
def check():
    """Ask each night whether a rule is broken or the journal was touched. It only reads."""
    for command in ["check_invariants", "verify_journal"]:
        said = StringIO()
        try:
            with redirect_stdout(said):
                call_command(command, stdout=said, stderr=said)
        except SystemExit as end:
            if end.code:
                logger.critical("%s: %s", command, said.getvalue())
