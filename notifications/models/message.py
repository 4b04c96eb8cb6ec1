import hashlib
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce, Concat, Left, Length, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from base.lifecycle import Lifecycle
from base.retention import MESSAGE_MONTHS, months_after


# A worker that died while sending leaves its row in « sending »: taken up again after this.
STALE = timedelta(minutes=10)
# RELIABILITY A-24: a server's « later » is tried again for two days, further and further apart.
PATIENCE = timedelta(hours=48)


# What a key keeps of an address that is erased: enough to know it again, not to write to it.
ADDRESS_DIGEST = Func(
    F("address"),
    template="left(encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex'), 32)",
    output_field=models.CharField(),
)


def digest_of(address):
    """The same as ADDRESS_DIGEST."""
    return hashlib.sha256(address.encode()).hexdigest()[:32]


class MessageStatus(models.TextChoices):
    QUEUED = "queued", _("à envoyer")
    SENDING = "sending", _("en cours d’envoi")
    SENT = "sent", _("envoyé")
    FAILED = "failed", _("refusé par le serveur du destinataire")
    VOID = "void", _("annulé")


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Each reads what was written to them, never what was called off."""
        return self.filter(recipient=user).exclude(status=MessageStatus.VOID)

    def unread_by(self, user):
        return self.visible_to(user).filter(read_at=None)

    def mark_read(self):
        return self.update(read_at=timezone.now())

    def due(self):
        """To be sent now: new, put off until now, or left behind by a worker that died."""
        now = timezone.now()
        return self.filter(
            Q(status=MessageStatus.QUEUED, next_try_at__lte=now)
            | Q(status=MessageStatus.SENDING, next_try_at__lte=now)
        )

    def waiting(self):
        return self.filter(status__in=[MessageStatus.QUEUED, MessageStatus.SENDING])

    def erasable(self):
        """Left, refused or called off, and not erased yet."""
        return self.filter(erased_at=None).exclude(pk__in=Message.objects.waiting().values("pk"))

    def outdated(self):
        """Kept for as long as messages are."""
        left = months_after(Coalesce("sent_at", "posted_at"), MESSAGE_MONTHS)
        return self.erasable().alias(kept_until=left).filter(kept_until__lte=Now())

    def erase(self):
        """Leave the notice, its key without the address, and the dates; how many were erased.

        The key stays, so that a fact that still holds is not told again.
        """
        prefix = Left("key", Length("key") - Length("address"))
        return self.erasable().update(
            key=Concat(prefix, ADDRESS_DIGEST),
            recipient=None,
            address="",
            subject="",
            body="",
            url="",
            failure="",
            erased_at=Now(),
        )


class Message(Lifecycle):
    """What someone is told, once per fact: a row of the outbox, sent and kept in the portal.

    A year after it left, only its notice, its fact and its dates are kept (`base.retention`).
    """

    Status = MessageStatus
    TRANSITIONS = {
        Status.QUEUED: {Status.SENDING, Status.VOID},
        Status.SENDING: {Status.SENDING, Status.SENT, Status.QUEUED, Status.FAILED},
        Status.FAILED: {Status.QUEUED},
    }

    key = models.CharField(max_length=300, unique=True, editable=False)
    notice = models.CharField(max_length=80, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("destinataire"),
    )
    address = models.EmailField(_("adresse"), max_length=254, editable=False)
    subject = models.CharField(_("objet"), max_length=250, editable=False)
    body = models.TextField(_("texte"), editable=False)
    url = models.CharField(max_length=300, blank=True, editable=False)
    # A code or a link that opens by itself: not kept here once it has left.
    secret = models.BooleanField(default=False, editable=False)
    status = models.CharField(
        _("état"),
        max_length=10,
        choices=MessageStatus,
        default=MessageStatus.QUEUED,
        editable=False,
    )
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0, editable=False)
    failure = models.CharField(_("réponse du serveur"), max_length=300, blank=True, editable=False)
    posted_at = models.DateTimeField(_("écrit"), default=timezone.now, editable=False)
    next_try_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("envoyé"), null=True, editable=False)
    read_at = models.DateTimeField(_("lu"), null=True, editable=False)
    erased_at = models.DateTimeField(_("effacé"), null=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        constraints = [
            models.CheckConstraint(
                name="message_sent_has_its_instant",
                condition=Q(status=MessageStatus.SENT, sent_at__isnull=False)
                | ~Q(status=MessageStatus.SENT) & Q(sent_at=None),
            ),
            models.CheckConstraint(
                name="message_secret_is_not_kept",
                condition=Q(secret=False)
                | ~Q(status__in=[MessageStatus.SENT, MessageStatus.VOID])
                | Q(body="", url=""),
            ),
            models.CheckConstraint(
                name="message_erased_says_nothing",
                condition=Q(erased_at=None)
                | Q(recipient=None, address="", subject="", body="", url="", failure=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(status__in=["queued", "sending"]),
                name="message_waiting",
            ),
            models.Index(fields=["recipient", "-id"], name="message_by_recipient"),
        ]

    def __str__(self):
        return self.subject or self.notice

    def deliver(self):
        """Send, unless it is sent, called off, or in another worker's hands; whether it left.

        The row says « sending » before the server is spoken to, and « sent » after its answer.
        A crash between the two sends again ten minutes later: that window is the one in which
        a reader may get it twice, under the same Message-ID.
        """
        if not self._claim():
            return False
        try:
            self._email().send()
        except (SMTPResponseException, SMTPRecipientsRefused, OSError) as error:
            self._put_off(error)
            return False
        said = {"body": "", "url": ""} if self.secret else {}
        self.move(self.Status.SENT, sent_at=timezone.now(), failure="", **said)
        return True

    def read(self, *, by):
        """Note that its recipient has seen it, the first time only."""
        Message.objects.unread_by(by).filter(pk=self.pk).mark_read()

    @transaction.atomic
    def _claim(self):
        claimable = Message.objects.due().filter(pk=self.pk).select_for_update(skip_locked=True)
        if not claimable.exists():
            return False
        self.move(
            self.Status.SENDING,
            attempts=F("attempts") + 1,
            next_try_at=timezone.now() + STALE,
        )
        return True

    def _email(self):
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        headers = {
            "Message-ID": f"<message-{self.pk}@{domain}>",
            "Auto-Submitted": "auto-generated",
        }
        return EmailMessage(self.subject, self.body, None, [self.address], headers=headers)

    def _put_off(self, error):
        """A refusal for good (5xx) is the administrator's to see; anything else is tried again."""
        answer = " ".join(str(error).split())[:300]
        if _is_final(error) or timezone.now() - self.posted_at > PATIENCE:
            self.move(self.Status.FAILED, failure=answer)
        else:
            delay = timedelta(minutes=min(2 ** min(self.attempts, 8), 240))
            self.move(self.Status.QUEUED, failure=answer, next_try_at=timezone.now() + delay)


def _is_final(error):
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _answer in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code >= 500
