"""The page of personal data says what the purge applies."""

from pytest_django.asserts import assertContains

from base import retention


def test_the_page_prints_the_table_of_the_purge(client):
    response = client.get("/donnees-personnelles/")

    for kind in retention.KINDS:
        assertContains(response, kind.what)
        assertContains(response, kind.period)
    assertContains(response, "le portail", count=6)
    assertContains(response, f"{retention.NOTICE.days} jours avant au moins")


def test_each_period_of_the_purge_is_printed():
    printed = {kind.months for kind in retention.KINDS if kind.months}
    applied = [value for name, value in vars(retention).items() if name.endswith("_MONTHS")]

    assert printed == set(applied)
