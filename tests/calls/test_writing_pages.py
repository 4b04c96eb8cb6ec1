import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from calls.models import Application, Receipt
from tests.calls.deposits import close
from tests.factories import ApplicationFactory, CallFactory, IrritantFactory, UserFactory


@pytest.fixture
def agent(client):
    agent = UserFactory()
    client.force_login(agent)
    return agent


@pytest.fixture
def draft(agent):
    return ApplicationFactory(author=agent, answers={"q1": "Premier texte."})


def page(name, subject):
    return reverse(f"calls:{name}", args=[getattr(subject, "slug", subject.pk)])


def typed(application, **fields):
    """What the page would post: every field as it is stored, with its version."""
    application = Application.objects.get(pk=application.pk)
    data = {"title": application.title, "entity": str(application.entity or ""), "irritant": ""}
    data |= {question.key: application.value_of(question.key) for question in application.questions}
    data |= {f"version_{key}": application.version_of(key) for key in list(data)}
    return data | fields


def stored(application, key):
    return Application.objects.get(pk=application.pk).value_of(key)


def test_reading_the_start_page_creates_nothing(client, agent):
    response = client.get(page("application-start", CallFactory()))

    assertContains(response, "Commencer ma candidature")
    assert not Application.objects.exists()


def test_an_application_starts_from_an_irritant_and_the_link_opens_it_again(client, agent):
    call, irritant = CallFactory(), IrritantFactory()
    address = f"{page('application-start', call)}?irritant={irritant.pk}"

    response = client.post(address)
    draft = Application.objects.get()

    assertRedirects(response, page("writing", draft))
    assert draft.irritant == irritant
    assertRedirects(client.get(address), page("writing", draft))


@pytest.mark.parametrize("number", ["0", "x", "99999999999999999999", "-1"])
def test_an_irritant_that_makes_no_sense_is_left_out(client, agent, number):
    response = client.get(f"{page('application-start', CallFactory())}?irritant={number}")

    assertNotContains(response, "sera liée")


def test_saving_keeps_what_was_typed_and_says_that_it_is_not_deposited(client, draft):
    response = client.post(page("writing", draft), typed(draft, q1="Autre texte."), follow=True)

    assertRedirects(response, page("writing", draft))
    assertContains(response, "Votre candidature n’est pas encore déposée.")
    assert stored(draft, "q1") == "Autre texte."


def test_saving_may_lead_to_the_deposit(client, draft):
    response = client.post(page("writing", draft), typed(draft, next="deposit"))

    assertRedirects(response, page("deposit", draft))


def test_the_other_tab_s_text_is_shown_and_nothing_is_lost(client, draft):
    form = typed(draft, q1="Le mien.", q2="Sans conflit.")
    client.post(page("writing", draft), typed(draft, q1="Celui de l’autre onglet."))

    response = client.post(page("writing", draft), form)

    assertContains(response, "Celui de l’autre onglet.", status_code=409)
    assertContains(response, "Le mien.", status_code=409)
    assert stored(draft, "q1") == "Celui de l’autre onglet."
    assert stored(draft, "q2") == "Sans conflit."

    again = typed(draft, q1="Le mien.")
    assert client.post(page("writing", draft), again).status_code == 302
    assert stored(draft, "q1") == "Le mien."


def test_the_other_text_may_be_preferred(client, draft):
    form = typed(draft, q1="Le mien.", version_q1=0, take_q1="on")

    assert client.post(page("writing", draft), form).status_code == 302
    assert stored(draft, "q1") == "Premier texte."


def test_a_text_too_long_is_said_at_its_field_and_kept_while_the_rest_is_saved(client, draft):
    form = typed(draft, q2="x" * 301, q1="Autre texte.")

    response = client.post(page("writing", draft), form)

    assertContains(response, "x" * 301, status_code=422)
    assert stored(draft, "q1") == "Autre texte."


