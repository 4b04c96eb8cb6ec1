import pytest
from django.test import RequestFactory

from accounts.models import Entity
from base.paging import page_of
from tests.factories import EntityFactory


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (None, 1),
        ("2", 2),
        ("3", 3),
        ("4", 3),
        ("999999", 3),
        ("-1", 3),
        ("0", 3),
        ("x", 1),
        ("", 1),
        ("1.5", 1),
        ("9" * 5000, 1),
        ("\x00", 1),
        ("²", 1),
    ],
)
def test_a_number_that_makes_no_sense_is_the_nearest_that_does(asked, number):
    for _ in range(5):
        EntityFactory()
    request = RequestFactory().get("/", {} if asked is None else {"page": asked})

    page = page_of(request, Entity.objects.order_by("pk"), size=2)

    assert page.number == number


def test_an_empty_list_has_one_page():
    page = page_of(RequestFactory().get("/"), Entity.objects.order_by("pk"))

    assert (page.number, page.paginator.num_pages, list(page)) == (1, 1, [])


def test_a_short_page_is_asked_for_whole(django_assert_num_queries):
    EntityFactory()
    page = page_of(RequestFactory().get("/"), Entity.objects.order_by("pk"), size=25)

    with django_assert_num_queries(1) as asked:
        assert len(list(page)) == 1

    assert "LIMIT 25" in asked.captured_queries[0]["sql"]
