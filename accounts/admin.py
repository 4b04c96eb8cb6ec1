from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.models import AllowedDomain, Entity, User


admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People and what they may do; a password is changed by its owner and never shown."""

    list_display = ["email", "first_name", "last_name", "entity", "is_staff", "is_active"]
    list_filter = ["is_staff", "is_superuser", "is_active", "language"]
    list_select_related = ["entity"]
    search_fields = ["email", "first_name", "last_name"]
    ordering = ["email"]
    autocomplete_fields = ["entity"]
    filter_horizontal = []
    readonly_fields = ["date_joined", "last_login"]
    fieldsets = [
        (None, {"fields": ["email", "first_name", "last_name", "job_title", "entity", "language"]}),
        (_("Droits"), {"fields": ["is_staff", "is_superuser", "is_active"]}),
        (_("Dates"), {"fields": ["date_joined", "last_login"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "first_name", "last_name", "usable_password"]}),
        (_("Mot de passe"), {"fields": ["password1", "password2"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        """An account is closed, never deleted: the journal and the minutes name it."""
        return False


@admin.register(Entity)
class EntityAdmin(admin.ModelAdmin):
    list_display = ["name", "acronym", "kind", "department", "parent"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "acronym", "search_text"]
    ordering = ["path"]
    autocomplete_fields = ["parent"]
    fields = ["name", "acronym", "kind", "department", "parent"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        obj.settle()


@admin.register(AllowedDomain)
class AllowedDomainAdmin(admin.ModelAdmin):
    list_display = ["domain", "note"]
    search_fields = ["domain", "note"]
    ordering = ["domain"]
    fields = ["domain", "note"]
