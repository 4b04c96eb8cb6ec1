from django.contrib import admin

from committees.models import Committee, Round, Sitting


class ReadOnly(admin.ModelAdmin):
    """What verbs write and the administration only shows; dossiers, reviews and votes are not."""

    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request):
        return self.model.objects.visible_to(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Committee)
class CommitteeAdmin(ReadOnly):
    list_display = ["name", "quorum_percent", "notice_days", "majority_base"]
    search_fields = ["name"]
    ordering = ["name"]


@admin.register(Round)
class RoundAdmin(ReadOnly):
    list_display = ["name", "committee", "opens_at", "soft_closes_at", "closes_at"]
    list_select_related = ["committee"]
    ordering = ["-pk"]


@admin.register(Sitting)
class SittingAdmin(ReadOnly):
    list_display = ["committee", "meets_at", "place", "status"]
    list_filter = ["status"]
    list_select_related = ["committee"]
    ordering = ["-meets_at"]
