"""Where an applicant changes what she deposited, and where its versions are read."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from calls.models import Amendment
from calls.models.answer import Entry
from tests.calls.deposits import FORMER, LATTER, fresh
from tests.factories import UserFactory


def page(name, *args):
    return reverse(f"calls:{name}", args=args)


def test_an_applicant_changes_her_deposit_from_page_to_page(client, deposited):
    client.force_login(deposited.author)
    assertContains(client.get(deposited.get_absolute_url()), "Modifier ce qui est déposé")

    response = client.post(page("amendment", deposited.pk))
    assertRedirects(response, page("writing", deposited.pk))
    form = {"title": "Alerte partagée", "version_title": "0", "q1": LATTER, "version_q1": "1"}
    client.post(page("writing", deposited.pk), form)
    listed = client.get(page("application-list"))
    changes = client.get(page("amendment", deposited.pk))
    preview = client.get(page("deposit", deposited.pk))
    response = client.post(page("deposit", deposited.pk))

    assertContains(listed, "déposée, avec des modifications non déposées")
    assertContains(changes, "<ins>")
    assertContains(preview, LATTER)
    assertRedirects(response, page("version", deposited.pk, 2))
    assertContains(client.get(page("comparison", deposited.pk, 2)), "Alerte partagée")


def test_the_writing_page_says_that_the_deposit_counts(client, amended):
    client.force_login(amended.author)

    response = client.get(page("writing", amended.pk))

    assertContains(response, "Déposée, avec des modifications non déposées")
    assertContains(response, LATTER)


def test_a_field_is_saved_as_it_is_typed_in_the_changes(client, deposited):
    client.force_login(deposited.author)
    deposited.amend(by=deposited.author)

    answer = client.post(
        page("autosave", deposited.pk), {"key": "q1", "q1": LATTER, "version_q1": "1"}
    )

    assert (answer.json()["state"], answer.json()["version"]) == ("saved", 2)
    assert fresh(deposited).value_of("q1") == FORMER


def test_the_team_reads_the_versions_and_nothing_that_is_not_deposited(client, amended):
    client.force_login(UserFactory(staff=True))
    addresses = [
        page("team-application", amended.pk),
        page("version-list", amended.pk),
        page("version", amended.pk, 1),
        page("desk"),
    ]

    for address in addresses:
        assertNotContains(client.get(address), "partagée")
    assert client.get(page("amendment", amended.pk)).status_code == 404


def test_what_was_set_aside_is_read_by_those_who_wrote_it_alone(client, amended):
    amended.drop_changes(by=amended.author)
    address = page("aside", amended.pk, Amendment.objects.get().pk)

    client.force_login(amended.author)
    assertContains(client.get(page("version-list", amended.pk)), address)
    assertContains(client.get(address), "partagée")
    client.force_login(UserFactory(staff=True))
    assertNotContains(client.get(page("version-list", amended.pk)), address)
    assert client.get(address).status_code == 404


def test_dropping_is_confirmed_on_a_page(client, amended):
    client.force_login(amended.author)
    assertContains(client.get(page("amendment-drop", amended.pk)), "Abandonner ces modifications")

    response = client.post(page("amendment-drop", amended.pk), follow=True)

    assertContains(response, "le dépôt reste tel quel")


def test_each_version_keeps_its_receipt_on_paper_too(client, amended):
    amended.deposit(by=amended.author)
    client.force_login(amended.author)
    first, second = amended.receipts.order_by("version")

    assertContains(client.get(page("version", amended.pk, 1)), first.snapshot.digest)
    assertContains(client.get(page("receipt", amended.pk)), second.snapshot.digest)
    paper = client.get(page("version-pdf", amended.pk, 1))
    assert first.number in paper["Content-Disposition"]
    assert client.get(page("version", amended.pk, 3)).status_code == 404
    assert client.get(page("comparison", amended.pk, 1)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_versions_costs_the_same(client, amended, count, django_assert_num_queries):
    for number in range(1, count):
        amended.deposit(by=amended.author)
        amended.amend(by=amended.author)
        amended.write(by=amended.author, entries=[Entry("q1", f"Version {number}.", 1 + number)])
    client.force_login(amended.author)

    with django_assert_num_queries(5):
        client.get(page("version-list", amended.pk))
