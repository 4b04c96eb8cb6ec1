from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Line, Prose
from base.lifecycle import Held, Refused
from calls.models import Application
from committees.models import Round
from journal.models import Event
from projects.models.naming import create_named
from projects.models.project import Project


class PromotionQuerySet(models.QuerySet):
    def public(self):
        return self.filter(published_at__isnull=False)

    def visible_to(self, user):
        """Those shown to everyone; all for the incubator's team."""
        return self if user.is_staff else self.public()

    def editable_by(self, user):
        """In the hands of the incubator's team."""
        return self if user.is_staff else self.none()


class Promotion(Held):
    """A cohort: the projects that begin together, followed by one committee."""

    slug = models.SlugField(max_length=80, unique=True, editable=False)
    name = Line(gettext_lazy("nom"), max_length=120)
    summary = Prose(
        gettext_lazy("présentation"),
        max_length=1200,
        help_text=gettext_lazy("Affichée au public : qui, pourquoi, depuis quand."),
    )
    starts_on = models.DateField(gettext_lazy("début"))
    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("comité"),
        help_text=gettext_lazy("Il examine chaque fin de mandat."),
    )
    call = models.ForeignKey(
        "calls.Call",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("appel à candidatures"),
    )
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = PromotionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("promotion")
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="promotion_named_once",
                violation_error_message=gettext_lazy("Une promotion porte déjà ce nom."),
            ),
            models.CheckConstraint(
                name="promotion_published_by_someone",
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("projects:promotion", args=[self.slug])

    @classmethod
    @transaction.atomic
    def found(cls, *, by, **fields):
        """Create a promotion, not shown to the public yet; refused to who is not of the team."""
        promotion = create_named(cls, fields["name"], **fields)
        promotion.hold_for_team(by)
        Event.record("promotion.founded", actor=by, subject=promotion)
        return promotion

    @transaction.atomic
    def amend(self, *, by, **fields):
        """Change what is said of the promotion; its address stays."""
        self.hold_for_team(by)
        Promotion.objects.filter(pk=self.pk).update(**fields)
        self.refresh_from_db()
        Event.record("promotion.amended", actor=by, subject=self)

    @transaction.atomic
    def publish(self, *, by):
        """Show the promotion to everyone; its projects each wait for their own consent."""
        self.hold_for_team(by)
        if self.published_at:
            raise Refused(_("Cette promotion est déjà publiée."), subject=self)
        self._stamp(timezone.now(), by)
        Event.record("promotion.published", actor=by, subject=self)

    @transaction.atomic
    def withdraw(self, *, by):
        """Take the promotion off the public pages."""
        self.hold_for_team(by)
        if not self.published_at:
            raise Refused(_("Cette promotion n’est pas publiée."), subject=self)
        self._stamp(None, None)
        Event.record("promotion.withdrawn", actor=by, subject=self)

    @transaction.atomic
    def open_projects(self, applications, *, by, anchor):
        """Open a project from each application, or none at all."""
        return [
            Project.open_from(application, by=by, promotion=self, anchor=anchor)
            for application in applications
        ]

    @staticmethod
    def ready_applications():
        """Selected, with their people told of it, and not a project yet."""
        opened = Project.objects.exclude(application=None).values("application")
        selected = Application.objects.filter(
            status=Application.Status.SELECTED, notified_at__isnull=False
        )
        return selected.exclude(pk__in=opened)

    def applications_openable_by(self, user):
        """What may become a project here: ready, and of this promotion's call if it has one."""
        if not user.is_staff:
            return Application.objects.none()
        ready = self.ready_applications()
        return ready.filter(call=self.call_id) if self.call_id else ready

    def rounds_receptive_to(self, user):
        """The rounds of its committee where the incubator's team may bring a review."""
        rounds = Round.objects.receptive_to(user).filter(committee=self.committee_id)
        return rounds.order_by("closes_at", "pk")

    def hold_for_team(self, user):
        """Lock the row for someone of the incubator's team."""
        self.hold(
            Promotion.objects.editable_by(user),
            refusal=_("Seule l’équipe de l’incubateur conduit une promotion."),
        )

    def _stamp(self, instant, person):
        Promotion.objects.filter(pk=self.pk).update(published_at=instant, published_by=person)
        self.refresh_from_db()
