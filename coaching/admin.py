from django.contrib import admin

from base.admin import ReadOnly
from coaching.models import ActionItem, Coach, CoachAssignment, Session


@admin.register(Coach)
class CoachAdmin(admin.ModelAdmin):
    """Profiles, written by the same verbs as the pages."""

    list_display = ["user", "days_per_month", "project_limit", "available"]
    list_select_related = ["user"]
    list_filter = ["available"]
    search_fields = ["user__first_name", "user__last_name", "user__email"]
    raw_id_fields = ["user"]
    show_full_result_count = False

    def get_queryset(self, request):
        return Coach.objects.visible_to(request.user)

    def get_readonly_fields(self, request, obj=None):
        return ["user"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        profile = {name: value for name, value in form.cleaned_data.items() if name != "user"}
        if change:
            obj.describe(by=request.user, **profile)
        else:
            obj.pk = Coach.enrol(by=request.user, user=obj.user, **profile).pk


@admin.register(CoachAssignment)
class CoachAssignmentAdmin(ReadOnly):
    list_display = ["project", "coach", "status", "starts_on", "ends_on", "days_budget"]
    list_select_related = ["project", "coach__user"]
    list_filter = ["status"]
    search_fields = ["project__title", "coach__user__last_name"]


@admin.register(Session)
class SessionAdmin(ReadOnly):
    list_display = ["assignment", "held_on", "minutes"]
    list_select_related = ["assignment__project", "assignment__coach__user"]
    date_hierarchy = "held_on"


@admin.register(ActionItem)
class ActionItemAdmin(ReadOnly):
    list_display = ["title", "owner", "due_on", "done_at"]
    list_select_related = ["owner"]
    search_fields = ["title"]