def test_typing_after_the_closing_is_refused_and_kept_on_the_page(client, draft):
    close(draft)

    response = client.post(page("writing", draft), typed(draft, q1="Trop tard."))
    reading = client.get(page("writing", draft))

    assertContains(response, "Trop tard.", status_code=409)
    assertContains(reading, "Premier texte.")
    assertNotContains(reading, "<textarea")


def autosave(client, draft, key, text, version):
    data = {"key": key, key: text, f"version_{key}": version}
    return client.post(page("autosave", draft), data)


def test_a_field_saves_itself(client, draft):
    response = autosave(client, draft, "q1", "Au fil de l’eau.", 1)

    assert response.status_code == 200
    assert (response.json()["state"], response.json()["version"]) == ("saved", 2)
    assert stored(draft, "q1") == "Au fil de l’eau."


def test_a_field_that_lost_gets_the_other_text(client, draft):
    autosave(client, draft, "q1", "Un.", 1)

    response = autosave(client, draft, "q1", "Deux.", 1)

    assert response.status_code == 409
    assert response.json() == {"state": "conflict", "theirs": "Un.", "version": 2}


def test_a_field_says_what_is_wrong_with_it(client, draft):
    response = autosave(client, draft, "irritant", "999", 0)

    assert response.status_code == 422
    assert response.json()["message"] == "Aucun irritant publié ne porte ce numéro."


def test_a_control_character_is_refused(client, draft):
    assert autosave(client, draft, "q1", "a\x08b", 1).status_code == 422


@pytest.mark.parametrize("key", ["", "status", "author", "q99", "version"])
def test_no_other_column_is_written(client, draft, key):
    before = Application.objects.values().get()

    autosave(client, draft, key or "q1", "deposited" if key else "", "nonsense")

    after = Application.objects.values().get()
    assert after == before


def test_an_expired_session_answers_401_and_loses_nothing(client, draft):
    client.logout()

    response = autosave(client, draft, "q1", "Tapé sans session.", 1)

    assert (response.status_code, response.json()) == (401, {"state": "signed_out"})


def test_nobody_writes_for_another(client, draft):
    client.force_login(UserFactory(staff=True))

    assert client.get(page("writing", draft)).status_code == 404
    assert autosave(client, draft, "q1", "Non.", 1).status_code == 404
    assert client.post(page("deposit", draft)).status_code == 404


def test_the_deposit_page_lists_what_is_missing_with_its_place(client, draft):
    response = client.get(page("deposit", draft))

    assertContains(response, "Il manque 1 chose")
    assertContains(response, f"{page('writing', draft)}#id_q2")


def test_depositing_leads_to_the_receipt_even_twice(client, agent):
    draft = ApplicationFactory(author=agent)

    first = client.post(page("deposit", draft))
    second = client.post(page("deposit", draft), follow=True)

    receipt = Receipt.objects.get()
    assert first.url == receipt.get_absolute_url()
    assertContains(second, receipt.number)
    assertContains(second, receipt.snapshot.digest)


def test_a_late_deposit_is_told_why(client, agent):
    draft = ApplicationFactory(author=agent, call__closed=True)

    response = client.post(page("deposit", draft))

    assertContains(response, "tout ce que vous avez écrit est conservé", status_code=409)


def test_the_receipt_is_a_paper_too(client, agent):
    draft = ApplicationFactory(author=agent)
    client.post(page("deposit", draft))

    response = client.get(page("receipt-pdf", draft))

    assert response.content.startswith(b"%PDF")
    assert "recepisse-" in response["Content-Disposition"]


def test_an_application_is_withdrawn_after_a_page_that_says_what_it_means(client, draft):
    assertContains(client.get(page("withdrawal", draft)), "revenir sur ce retrait")

    response = client.post(page("withdrawal", draft), follow=True)

    assertContains(response, "Vous avez retiré cette candidature")


@pytest.mark.parametrize("count", [1, 3])
def test_my_list_costs_the_same_for_one_or_three(client, agent, count, django_assert_num_queries):
    ApplicationFactory.create_batch(count, author=agent)

    with django_assert_num_queries(4):
        response = client.get(reverse("calls:application-list"))

    assertContains(response, "Alerte sécheresse", count=count)
