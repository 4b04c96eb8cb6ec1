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
