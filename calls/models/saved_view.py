"""A team member's own ways of looking at the desk."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Line
from base.lifecycle import Held, Refused
from journal.models import Event


MOST = 30  # for one person


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, while one is of the team; a colleague is sent the address instead."""
        return self.filter(person_id=user.pk) if user.is_staff else self.none()


class SavedView(Held):
    """Filters and columns of the desk, under the name that a person gave them."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, editable=False, related_name="+"
    )
    name = Line(gettext_lazy("nom de la vue"), max_length=60)
    query = models.CharField(max_length=1000, editable=False, default="")
    saved_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("vue enregistrée")
        verbose_name_plural = gettext_lazy("vues enregistrées")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                name="saved_view_named_once_by_a_person",
                violation_error_message=gettext_lazy("Vous avez déjà une vue de ce nom."),
            ),
            models.CheckConstraint(
                name="saved_view_has_a_name",
                condition=Q(name__regex=r"\S"),
                violation_error_message=gettext_lazy("Donnez un nom à cette vue."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The desk with these filters: an address that any colleague may open."""
        return f"{reverse('calls:desk')}?{self.query}"

    @classmethod
    @transaction.atomic
    def keep(cls, *, by, name, query):
        """Save the filters of an address under a name; refused outside the team and past MOST."""
        if not by.is_staff:
            raise Refused(_("Les vues du bureau sont celles de l’équipe."))
        if cls.objects.visible_to(by).count() >= MOST:
            raise Refused(_("Vous avez déjà %(most)s vues : retirez-en une.") % {"most": MOST})
        view = cls.objects.create(person=by, name=name, query=query)
        Event.record("savedview.kept", actor=by, subject=view)
        return view

    @transaction.atomic
    def discard(self, *, by):
        """Forget it; refused to anyone else."""
        self.hold(SavedView.objects.visible_to(by), refusal=_("Cette vue n’est pas la vôtre."))
        Event.record("savedview.discarded", actor=by, subject=self)
        self.delete()
