from django.contrib import admin

from base.admin import ReadOnly
from calls.models import Application, Approval, Call, CoApplicant, Irritant, Receipt


@admin.register(Call)
class CallAdmin(ReadOnly):
    list_display = ["title", "status", "opens_at", "closes_at", "results_released_at"]
    list_filter = ["status"]
    search_fields = ["title", "slug"]
    ordering = ["-opens_at"]


@admin.register(Irritant)
class IrritantAdmin(ReadOnly):
    list_display = ["title", "status", "entity", "reported_at"]
    list_filter = ["status"]
    list_select_related = ["entity"]
    search_fields = ["search_text"]
    ordering = ["-pk"]


@admin.register(Application)
class ApplicationAdmin(ReadOnly):
    list_display = ["title", "call", "author", "status", "deposited_at", "notified_at"]
    list_filter = ["status"]
    list_select_related = ["call", "author"]
    search_fields = ["search_text"]
    ordering = ["-pk"]
    fields = readonly_fields = [
        *["call", "author", "title", "entity", "irritant", "status", "deposited_at"],
        *["checked_at", "checked_by", "inadmissible_reason", "withdrawn_at", "notified_at"],
    ]


@admin.register(Approval)
class ApprovalAdmin(ReadOnly):
    """Without the digest of the link: nothing here helps to forge one."""

    list_display = ["application", "manager_name", "status", "requested_at", "answered_at"]
    list_filter = ["status"]
    list_select_related = ["application"]
    ordering = ["-pk"]
    fields = readonly_fields = [
        *["application", "manager_name", "manager_email", "share_of_time", "starts_on", "months"],
        *["conditions", "status", "requested_at", "expires_at", "answered_at", "words"],
    ]


@admin.register(CoApplicant)
class CoApplicantAdmin(ReadOnly):
    """Without the digest of the link: nothing here helps to forge one."""

    list_display = ["email", "application", "role", "status", "invited_at", "answered_at"]
    list_filter = ["status", "role"]
    list_select_related = ["application"]
    ordering = ["-pk"]
    fields = readonly_fields = [
        *["application", "email", "person", "role", "status", "invited_at", "expires_at"],
        *["answered_at", "removed_at", "removed_by"],
    ]

    def get_queryset(self, request):
        seen = Application.objects.visible_to(request.user)
        return CoApplicant.objects.filter(application__in=seen)


@admin.register(Receipt)
class ReceiptAdmin(ReadOnly):
    list_display = ["number", "application", "depositor", "deposited_at"]
    list_select_related = ["application"]
    ordering = ["-pk"]

    def get_queryset(self, request):
        seen = Application.objects.visible_to(request.user)
        return Receipt.objects.filter(application__in=seen)
