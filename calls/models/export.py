"""What the team takes away from the desk: files made in the background, for whoever asked."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Func, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from base.lifecycle import Lifecycle, Refused
from calls import notices
from calls.kept import WRITTEN
from calls.models.application import Application
from journal.models import Event


KEPT = timedelta(days=7)
STALE = timedelta(minutes=15)  # a worker that died while writing
AT_ONCE = 3  # for one person
PAPERS = 500  # dossiers in a folder of papers


_WHOLE = models.IntegerField()


class ExportStatus(models.TextChoices):
    REQUESTED = "requested", gettext_lazy("en attente")
    RUNNING = "running", gettext_lazy("en préparation")
    READY = "ready", gettext_lazy("prêt")
    FAILED = "failed", gettext_lazy("échoué")
    EXPIRED = "expired", gettext_lazy("effacé")


class ExportFormat(models.TextChoices):
    CSV = "csv", gettext_lazy("CSV")
    XLSX = "xlsx", gettext_lazy("Excel (XLSX)")
    ZIP = "zip", gettext_lazy("ZIP (un PDF par dossier et ses fichiers joints)")


PENDING = [ExportStatus.REQUESTED, ExportStatus.RUNNING]


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, while one is of the team."""
        return self.filter(person_id=user.pk) if user.is_staff and user.is_active else self.none()

    def downloadable_by(self, user):
        return self.visible_to(user).filter(status=ExportStatus.READY)

    def with_total(self):
        """Each with `size`: how many applications it holds, without their keys."""
        return self.annotate(size=Func("subjects", function="cardinality", output_field=_WHOLE))

    def pending(self):
        return self.filter(status__in=PENDING)

    def claimable(self):
        """To be written now: asked for, or left behind by a worker that died."""
        left = Q(status=ExportStatus.RUNNING, claimed_at__lt=timezone.now() - STALE)
        return self.filter(Q(status=ExportStatus.REQUESTED) | left)

    def holding_papers_of(self, application):
        """The folders of papers, ready to be taken away, where this dossier is."""
        ready = self.filter(status=ExportStatus.READY, format=ExportFormat.ZIP)
        return ready.filter(subjects__contains=[application.pk])

    def outdated(self):
        return self.filter(status=ExportStatus.READY, ready_at__lt=timezone.now() - KEPT)


