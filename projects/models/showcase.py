from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Line, Prose
from base.lifecycle import Held, Refused
from base.search import plain
from journal.models import Event


class Showcase(Held):
    """What is said of a project, and who reads it: its team consents, then it is published."""

    title = Line(gettext_lazy("nom du produit"), max_length=160)
    pitch = Line(
        gettext_lazy("en une phrase"),
        max_length=240,
        blank=True,
        help_text=gettext_lazy("À qui le produit sert et ce qu’il change."),
    )
    problem = Prose(gettext_lazy("le problème"), max_length=4000, blank=True)
    approach = Prose(gettext_lazy("ce qui est essayé"), max_length=4000, blank=True)
    learnings = Prose(
        gettext_lazy("ce qui a été appris"),
        max_length=4000,
        blank=True,
        help_text=gettext_lazy("Ce qui a marché, ce qui n’a pas marché, ce que vous en retenez."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    consented_at = models.DateTimeField(null=True, editable=False)
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    search_text = models.CharField(max_length=800, editable=False, default="")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_consented_by_someone",
                condition=Q(consented_at=None, consented_by=None)
                | Q(consented_at__isnull=False, consented_by__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_published_by_someone",
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_published_with_consent",
                condition=Q(published_at=None) | Q(consented_at__isnull=False),
                violation_error_message=gettext_lazy(
                    "Un projet n’est publié qu’avec l’accord de son équipe."
                ),
            ),
        ]

    @transaction.atomic
    def present(self, *, by, version, **texts):
        """Rewrite what is said of the project; refused over a version one has not read."""
        self.hold(
            type(self).objects.editable_by(by),
            refusal=_("Vous ne pouvez pas modifier la présentation de ce projet."),
        )
        if version != self.version:
            raise Refused(
                _("Une autre personne a modifié ce texte depuis que vous l’avez ouvert."),
                subject=self,
            )
        type(self).objects.filter(pk=self.pk).update(version=F("version") + 1, **texts)
        self.refresh_from_db()
        self.index()
        Event.record("project.presented", actor=by, subject=self)

    @transaction.atomic
    def consent(self, *, by):
        """Say, for the project's team, that its page may be shown to everyone."""
        self.hold(
            type(self).objects.led_by(by),
            refusal=_("L’accord de publication revient aux intrapreneurs du projet."),
        )
        if self.consented_at:
            raise Refused(_("L’accord de l’équipe est déjà donné."), subject=self)
        self._stamp(consented_at=timezone.now(), consented_by=by)
        Event.record("project.consented", actor=by, subject=self)

    @transaction.atomic
    def publish(self, *, by):
        """Show the page to everyone, once the project's team agrees."""
        self.hold(
            type(self).objects.steerable_by(by),
            refusal=_("La publication revient à l’équipe de l’incubateur."),
        )
        if self.published_at:
            raise Refused(_("Ce projet est déjà publié."), subject=self)
        if not self.consented_at:
            raise Refused(_("Un projet n’est publié qu’avec l’accord de son équipe."), subject=self)
        self._stamp(published_at=timezone.now(), published_by=by)
        Event.record("project.published", actor=by, subject=self)

    @transaction.atomic
    def unpublish(self, *, by):
        """Take the page off and forget the consent: the team is asked again next time."""
        self.hold(
            type(self).objects.staffable_by(by),
            refusal=_("Le retrait revient aux intrapreneurs et à l’équipe de l’incubateur."),
        )
        if not (self.published_at or self.consented_at):
            raise Refused(_("Ce projet n’est pas publié."), subject=self)
        self._stamp(published_at=None, published_by=None, consented_at=None, consented_by=None)
        Event.record("project.unpublished", actor=by, subject=self)

    def index(self):
        """Keep the searched text in step; it begins with the title, so that it also sorts."""
        self.search_text = plain(f"{self.title} {self.pitch}")[:800]
        type(self).objects.filter(pk=self.pk).update(search_text=self.search_text)

    def _stamp(self, **stamps):
        type(self).objects.filter(pk=self.pk).update(**stamps)
        self.refresh_from_db()
