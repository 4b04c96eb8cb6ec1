import io
import logging
from datetime import timedelta

from celery import shared_task
from django.utils.translation import gettext as _

from base.lifecycle import Refused
from base.storage import read
from calls import export_writing, notices, scan
from calls.models import (
    Application,
    Approval,
    Attachment,
    CoApplicant,
    Correction,
    DepositOrder,
    Export,
    Sketch,
)
from calls.models.sketch import undrawn


logger = logging.getLogger(__name__)
REMINDED_BEFORE = timedelta(days=3)
RESCANNED = 5000  # files a night
MOST_SILENCES = 3


@shared_task
def remind_drafts():
    """Remind those who write that saved is not deposited, three days before the closing.

    Safe to run twice or a day late: one letter for a draft and a closing, hers when she was given
    more time; an extended call, being another closing, is told again.
    """
    soon = Application.objects.closing_within(REMINDED_BEFORE).with_extensions()
    drafts = soon.filter(status=Application.Status.DRAFT).select_related("call", "author")
    for application in drafts.order_by("pk").iterator():
        notices.draft_closing_soon(application)


@shared_task
def carry_out_deposit_orders():
    """Deposit what its applicant asked to have deposited, in the minutes before the closing.

    Safe to run twice: a deposit is one, and what is missing is told once.
    """
    for order in DepositOrder.objects.due().order_by("pk"):
        try:
            order.carry_out()
        except Refused:  # closed, withdrawn or deposited since the list was read
            continue


@shared_task
def remind_awaited_approvals():
    """Write again to the managers who have not answered, three days before the closing.

    Safe to run twice: the row notes its reminder under its lock, and only one is ever sent.
    """
    for approval in Approval.objects.remindable().order_by("pk"):
        try:
            approval.remind()
        except Refused:  # answered or reminded since the list was read
            continue


@shared_task
def remind_awaited_invitations():
    """Write again to the colleagues who have not answered, three days before it is too late.

    Safe to run twice: the row notes its reminder under its lock, and only one is ever sent.
    """
    for invitation in CoApplicant.objects.remindable().order_by("pk"):
        try:
            invitation.remind()
        except Refused:  # answered, removed or reminded since the list was read
            continue


@shared_task
def expire_corrections():
    """Close the requests whose date has passed, and tell both sides.

    Safe to run twice: each is closed under its lock, once.
    """
    for correction in Correction.objects.overdue().select_related("application").order_by("pk"):
        try:
            correction.expire()
        except Refused:  # answered or taken back since the list was read
            continue


@shared_task
def write_export(*, export_id):
    """Write the file that someone asked for.

    Safe to run twice: only one run claims the row, and a file that is ready is left alone.
    """
    export = Export.objects.filter(pk=export_id).select_related("person", "call").first()
    if export is None or not export.claim():
        return
    try:
        content, subjects = export_writing.write(export)
    except Exception:
        logger.exception("Export %s", export.pk)
        export.fail(_("Le fichier n’a pas pu être écrit. Redemandez-le plus tard."))
        return
    export.finish(content, subjects=subjects)


@shared_task
def sweep_exports():
    """Write what a lost broker message or a dead worker left behind, delete what was kept enough.

    Safe to run twice: each row is claimed by one, and a deleted file is deleted once.
    """
    for export in Export.objects.claimable().order_by("pk")[:20]:
        write_export(export_id=export.pk)
    for export in Export.objects.outdated().order_by("pk")[:500]:
        try:
            export.expire()
        except Refused:  # another run was first
            continue


@shared_task
def expire_drafts():
    """Tell those who wrote and did not deposit that it is over, and that every word is kept.

    Safe to run twice: each is told once for a closing, under its lock; an extended call that
    closes again is another closing.
    """
    for application in Application.objects.expirable().order_by("pk"):
        try:
            application.expire()
        except Refused:  # extended or withdrawn since the list was read
            continue


@shared_task
def rest_drafts():
    """Where a call has no closing: say that a draft soon falls asleep, then that it has.

    Safe to run twice: one letter for what was last written, and each sleep is noted under its lock.
    """
    for application in Application.objects.drowsy().select_related("call", "author").order_by("pk"):
        notices.draft_drowsy(application)
    for application in Application.objects.dormant().untold_of_sleep().order_by("pk"):
        try:
            application.fall_dormant()
        except Refused:  # touched, woken or withdrawn since the list was read
            continue


@shared_task
def announce_erasures():
    """Tell those whose dossier comes to the end of its keeping, a month before it is erased.

    Safe to run twice: each date is told once, under the row's lock.
    """
    for application in Application.objects.ending().order_by("pk"):
        try:
            application.announce_erasure()
        except Refused:  # taken up again since the list was read
            continue


@shared_task
def sketch_deposits():
    """Read the deposits that nobody has read since, so that those alike are found.

    Safe to run twice: the same words give the same sketch, in the same row.
    """
    for application in undrawn().select_related("revision").order_by("pk")[:2000]:
        Sketch.draw(application)


@shared_task
def scan_attachments():
    """Ask the antivirus about the files that wait for it.

    Safe to run twice: a verdict is written once, under the row's lock; where the antivirus does
    not answer, the file waits for the next time.
    """
    ask_antivirus(Attachment.objects.pending().order_by("pk"), Attachment.judge)


@shared_task
def scan_attachments_again():
    """Ask again, at night, about what was let through: the antivirus learns every day.

    Also what came while none was set. Safe to run twice: what was asked is not asked again before
    half a day, and a file is refused once, under its lock.
    """
    ask_antivirus(Attachment.objects.to_scan_again()[:RESCANNED], Attachment.judge_again)


def ask_antivirus(attachments, judge):
    """Take its verdict on each; when it keeps silent three times, leave the others for later."""
    silences = 0
    for attachment in attachments if scan.is_configured() else []:
        try:
            judge(attachment, clean=scan.is_clean(io.BytesIO(read(attachment.path))))
        except scan.Silent:
            silences += 1
            if silences == MOST_SILENCES:
                return
        except (scan.NoAnswer, OSError, Refused, Attachment.DoesNotExist):
            continue  # no verdict, no content, another run was first, or it was taken away