class Export(Lifecycle):
    """A file of what the desk showed to a person: asked for, written, taken away, then deleted."""

    Status = ExportStatus
    Format = ExportFormat
    TRANSITIONS = {
        Status.REQUESTED: {Status.RUNNING},
        Status.RUNNING: {Status.RUNNING, Status.READY, Status.FAILED},
        Status.READY: {Status.EXPIRED},
        Status.FAILED: set(),
        Status.EXPIRED: set(),
    }

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, editable=False, related_name="+"
    )
    format = models.CharField(
        gettext_lazy("format"), max_length=4, choices=ExportFormat, editable=False
    )
    subjects = ArrayField(models.BigIntegerField(), editable=False)
    columns = ArrayField(models.CharField(max_length=20), default=list, editable=False)
    call = models.ForeignKey(
        "calls.Call", models.PROTECT, null=True, editable=False, related_name="+"
    )
    status = models.CharField(
        gettext_lazy("état"),
        max_length=9,
        choices=ExportStatus,
        default=ExportStatus.REQUESTED,
        editable=False,
    )
    written = models.PositiveIntegerField(default=0, editable=False)
    path = models.CharField(max_length=100, default="", editable=False)
    failure = models.CharField(max_length=300, default="", editable=False)
    requested_at = models.DateTimeField(db_default=Now(), editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    ready_at = models.DateTimeField(null=True, editable=False)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("export")
        constraints = [
            models.CheckConstraint(
                name="export_ready_has_its_file",
                condition=Q(status=ExportStatus.READY, ready_at__isnull=False) & ~Q(path="")
                | ~Q(status=ExportStatus.READY) & Q(path=""),
            ),
            models.CheckConstraint(
                name="export_failed_says_why",
                condition=Q(status=ExportStatus.FAILED) & ~Q(failure="")
                | ~Q(status=ExportStatus.FAILED) & Q(failure=""),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="export_by_person"),
            models.Index(
                fields=["status", "ready_at"],
                condition=Q(status__in=["requested", "running", "ready"]),
                name="export_waiting",
            ),
        ]

    def __str__(self):
        return f"{self.get_format_display()} nº {self.pk}"

    @property
    def file_name(self):
        return f"candidatures-{self.pk}.{self.format}"

    @property
    def kept_until(self):
        return self.ready_at and self.ready_at + KEPT

    @classmethod
    @transaction.atomic
    def request(cls, *, by, format, applications, columns, call=None):
        """Ask for a file of these applications; `call` adds the answers to its questions.

        Refused outside the team, past AT_ONCE (the person is held, so that a double click does not
        pass it) and past PAPERS for a folder of papers.
        """
        User.objects.select_for_update().get(pk=by.pk)
        if not by.is_staff:
            raise Refused(_("Les exports du bureau sont ceux de l’équipe."))
        if cls.objects.visible_to(by).pending().count() >= AT_ONCE:
            raise Refused(
                _("Vous avez déjà %(most)s exports en préparation : attendez qu’ils finissent.")
                % {"most": AT_ONCE}
            )
        subjects = list(applications.values_list("pk", flat=True))
        if format == ExportFormat.ZIP and len(subjects) > PAPERS:
            raise Refused(
                _("Un ZIP contient %(most)s dossiers au plus : resserrez les filtres.")
                % {"most": PAPERS}
            )
        export = cls.objects.create(
            person=by, format=format, subjects=subjects, columns=columns, call=call
        )
        Event.record("export.requested", actor=by, subject=export, format=format)
        return export

    def applications(self):
        """What it holds, as far as its person may still see it."""
        received = Application.objects.received_by(self.person)
        return received.filter(pk__in=self.subjects).by_deposit()

    def claim(self):
        """Take it in hand, for one worker alone; whether there is anything to do."""
        with transaction.atomic():
            mine = Export.objects.claimable().filter(pk=self.pk)
            if not mine.select_for_update(skip_locked=True).exists():
                return False
            self.move(self.Status.RUNNING, claimed_at=timezone.now(), written=0)
        return True

    def advance(self, written):
        """Say how far it is; the claim stays young as long as the work goes on."""
        running = Export.objects.filter(pk=self.pk, status=self.Status.RUNNING)
        running.update(written=written, claimed_at=timezone.now())

    def finish(self, content, *, subjects):
        """Keep the file with the keys of what is in it, and tell who asked.

        Where another worker has finished it meanwhile, this file is given to nobody and deleted.
        """
        path = default_storage.save(f"{WRITTEN}/{uuid4().hex}.{self.format}", content)
        try:
            with transaction.atomic():
                self.move(
                    self.Status.READY,
                    path=path,
                    ready_at=timezone.now(),
                    subjects=subjects,
                    written=len(subjects),
                )
                Event.record("export.written", actor=None, subject=self, rows=len(subjects))
                notices.export_ready(self)
        except Refused:
            default_storage.delete(path)

    @transaction.atomic
    def fail(self, sentence):
        """Give up, with the sentence that its person reads."""
        self.move(self.Status.FAILED, failure=sentence[:300])
        Event.record("export.failed", actor=None, subject=self)

    @transaction.atomic
    def expire(self):
        """Delete the file after its days; the row stays and says that there was one."""
        path = self.path
        self.move(self.Status.EXPIRED, path="")
        Event.record("export.expired", actor=None, subject=self)
        transaction.on_commit(lambda: default_storage.delete(path))

    def open(self):
        """The file, open; refused once one of its dossiers may no longer be seen (A-36, A-37)."""
        if self.applications().count() != len(self.subjects):
            raise Refused(
                _(
                    "Cet export contient un dossier que vous ne pouvez plus lire :"
                    " demandez-en un autre."
                ),
                subject=self,
            )
        return default_storage.open(self.path)
