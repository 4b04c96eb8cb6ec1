from django.contrib import admin

from base.admin import ReadOnly
from committees.models import Committee, Round, Sitting


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
