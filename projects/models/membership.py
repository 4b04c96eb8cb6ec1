from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models, transaction
from django.db.models import F, Func, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.lifecycle import Held, Refused
from journal.models import Event
from projects import notices


class Role(models.TextChoices):
    INTRAPRENEUR = "intrapreneur", gettext_lazy("intrapreneur")
    PRODUCT = "product", gettext_lazy("produit")
    DEVELOPER = "developer", gettext_lazy("développement")
    DESIGNER = "designer", gettext_lazy("design")
    COACH = "coach", gettext_lazy("coach")
    SPONSOR = "sponsor", gettext_lazy("sponsor")
    OTHER = "other", gettext_lazy("autre")


# Who writes for the project: a coach advises, a sponsor reads.
WRITERS = [Role.INTRAPRENEUR, Role.PRODUCT, Role.DEVELOPER, Role.DESIGNER, Role.OTHER]


class MembershipQuerySet(models.QuerySet):
    def of(self, user):
        """A person's own; none for someone who has not signed in."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def active_on(self, day):
        return self.not_ended(day).filter(starts_on__lte=day)

    def not_ended(self, day=None):
        """In the team or expected there: who begins next month already prepares it."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day or today()))

    def ended(self):
        return self.filter(ends_on__lte=today())

    def between(self, starts_on, ends_on):
        """Who was in the team on some day of a half-open period."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on), starts_on__lt=ends_on)

    def writers(self):
        return self.filter(role__in=WRITERS)

    def intrapreneurs(self):
        return self.filter(role=Role.INTRAPRENEUR)

    def endable_by(self, user):
        """Not ended yet, by the project's intrapreneurs, the incubator's team, or the coach."""
        ongoing = self.not_ended()
        if user.is_staff:
            return ongoing
        led = Membership.objects.of(user).not_ended().intrapreneurs()
        leaving = Q(user=user.pk, role=Role.COACH)
        return ongoing.filter(Q(project__in=led.values("project")) | leaving)


class Membership(Held):
    """A person's part in a project's team, between two days; `ends_on` is the day after."""

    Role = Role

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("personne"),
    )
    role = models.CharField(gettext_lazy("rôle"), max_length=20, choices=Role)
    starts_on = models.DateField(gettext_lazy("à partir du"))
    ends_on = models.DateField(gettext_lazy("jusqu’au"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("membre de l’équipe")
        verbose_name_plural = gettext_lazy("membres de l’équipe")
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=gettext_lazy("La fin doit suivre le début."),
            ),
            ExclusionConstraint(
                name="membership_never_overlaps",
                expressions=[
                    ("project", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Func("starts_on", "ends_on", function="daterange"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy(
                    "Cette personne tient déjà ce rôle dans l’équipe à ces dates."
                ),
            ),
        ]
        indexes = [models.Index(fields=["user", "project"], name="membership_by_person")]

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"

    def get_absolute_url(self):
        return self.project.team_url

    @classmethod
    @transaction.atomic
    def begin(cls, project, *, by, user, role, starts_on):
        """Bring someone into a project's team as of a day.

        By an intrapreneur or the incubator's team; a coach joins by accepting (coaching's verb).
        """
        project.lock()
        joins_as_coach = role == Role.COACH and user == by
        if not (joins_as_coach or type(project).objects.staffable_by(by).contains(project)):
            raise Refused(_("Vous ne composez pas l’équipe de ce projet."), subject=project)
        if project.memberships.filter(user=user, role=role).not_ended(starts_on).exists():
            raise Refused(
                _("Cette personne tient déjà ce rôle dans l’équipe à ces dates."), subject=project
            )
        membership = project.memberships.create(user=user, role=role, starts_on=starts_on)
        Event.record("membership.began", actor=by, subject=project, **membership.told(on=starts_on))
        notices.membership_began(membership)
        return membership

    @transaction.atomic
    def end(self, *, by, on):
        """End this part in the team as of a day; the rights that came with it end that day.

        Refused for the last intrapreneur: a project always has someone who carries it.
        """
        self.project.lock()
        self.hold(
            Membership.objects.endable_by(by),
            refusal=_("Vous ne pouvez pas mettre fin à cette participation."),
        )
        if on < self.starts_on:
            raise Refused(_("La fin doit suivre le début."), subject=self)
        if self.role == Role.INTRAPRENEUR and not self._others_of_this_role(on).exists():
            raise Refused(
                _("Le projet doit garder au moins un intrapreneur : accueillez d’abord sa relève."),
                subject=self,
            )
        Membership.objects.filter(pk=self.pk).update(ends_on=on)
        self.refresh_from_db()
        Event.record("membership.ended", actor=by, subject=self.project, **self.told(on=on))

    def told(self, *, on):
        """What its events keep of it."""
        return {"person": self.user, "role": self.role, "on": on.isoformat()}

    def _others_of_this_role(self, day):
        same = self.project.memberships.filter(role=self.role).exclude(user=self.user)
        return same.not_ended(day)
