from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Count, F, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from base.calendar import today
from base.fields import Prose
from base.lifecycle import Held, Refused
from coaching import wording
from coaching.capacity import peak
from journal.models import Event


class CoachQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own profile; all of them for the incubator team."""
        return self if user.is_staff else self.filter(user=user.pk)

    def describable_by(self, user):
        """Whose profile a person may write: one's own, or any for the incubator team."""
        return self.visible_to(user)

    def with_load(self, *, on):
        """Adds what a day already holds: `days_used` and `projects_used`."""
        running = Q(
            assignments__status="accepted",
            assignments__starts_on__lte=on,
            assignments__ends_on__gt=on,
        )
        return self.annotate(
            days_used=Coalesce(
                Sum("assignments__days_budget", filter=running),
                Value(Decimal(0)),
                output_field=models.DecimalField(max_digits=6, decimal_places=1),
            ),
            projects_used=Count("assignments", filter=running),
        )

    def with_room(self, *, on):
        """Available that day, with days and projects left."""
        return self.with_load(on=on).filter(
            Q(available_from=None) | Q(available_from__lte=on),
            Q(available_until=None) | Q(available_until__gte=on),
            available=True,
            days_used__lt=F("days_per_month"),
            projects_used__lt=F("project_limit"),
        )

    def room(self, *, on):
        """How many coaches have room that day, and for how many projects more in all."""
        free = self.with_room(on=on).values_list("project_limit", "projects_used")
        places = [limit - used for limit, used in free]
        return {"coaches": len(places), "projects": sum(places)}


class Expertise(models.TextChoices):
    PRODUCT = "product", gettext_lazy("gestion de produit")
    RESEARCH = "research", gettext_lazy("recherche auprès des usagers")
    DESIGN = "design", gettext_lazy("design de service")
    DEVELOPMENT = "development", gettext_lazy("développement logiciel")
    DATA = "data", gettext_lazy("données")
    DEPLOYMENT = "deployment", gettext_lazy("déploiement sur le terrain")
    FUNDING = "funding", gettext_lazy("financement et pérennisation")
    PROCUREMENT = "procurement", gettext_lazy("achat public")
    LAW = "law", gettext_lazy("droit et conformité")
    CHANGE = "change", gettext_lazy("conduite du changement")

    @classmethod
    def labels_of(cls, values):
        return [cls(value).label for value in values]


class Coach(Held):
    """A person who accompanies projects, with what they know and the room they have."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("personne"),
        error_messages={"unique": gettext_lazy("Cette personne est déjà coach.")},
    )
    presentation = Prose(gettext_lazy("présentation"), max_length=2000, blank=True)
    expertise = ArrayField(
        models.CharField(max_length=20, choices=Expertise),
        verbose_name=gettext_lazy("domaines d’expertise"),
        default=list,
        blank=True,
    )
    days_per_month = models.DecimalField(
        gettext_lazy("jours par mois"),
        max_digits=4,
        decimal_places=1,
        default=Decimal(4),
        help_text=gettext_lazy("Tous projets confondus ; par demi-journées, par exemple 2,5."),
    )
    project_limit = models.PositiveSmallIntegerField(
        gettext_lazy("projets à la fois"),
        default=3,
        help_text=gettext_lazy("Au plus, au même moment."),
    )
    available = models.BooleanField(
        gettext_lazy("ouvert à de nouveaux projets"),
        default=True,
        help_text=gettext_lazy("Décochez pour ne plus recevoir de proposition."),
    )
    available_from = models.DateField(gettext_lazy("disponible à partir du"), null=True, blank=True)
    available_until = models.DateField(
        gettext_lazy("disponible jusqu’au"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Dernier jour compris."),
    )

    objects = CoachQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("coach")
        verbose_name_plural = gettext_lazy("coachs")
        constraints = [
            models.CheckConstraint(
                name="coach_days_fit_a_month",
                condition=Q(days_per_month__gte=0, days_per_month__lte=22),
                violation_error_message=gettext_lazy(
                    "Les jours par mois vont de 0 à 22 : un mois n’a pas plus de jours ouvrés."
                ),
            ),
            models.CheckConstraint(
                name="coach_project_limit_is_human",
                condition=Q(project_limit__gte=0, project_limit__lte=20),
                violation_error_message=gettext_lazy("Un coach suit au plus 20 projets à la fois."),
            ),
            models.CheckConstraint(
                name="coach_is_available_before_leaving",
                condition=Q(available_from=None)
                | Q(available_until=None)
                | Q(available_from__lte=F("available_until")),
                violation_error_message=gettext_lazy(
                    "La fin de la disponibilité précède son début."
                ),
            ),
        ]

    def __str__(self):
        return str(self.user)

    def get_absolute_url(self):
        return reverse("coaching:coach", args=[self.pk])

    @classmethod
    @transaction.atomic
    def enrol(cls, *, by, user, **profile):
        """Make someone a coach; only the incubator team does, and once per person."""
        if not by.is_staff:
            raise Refused(_("Seule l’équipe de l’incubateur inscrit un coach."))
        if cls.objects.filter(user=user).exists():
            raise Refused(_("Cette personne est déjà coach."))
        coach = cls(user=user, **profile)
        coach.full_clean()
        coach.save(force_insert=True)
        Event.record("coach.enrolled", actor=by, subject=coach)
        return coach

    @transaction.atomic
    def describe(self, *, by, **profile):
        """Rewrite one's profile.

        Refused below what is already promised: end an assignment first, or say that one is no
        longer available, which leaves the promises alone.
        """
        self.hold(Coach.objects.describable_by(by), refusal=_("Ce profil n’est pas le vôtre."))
        for name, value in profile.items():
            setattr(self, name, value)
        self.full_clean()
        if excess := self.excess(starts_on=today(), ends_on=date.max):
            raise Refused(excess, subject=self)
        self.save(update_fields=list(profile))
        Event.record("coach.described", actor=by, subject=self)

    def lock(self):
        """Let nobody else count this coach's load until the transaction ends."""
        self.refresh_from_db(from_queryset=Coach.objects.select_for_update(no_key=True))

    def excess(self, *, starts_on, ends_on, more=()):
        """The sentence that says what is exceeded in a period, with `more` assignments, or ""."""
        promised = self.assignments.accepted().overlapping(starts_on, ends_on)
        load = peak([*promised, *more], starts_on=starts_on, ends_on=ends_on)
        if load.projects > self.project_limit:
            return ngettext(
                "%(coach)s suivrait %(used)s projet à la fois, pour une limite de %(limit)s.",
                "%(coach)s suivrait %(used)s projets à la fois, pour une limite de %(limit)s.",
                load.projects,
            ) % {"coach": self, "used": load.projects, "limit": self.project_limit}
        if load.days > self.days_per_month:
            return _("%(coach)s donnerait %(used)s par mois, pour une offre de %(limit)s.") % {
                "coach": self,
                "used": wording.days(load.days),
                "limit": wording.days(self.days_per_month),
            }
        return ""

    @property
    def days_left(self):
        """Of one read `with_load`, as the two below."""
        return self.days_per_month - self.days_used

    @property
    def projects_left(self):
        return self.project_limit - self.projects_used

    @property
    def is_full(self):
        return self.days_left <= 0 or self.projects_left <= 0
