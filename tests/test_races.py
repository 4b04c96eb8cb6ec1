"""The helpers of the races themselves: what they take away, and that they give it back."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AllowedDomain, Entity, User
from tests.races import without_constraint, without_lock


def locks(queryset):
    with CaptureQueriesContext(connection) as queries:
        list(queryset.select_for_update())
    return "FOR UPDATE" in queries.captured_queries[0]["sql"]


def test_a_lock_is_taken_out_for_one_model_only_and_comes_back():
    with without_lock(Entity):
        assert (locks(Entity.objects.all()), locks(User.objects.all())) == (False, True)

    assert locks(Entity.objects.all())


def test_the_lock_stays_when_the_test_wants_it():
    with without_lock(Entity, when=False):
        assert locks(Entity.objects.all())


@pytest.mark.django_db(transaction=True)
def test_a_constraint_is_taken_out_and_comes_back():
    with without_constraint(AllowedDomain, "allowed_domain_is_written_in_lower_case"):
        AllowedDomain.objects.create(domain="GOUV.FR")

    assert not AllowedDomain.objects.exists()
    with pytest.raises(IntegrityError, match="allowed_domain_is_written_in_lower_case"):
        AllowedDomain.objects.create(domain="GOUV.FR")
