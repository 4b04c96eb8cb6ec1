import pytest
from django.contrib import admin
from django.urls import reverse

from coaching.models import ActionItem, Coach, CoachAssignment, Session
from tests.factories import ActionItemFactory, CoachAssignmentFactory, UserFactory


@pytest.fixture
def administrator(client):
    user = UserFactory(superuser=True)
    client.force_login(user)
    return client


@pytest.mark.parametrize("model", [CoachAssignment, Session, ActionItem])
def test_what_verbs_write_is_read_only(model, administrator, rf):
    ActionItemFactory()
    name = f"admin:coaching_{model._meta.model_name}"
    row = model.objects.get()

    shown = administrator.get(reverse(f"{name}_change", args=[row.pk]))
    added = administrator.get(reverse(f"{name}_add"))
    deleted = administrator.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"})

    assert (shown.status_code, added.status_code, deleted.status_code) == (200, 403, 403)
    assert not admin.site._registry[model].has_change_permission(rf.get("/"))


def test_an_administrator_writes_a_profile_by_its_verb(administrator):
    coach = CoachAssignmentFactory(accepted=True).coach
    url = reverse("admin:coaching_coach_change", args=[coach.pk])
    profile = {"presentation": "Juriste.", "expertise": "law", "project_limit": "3"}

    done = administrator.post(url, profile | {"days_per_month": "2"})
    refused = administrator.post(url, profile | {"days_per_month": "0"})

    coach.refresh_from_db()
    assert (done.status_code, refused.status_code) == (302, 409)
    assert (coach.presentation, coach.days_per_month) == ("Juriste.", 2)


def test_an_administrator_enrols_a_coach_by_its_verb(administrator):
    user = UserFactory()

    administrator.post(
        reverse("admin:coaching_coach_add"),
        {"user": user.pk, "expertise": "law", "days_per_month": "2", "project_limit": "3"},
    )

    assert Coach.objects.get().user == user
