import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from pytest_django.asserts import assertContains

from tests.factories import CommitteeFactory, RoundFactory, SittingFactory, UserFactory
from tests.sources import FLOORS


@pytest.mark.parametrize("factory", [CommitteeFactory, RoundFactory, SittingFactory])
def test_what_verbs_write_is_read_only(client, factory, rf):
    row = factory()
    client.force_login(UserFactory(superuser=True))
    name = f"admin:committees_{row._meta.model_name}"

    listed = client.get(reverse(f"{name}_changelist"))
    shown = client.get(reverse(f"{name}_change", args=[row.pk]))
    added = client.get(reverse(f"{name}_add"))
    deleted = client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"})

    assert [r.status_code for r in (listed, shown, added, deleted)] == [200, 200, 403, 403]
    assert not admin.site._registry[type(row)].has_change_permission(rf.get("/"))


@pytest.mark.parametrize("app", FLOORS)
def test_each_floor_has_its_name_in_the_administration(app):
    assert str(apps.get_app_config(app).verbose_name) != app.title()


def test_the_administration_names_the_floors_in_french(client):
    client.force_login(UserFactory(superuser=True))

    assertContains(client.get(reverse("admin:index")), "Appels, irritants et candidatures")
