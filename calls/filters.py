from urllib.parse import parse_qsl, urlencode

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Entity
from calls import columns
from calls.models import Application, Call, Classification, Irritant, Theme
from calls.models.irritant_rights import SHOWN


IRRITANT_ORDERS = {
    "recents": ["-pk"],
    "partages": ["-support_count", "-pk"],
    "anciens": ["pk"],
}


IRRITANT_SORTS = [
    ("recents", _("les plus récents")),
    ("partages", _("les plus partagés")),
    ("anciens", _("les plus anciens")),
]


UNSEEN = [Application.Status.DRAFT, Application.Status.ERASED]  # never on the desk


class WithinService:
    """Narrows a list to what comes from a service that the words name, or from one below it."""

    def within(self, queryset, name, value):
        carried = Q()
        for entity in Entity.objects.search(value)[:20]:
            carried |= Q(entity__path__startswith=entity.path)
        return queryset.filter(carried) if carried else queryset.none()


class IrritantFilter(WithinService, django_filters.FilterSet):
    """What a reader may ask of the list of irritants."""

    q = django_filters.CharFilter(label=_("Mots de l’irritant"), method="find", max_length=80)
    service = django_filters.CharFilter(
        label=_("Service"), method="within", max_length=80, help_text=_("Son nom ou son sigle.")
    )
    tri = django_filters.ChoiceFilter(
        label=_("Tri"),
        method="sort",
        choices=IRRITANT_SORTS,
        empty_label=None,
    )

    theme = django_filters.ChoiceFilter(
        label=_("Thème"), field_name="theme", choices=Theme.choices, empty_label=_("Tous")
    )
    etat = django_filters.ChoiceFilter(
        label=_("État"),
        field_name="status",
        choices=[c for c in Irritant.Status.choices if c[0] in SHOWN],
        empty_label=_("Tous"),
    )

    class Meta:
        model = Irritant
        fields = []

    def find(self, queryset, name, value):
        return queryset.search(value)

    def sort(self, queryset, name, value):
        return queryset.order_by(*IRRITANT_ORDERS[value])


class TeamIrritantFilter(IrritantFilter):
    """The same for the team, which also reads what is not published."""

    etat = django_filters.ChoiceFilter(
        label=_("État"),
        field_name="status",
        choices=Irritant.Status.choices,
        empty_label=_("Tous"),
    )


class BoardFilter(TeamIrritantFilter):
    """The same on the triage board, where what awaits the team comes first."""

    tri = django_filters.ChoiceFilter(
        label=_("Tri"),
        method="sort",
        choices=IRRITANT_SORTS,
        empty_label=_("ce qui attend d’abord"),
    )


class ApplicationFilter(WithinService, django_filters.FilterSet):
    """What the team may ask of the applications, and which columns it wants to see."""

    q = django_filters.CharFilter(label=_("Mots du dossier"), method="find", max_length=80)
    appel = django_filters.ModelChoiceFilter(
        label=_("Appel"),
        field_name="call",
        queryset=lambda request: Call.objects.latest_ones(100),
        to_field_name="slug",
        empty_label=_("Tous"),
    )
    etat = django_filters.ChoiceFilter(
        label=_("État"),
        field_name="status",
        choices=[c for c in Application.Status.choices if c[0] not in UNSEEN],
        empty_label=_("Tous"),
    )
    service = django_filters.CharFilter(
        label=_("Service"),
        method="within",
        max_length=80,
        help_text=_("Son nom ou son sigle ; ceux qui en dépendent sont compris."),
    )
    departement = django_filters.CharFilter(
        label=_("Département"),
        field_name="entity__department",
        max_length=3,
        help_text=_("Son numéro, par exemple « 59 »."),
    )
    theme = django_filters.ChoiceFilter(
        label=_("Thème"),
        method="about",
        choices=[*Theme.choices, ("none", _("aucun encore"))],
        empty_label=_("Tous"),
    )
    visa = django_filters.ChoiceFilter(
        label=_("Visa"),
        method="signed",
        choices=[
            ("granted", _("signé")),
            ("requested", _("en attente")),
            ("refused", _("refusé")),
            ("none", _("jamais demandé")),
        ],
        empty_label=_("Tous"),
    )
    complet = django_filters.ChoiceFilter(
        label=_("Complétude"),
        method="lacks",
        choices=[("oui", _("complet")), ("non", _("incomplet"))],
        empty_label=_("Tous"),
        help_text=_(
            "Incomplet : un complément est attendu, il manque le visa que l’appel exige, ou"
            " l’antivirus a refusé un fichier."
        ),
    )
    col = django_filters.MultipleChoiceFilter(
        label=_("Colonnes"),
        method="show",
        choices=columns.CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sans choix : porté par, service, appel, date et état."),
    )

    class Meta:
        model = Application
        fields = []

    def find(self, queryset, name, value):
        return queryset.search(value)

    def about(self, queryset, name, value):
        if value == "none":
            return queryset.exclude(pk__in=Classification.objects.values("application"))
        return queryset.filter(classification__theme=value)

    def signed(self, queryset, name, value):
        return queryset.with_approval(value)

    def lacks(self, queryset, name, value):
        return queryset.complete() if value == "oui" else queryset.incomplete()

    def show(self, queryset, name, value):
        """Columns narrow nothing."""
        return queryset

    @property
    def columns(self):
        asked = self.form.cleaned_data.get("col") if self.form.is_valid() else []
        return columns.chosen(asked)

    @classmethod
    def address_of(cls, query):
        """A query string with what this filter knows and nothing else, to be kept or sent."""
        given = parse_qsl(query, max_num_fields=50)
        kept = [(name, value[:200]) for name, value in given if name in cls.base_filters]
        return urlencode(kept[:25])[:1000]
