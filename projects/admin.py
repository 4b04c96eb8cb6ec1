from django.contrib import admin

from base.admin import ReadOnly
from projects.models import (
    Indicator,
    Membership,
    Milestone,
    OpenLab,
    PhaseChange,
    Project,
    Promotion,
    Term,
    TermReview,
)


@admin.register(Promotion)
class PromotionAdmin(ReadOnly):
    list_display = ["name", "starts_on", "committee", "published_at"]
    list_select_related = ["committee"]
    search_fields = ["name"]


@admin.register(Project)
class ProjectAdmin(ReadOnly):
    list_display = ["title", "promotion", "anchor", "published_at"]
    list_select_related = ["promotion"]
    list_filter = ["promotion"]
    search_fields = ["search_text"]


class OfProject(ReadOnly):
    """What belongs to a project and is seen by whom sees the project."""

    def get_queryset(self, request):
        projects = Project.objects.visible_to(request.user)
        return self.model.objects.filter(project__in=projects)


@admin.register(Membership)
class MembershipAdmin(OfProject):
    list_display = ["user", "project", "role", "starts_on", "ends_on"]
    list_select_related = ["user", "project"]
    list_filter = ["role"]
    search_fields = ["user__email", "project__title"]


@admin.register(PhaseChange)
class PhaseChangeAdmin(OfProject):
    list_display = ["project", "phase", "effective_on", "recorded_at", "supersedes"]
    list_select_related = ["project", "supersedes__project"]
    list_filter = ["phase"]
    search_fields = ["project__title"]


@admin.register(Term)
class TermAdmin(ReadOnly):
    list_display = ["project", "number", "starts_on", "ends_on", "committee_on"]
    list_select_related = ["project"]
    search_fields = ["project__title"]


@admin.register(Milestone)
class MilestoneAdmin(ReadOnly):
    list_display = ["title", "term", "due_on", "status", "verdict"]
    list_select_related = ["term__project"]
    list_filter = ["status", "verdict", "kind"]
    search_fields = ["title", "term__project__title"]


@admin.register(TermReview)
class TermReviewAdmin(ReadOnly):
    """Its text is read where its audience is checked; here is only where it stands."""

    fields = ["term", "status", "submitted_at", "submitted_by"]
    list_display = ["term", "status", "submitted_at"]
    list_select_related = ["term__project"]
    list_filter = ["status"]
    search_fields = ["term__project__title"]


@admin.register(Indicator)
class IndicatorAdmin(ReadOnly):
    list_display = ["name", "project", "kind", "unit", "target", "public"]
    list_select_related = ["project"]
    list_filter = ["kind", "public"]
    search_fields = ["name", "project__title"]


@admin.register(OpenLab)
class OpenLabAdmin(OfProject):
    list_display = ["project", "held_on", "participants", "place"]
    list_select_related = ["project"]
    search_fields = ["project__title"]
