import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.calendar import today
from coaching.models import Coach, Expertise


class CoachFilter(django_filters.FilterSet):
    """The list of coaches by name, by area and by room left."""

    q = django_filters.CharFilter(label=_("Nom ou adresse"), method="search", max_length=80)
    domaine = django_filters.ChoiceFilter(
        label=_("Domaine"), choices=Expertise, method="know", empty_label=_("Tous")
    )
    place = django_filters.ChoiceFilter(
        label=_("Place"),
        choices=[("oui", _("avec de la place aujourd’hui"))],
        method="have_room",
        empty_label=_("Tous les coachs"),
    )

    class Meta:
        model = Coach
        fields = []

    def search(self, coaches, name, value):
        for word in value.split()[:6]:
            coaches = coaches.filter(
                Q(user__first_name__icontains=word)
                | Q(user__last_name__icontains=word)
                | Q(user__email__icontains=word)
            )
        return coaches

    def know(self, coaches, name, value):
        return coaches.filter(expertise__contains=[value])

    def have_room(self, coaches, name, value):
        return coaches.with_room(on=today())
