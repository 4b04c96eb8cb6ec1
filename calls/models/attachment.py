"""The files joined to an answer, each told by its content and kept under a name of no meaning."""

import hashlib
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q, Sum
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Line
from base.lifecycle import Held, Refused
from base.storage import keep
from calls import files, notices, scan
from calls.kept import JOINED
from calls.models.answer import Entry
from calls.models.application import Application
from calls.models.attachment_rights import AttachmentQuerySet, AttachmentState
from calls.models.export import Export
from calls.models.kinds import QuestionKind
from committees.models import Enclosure
from journal.models import Event


MOST_FILES = 5  # for one question
MOST_BYTES = 50 * 1024 * 1024  # for one application


class Attachment(Held):
    """A file that answers a question, with its size and its SHA-256; its content never changes.

    Taken away, it leaves the answer that named it; what was once deposited keeps it.
    """

    State = AttachmentState

    application = models.ForeignKey(
        "calls.Application", models.PROTECT, editable=False, related_name="attachments"
    )
    key = models.SlugField(max_length=20, editable=False)
    name = Line(gettext_lazy("nom du fichier"), max_length=150, editable=False)
    path = models.CharField(max_length=100, unique=True, editable=False)
    type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(gettext_lazy("taille, en octets"), editable=False)
    digest = models.CharField(max_length=64, editable=False)
    state = models.CharField(
        gettext_lazy("état"), max_length=8, choices=AttachmentState, editable=False
    )
    scanned_at = models.DateTimeField(null=True, editable=False)
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("fichier joint")
        verbose_name_plural = gettext_lazy("fichiers joints")
        constraints = [
            models.CheckConstraint(
                name="attachment_has_a_content",
                condition=Q(size__gt=0, digest__regex=r"^[0-9a-f]{64}$"),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("calls:attachment", args=[self.pk])

    @classmethod
    def add(cls, application, *, by, key, file):
        """Join a file to an answer; refused by its content, its size, their number, the clock.

        The content is written before the row and taken back when the row is refused.
        """
        name = files.name_of(file.name)
        kind = files.type_of(file, name)
        digest = digest_of(file)
        path = f"{JOINED}/{uuid4().hex[:2]}/{uuid4().hex}"
        try:
            path = keep(path, file)
        except OSError:
            raise Refused(
                _("Ce fichier n’a pas pu être enregistré : réessayez dans quelques minutes."),
                subject=application,
            ) from None
        try:
            return cls._record(
                application,
                by=by,
                key=key,
                name=name,
                type=kind,
                size=file.size,
                digest=digest,
                path=path,
            )
        except BaseException:
            default_storage.delete(path)
            raise

    @classmethod
    @transaction.atomic
    def _record(cls, application, *, by, key, **facts):
        application.hold(
            Application.objects.editable_by(by),
            refusal=_("La rédaction est close : ce fichier n’a pas été joint."),
        )
        application.reread()
        there = cls.objects.named_in(application.value_of(key))
        if fault := cls.fault(application, key, there, facts):
            raise Refused(fault, subject=application)
        state = cls.State.PENDING if scan.is_configured() else cls.State.ACCEPTED
        attachment = cls.objects.create(
            application=application, key=key, added_by=by, state=state, **facts
        )
        attachment.refresh_from_db()
        name_in_answer(application, key, [*there, attachment], by=by)
        Event.record("attachment.added", actor=by, subject=application, name=attachment.name)
        return attachment

    @classmethod
    def fault(cls, application, key, there, facts):
        """Why one more cannot be joined, in a sentence, or nothing."""
        asking = {q.key for q in application.questions if q.kind == QuestionKind.FILES}
        if key not in asking:
            return _("Cette question n’attend pas de fichier.")
        if any(other.digest == facts["digest"] for other in there):
            return _("Ce fichier est déjà joint à cette réponse.")
        if len(there) >= MOST_FILES:
            return _("Cinq fichiers au plus pour cette question : retirez-en un d’abord.")
        total = application.attachments.aggregate(total=Sum("size"))["total"] or 0
        if total + facts["size"] > MOST_BYTES:
            return _("Les fichiers d’une candidature pèsent 50 Mo au plus, tous ensemble.")
        return ""

    @transaction.atomic
    def take_away(self, *, by):
        """Leave the answer; what was never deposited is forgotten, its content with it."""
        self.application.hold(
            Application.objects.editable_by(by),
            refusal=_("La rédaction est close : ce fichier reste joint."),
        )
        self.application.reread()
        there = Attachment.objects.named_in(self.application.value_of(self.key))
        kept = [other for other in there if other.pk != self.pk]
        if len(kept) == len(there):
            raise Refused(_("Ce fichier n’est plus joint à cette réponse."))
        name_in_answer(self.application, self.key, kept, by=by)
        Event.record("attachment.taken_away", actor=by, subject=self.application, name=self.name)
        if not self.application.receipts.exists():
            path = self.path
            self.delete()
            transaction.on_commit(lambda: default_storage.delete(path), robust=True)

    @transaction.atomic
    def judge(self, *, clean):
        """Write down what the antivirus said, once."""
        self.hold(Attachment.objects.pending(), refusal=_("Ce fichier est déjà analysé."))
        self._take_verdict(clean)

    @transaction.atomic
    def judge_again(self, *, clean):
        """Write down what it says of a file that it had let through, or had never been asked of.

        What is refused now is given to nobody any more, in a folder of papers neither.
        """
        self.hold(Attachment.objects.accepted(), refusal=_("Ce fichier n’est plus disponible."))
        self._take_verdict(clean)

    def _take_verdict(self, clean):
        self.state = self.State.ACCEPTED if clean else self.State.REFUSED
        Attachment.objects.filter(pk=self.pk).update(state=self.state, scanned_at=Now())
        if clean:
            return
        Event.record("attachment.refused", actor=None, subject=self.application, name=self.name)
        for folder in Export.objects.holding_papers_of(self.application):
            folder.expire()
        notices.attachment_refused(self)

    @property
    def status_kind(self):
        return {"pending": "warning", "accepted": "success", "refused": "error"}[self.state]

    @property
    def given_name(self):
        """The name under which it is given back; a plain one, should it ever be no name."""
        try:
            return self.name if files.name_of(self.name) == self.name else f"fichier-{self.pk}"
        except Refused:
            return f"fichier-{self.pk}"

    @property
    def is_accepted(self):
        return self.state == self.State.ACCEPTED

    @property
    def enclosure(self):
        """The same, as a committee reads it below."""
        return Enclosure(
            number=self.pk,
            name=self.given_name,
            weight=self.weight,
            state=self.get_state_display(),
            kind=self.status_kind,
            path=self.path if self.is_accepted else "",
        )

    @property
    def weight(self):
        """« 1,2 Mo », « 340 Ko »."""
        if self.size < 1024 * 1024:
            return _("%(size)s Ko") % {"size": max(1, round(self.size / 1024))}
        return _("%(size)s Mo") % {"size": localize(round(self.size / 1024 / 1024, 1))}

    @property
    def in_words(self):
        """As the dossier, the receipt and the snapshot name it: name, size, hash.

        The French words never change: `handed_in` finds by them what a frozen version names.
        """
        return _("%(name)s (%(size)s octets, SHA-256 %(digest)s)") % {
            "name": self.name,
            "size": self.size,
            "digest": self.digest,
        }


def digest_of(file):
    """SHA-256 (hex) of a content, read piece by piece."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def name_in_answer(application, key, attachments, *, by):
    """Let the answer name these files, as any text that is written and versioned."""
    text = "\n".join(str(attachment.pk) for attachment in attachments)
    application.write(by=by, entries=[Entry(key, text, application.version_of(key))])
