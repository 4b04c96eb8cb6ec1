from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import ExpressionWrapper, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.fields import Line
from base.lifecycle import Held
from coaching import notices
from coaching.models.assignment import CoachAssignment
from journal.models import Event
from projects.models import Project


NOTICE_BEFORE = timedelta(days=2)
NOTICE_AFTER = timedelta(days=7)


class ActionItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The project's team, the incubator team, and always whoever promised it."""
        followed = Project.objects.followed_by(user).values("pk")
        return self.filter(Q(owner=user.pk) | Q(session__assignment__project__in=followed))

    def shown_to(self, user):
        """Visible, each with `in_hand`: whether this reader may tick it."""
        in_hand = ExpressionWrapper(self._hands_of(user), models.BooleanField())
        shown = self.visible_to(user).annotate(in_hand=in_hand)
        return shown.select_related("owner", "done_by", "session__assignment__project")

    def of_project(self, project):
        return self.filter(session__assignment__project=project)

    def to_do_first(self):
        """Open ones by date, then the done, latest first."""
        return self.order_by(F("done_at").desc(nulls_first=True), "due_on", "pk")

    def completable_by(self, user):
        return self.open().filter(self._hands_of(user))

    def reopenable_by(self, user):
        return self.done().filter(self._hands_of(user))

    def open(self):
        return self.filter(done_at=None)

    def done(self):
        return self.exclude(done_at=None)

    def due_around(self, day):
        """Due within two days, or since a week at most: a reminder is caught up, never stale."""
        return self.open().filter(due_on__lte=day + NOTICE_BEFORE, due_on__gte=day - NOTICE_AFTER)

    @staticmethod
    def _hands_of(user):
        """The owner, or a coach who is on the project today."""
        coached = CoachAssignment.objects.accepted().of(user).values("project")
        return Q(owner=user.pk) | Q(session__assignment__project__in=coached)


class ActionItem(Held):
    """Something that someone of the team promised for a date, at a coaching session."""

    session = models.ForeignKey("coaching.Session", models.PROTECT, related_name="actions")
    title = Line(gettext_lazy("action"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("personne chargée de l’action"),
    )
    due_on = models.DateField(gettext_lazy("pour le"))
    promised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("action")
        constraints = [
            models.CheckConstraint(
                name="actionitem_done_says_when_and_by_whom",
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="actionitem_says_what",
                condition=~Q(title=""),
                violation_error_message=gettext_lazy("Dites ce qui est promis."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"], condition=Q(done_at=None), name="actionitem_awaited"
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("coaching:action", args=[self.pk])

    @transaction.atomic
    def complete(self, *, by):
        """Say that it is done, and call off the reminder that has not left."""
        self.hold(
            ActionItem.objects.completable_by(by),
            refusal=_("Cette action est déjà faite, ou n’est pas la vôtre."),
        )
        self._stamp(done_at=timezone.now(), done_by=by)
        Event.record("actionitem.completed", actor=by, subject=self)
        notices.action_is_no_longer_due(self)

    @transaction.atomic
    def reopen(self, *, by):
        """Undo: it is to be done again."""
        self.hold(
            ActionItem.objects.reopenable_by(by),
            refusal=_("Cette action est encore à faire, ou n’est pas la vôtre."),
        )
        self._stamp(done_at=None, done_by=None)
        Event.record("actionitem.reopened", actor=by, subject=self)

    @property
    def project(self):
        return self.session.assignment.project

    @property
    def is_late(self):
        return self.done_at is None and self.due_on < today()

    def _stamp(self, **stamps):
        ActionItem.objects.filter(pk=self.pk).update(**stamps)
        self.refresh_from_db()
