"""What the administration may do with what verbs write."""

from django.contrib import admin


class ReadOnly(admin.ModelAdmin):
    """Shown and never written there, to whom may see it in the portal (`visible_to`)."""

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
