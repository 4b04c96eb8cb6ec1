import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Entity
from projects.models import Phase, Project, Promotion


ORDERS = {
    "recents": ["-anchor", "-pk"],
    "anciens": ["anchor", "pk"],
    "titre": ["search_text", "pk"],
}


class ProjectFilter(django_filters.FilterSet):
    """What a reader may ask of the list of projects, and nothing else."""

    q = django_filters.CharFilter(label=_("Mots du projet"), method="find", max_length=80)
    phase = django_filters.ChoiceFilter(
        label=_("Phase"), choices=Phase.choices, empty_label=_("Toutes")
    )
    promotion = django_filters.ModelChoiceFilter(
        label=_("Promotion"),
        queryset=lambda request: Promotion.objects.visible_to(request.user).order_by("-starts_on"),
        to_field_name="slug",
        empty_label=_("Toutes"),
    )
    service = django_filters.CharFilter(
        label=_("Service"),
        method="within",
        max_length=80,
        help_text=_("Son nom ou son sigle."),
    )
    tri = django_filters.ChoiceFilter(
        label=_("Tri"),
        method="sort",
        choices=[
            ("recents", _("les plus récents")),
            ("anciens", _("les plus anciens")),
            ("titre", _("par titre")),
        ],
        empty_label=None,
    )

    class Meta:
        model = Project
        fields = []

    def find(self, queryset, name, value):
        return queryset.search(value)

    def within(self, queryset, name, value):
        """Carried by a service that the words name, or by one below it."""
        carried = Q()
        for entity in Entity.objects.search(value)[:20]:
            carried |= Q(entity__path__startswith=entity.path)
        return queryset.filter(carried) if carried else queryset.none()

    def sort(self, queryset, name, value):
        return queryset.order_by(*ORDERS[value])
