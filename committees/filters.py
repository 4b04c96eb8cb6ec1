import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.models import Assignment, Deliberation, Round


def rounds_of(request):
    return Round.objects.visible_to(request.user).order_by("-closes_at")[:100]


class DeliberationFilter(django_filters.FilterSet):
    """What a member looks for among the dossiers that they may see."""

    text = django_filters.CharFilter(label=_("Titre ou personne"), method="holding")
    status = django_filters.ChoiceFilter(
        label=_("État"), choices=Deliberation.Status.choices, empty_label=_("Tous")
    )
    round = django_filters.ModelChoiceFilter(
        label=_("Tour"), queryset=rounds_of, empty_label=_("Tous")
    )
    mine = django_filters.ChoiceFilter(
        label=_("Ma part"),
        choices=[("awaited", _("à évaluer par moi"))],
        empty_label=_("Toutes"),
        method="awaiting_me",
    )

    class Meta:
        model = Deliberation
        fields = ["text", "status", "round", "mine"]

    def holding(self, queryset, name, value):
        return queryset.filter(Q(snapshot__title__icontains=value) | Q(people__icontains=value))

    def awaiting_me(self, queryset, name, value):
        awaiting = Assignment.objects.queue_of(self.request.user).values("deliberation")
        return queryset.filter(pk__in=awaiting)


PARTS = {
    "to_answer": (_("à accepter ou refuser"), {"status": Assignment.Status.PROPOSED}),
    "to_write": (_("à écrire"), {"status": Assignment.Status.ACCEPTED}),
    "late": (_("en retard"), {"late": True}),
    "handed_in": (_("remises"), {"status": Assignment.Status.REVIEWED}),
}


class QueueFilter(django_filters.FilterSet):
    """What a member looks for among the dossiers entrusted to them."""

    round = django_filters.ModelChoiceFilter(
        label=_("Tour"),
        queryset=rounds_of,
        empty_label=_("Tous"),
        field_name="deliberation__round",
    )
    part = django_filters.ChoiceFilter(
        label=_("Ma part"),
        choices=[(key, label) for key, (label, _wanted) in PARTS.items()],
        empty_label=_("Toutes"),
        method="at_part",
    )

    class Meta:
        model = Assignment
        fields = ["round", "part"]

    def at_part(self, queryset, name, value):
        return queryset.filter(**PARTS[value][1])


class ResultFilter(django_filters.FilterSet):
    """Which results a reader looks for; what is sensible comes from the ranking that they read."""

    opinions = django_filters.ChoiceFilter(
        label=_("Avis"),
        choices=[
            ("divergent", _("divergents")),
            ("sensible", _("sensibles à la sévérité des membres")),
            ("not_comparable", _("sans note comparable")),
        ],
        empty_label=_("Tous"),
        method="with_opinions",
    )

    class Meta:
        model = Deliberation
        fields = ["opinions"]

    def __init__(self, *args, ranking, **kwargs):
        super().__init__(*args, **kwargs)
        self.ranking = ranking

    def with_opinions(self, queryset, name, value):
        if value == "divergent":
            return queryset.divergent()
        if value == "not_comparable":
            return queryset.filter(score=None)
        return queryset.filter(pk__in=self.ranking.sensible_keys())
