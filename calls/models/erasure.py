"""What is left of an application once its words and its names are gone."""

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls import notices
from calls.models.application import Application
from calls.models.export import Export, ExportStatus
from calls.models.status import NAMELESS, ApplicationStatus
from journal import erasure
from journal.models import Event
from notifications.models import Message


class ErasureReason(models.TextChoices):
    """Why, in words chosen beforehand: nothing personal is typed where the rest is erased."""

    EXPIRED = "expired", gettext_lazy("terme de la conservation")
    REQUESTED = "requested", gettext_lazy("demande d’effacement de la personne")
    OBJECTED = "objected", gettext_lazy("opposition de la personne au traitement")
    UNDUE = "undue", gettext_lazy("données qui n’auraient pas dû être reçues")


class Erasure(models.Model):
    """The tombstone of an application: what it was, how much it held, when it was erased.

    Its row stays, with its call and its dates; what the committee decided stays in the minutes.
    """

    Reason = ErasureReason

    application = models.OneToOneField(
        "calls.Application", models.PROTECT, editable=False, related_name="erasure"
    )
    former_status = models.CharField(
        gettext_lazy("état"), max_length=15, choices=ApplicationStatus, editable=False
    )
    reason = models.CharField(
        gettext_lazy("motif"),
        max_length=9,
        choices=ErasureReason,
        default=ErasureReason.EXPIRED,
        editable=False,
    )
    answers = models.PositiveIntegerField(gettext_lazy("réponses"), editable=False)
    files = models.PositiveIntegerField(gettext_lazy("fichiers joints"), editable=False)
    versions = models.PositiveIntegerField(gettext_lazy("dépôts"), editable=False)
    people = models.PositiveIntegerField(gettext_lazy("porteurs"), editable=False)
    erased_at = models.DateTimeField(gettext_lazy("effacée"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = gettext_lazy("effacement")
        constraints = [
            models.CheckConstraint(
                name="erasure_is_of_what_was_not_erased",
                condition=~Q(former_status=ApplicationStatus.ERASED),
            )
        ]

    def __str__(self):
        return _("Effacement de la candidature nº %(number)s") % {"number": self.application_id}

    @classmethod
    @transaction.atomic
    def purge(cls, application):
        """Erase what its period has ended for, once its people had their notice."""
        application.hold(
            Application.objects.purgeable(),
            refusal=_("Cette candidature n’est pas à effacer."),
        )
        return cls.carry_out(application, by=None, reason=ErasureReason.EXPIRED)

    @classmethod
    @transaction.atomic
    def grant(cls, application, *, by, reason):
        """Erase it now, because who it names asks for it; its people are told.

        Refused while it is examined, while a correction is awaited, and once it is selected.
        """
        application.hold(
            Application.objects.erasable_by(by),
            refusal=_(
                "Ce dossier est en cours d’examen, attend un complément ou a été retenu :"
                " ses données ne peuvent pas être effacées."
            ),
        )
        notices.application_erased(application)
        return cls.carry_out(application, by=by, reason=reason)

    @classmethod
    def carry_out(cls, application, *, by, reason):
        """The one path: words, names, files and messages go, in the verb's transaction.

        Whatever the database would take away with the row goes by itself; the row, its receipts
        and its frozen versions stay as tombstones.
        """
        tombstone = cls.objects.create(
            application=application,
            former_status=application.status,
            reason=reason,
            answers=application.answers.count(),
            files=application.attachments.count(),
            versions=application.receipts.count(),
            people=len(application.applicants()),
        )
        for export in Export.objects.filter(
            status=ExportStatus.READY, subjects__contains=[application.pk]
        ):
            export.expire()
        silence(application)
        paths = list(application.attachments.values_list("path", flat=True))
        application.attachments.all().delete()
        for relation in application._meta.get_fields(include_hidden=True):
            if getattr(relation, "on_delete", None) is models.CASCADE:
                rows = relation.related_model._base_manager
                for row in rows.filter(**{relation.field.name: application}).order_by("-pk"):
                    row.delete()
        application.move(Application.Status.ERASED, **NAMELESS)
        receipts = application.receipts.exclude(deposited_by=None)
        nobody = {"depositor": "", "deposited_by": None}
        digest = erasure.erase(application, rows=[(receipts, nobody)])
        Event.record(
            "application.erased", actor=by, subject=application, tombstones=digest, reason=reason
        )
        for path in paths:
            transaction.on_commit(lambda path=path: default_storage.delete(path), robust=True)
        return tombstone


def silence(application):
    """Call off what has not left about it, and erase what has."""
    numbers = list(messages_about(application).values_list("pk", flat=True))
    written = Message.objects.filter(pk__in=numbers)
    written.filter(status=Message.Status.QUEUED).update(status=Message.Status.VOID, body="", url="")
    written.erase()


def messages_about(application):
    """What was written about it: with the way to its page, or to those whom it named."""
    said = Q(url__startswith=application.get_absolute_url())
    for notice, rows in {
        "calls/approval_": application.approvals,
        "calls/co_applicant_": application.co_applicants,
    }.items():
        for number in rows.values_list("pk", flat=True):
            said |= Q(key__regex=rf"^{notice}[a-z]+:{number}:")
    return Message.objects.filter(said)
