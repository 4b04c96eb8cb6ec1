import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from calls.models import CoApplicant
from tests.calls.addresses import page
from tests.factories import ApplicationFactory, CoApplicantFactory, UserFactory


pytestmark = pytest.mark.usefixtures("administrations")


def test_who_began_it_invites_from_the_page(client):
    application = ApplicationFactory()
    client.force_login(application.author)
    address = page("co-applicant-list", application.pk)

    response = client.post(address, {"email": "Ami@example.gouv.fr", "role": "reader"}, follow=True)

    assertRedirects(response, address)
    assertContains(response, "ami@example.gouv.fr")
    assertContains(response, "invitation en attente")


def test_a_wrong_address_is_said_and_kept(client):
    application = ApplicationFactory()
    client.force_login(application.author)
    address = page("co-applicant-list", application.pk)

    empty = client.post(address, {"email": "ami", "role": "reader"})
    foreign = client.post(address, {"email": "ami@gmail.example", "role": "reader"})

    assertContains(empty, 'value="ami"', status_code=422)
    assertContains(foreign, "pas celle d’une administration", status_code=409)
    assertContains(foreign, "ami@gmail.example", status_code=409)


def test_a_link_is_sent_again_and_a_role_changed_from_the_page(client):
    invitation = CoApplicantFactory()
    client.force_login(invitation.application.author)
    digest = invitation.token_digest

    client.post(page("co-applicant-resending", invitation.pk))
    client.post(page("co-applicant-role", invitation.pk), {"role": "reader"})
    client.post(page("co-applicant-role", invitation.pk), {"role": "chief"})

    invitation.refresh_from_db()
    assert invitation.token_digest != digest
    assert invitation.role == "reader"


def test_a_reader_reads_the_text_and_cannot_post_it(client):
    reader = CoApplicantFactory(accepted=True, reader=True)
    client.force_login(reader.person)
    address = page("writing", reader.application.pk)

    reading = client.get(address)
    posting = client.post(address, {"q1": "Non.", "version_q1": "1"})

    assertContains(reading, "Vous lisez, sans écrire")
    assertNotContains(reading, "<textarea")
    assert posting.status_code == 409
    assert reader.application.answers.get(key="q1").version == 1


def test_an_editor_writes_and_sees_who_wrote_last(client):
    editor = CoApplicantFactory(accepted=True)
    client.force_login(editor.person)
    address = page("writing", editor.application.pk)

    reading = client.get(address)
    saving = client.post(address, {"q1": "À deux.", "version_q1": "1"})
    client.force_login(editor.application.author)

    assertContains(reading, f"{editor.application.author} écrit en ce moment")
    assertRedirects(saving, address)
    assertContains(client.get(address), f"{editor.person} écrit en ce moment")
    assertContains(client.get(page("presence", editor.application.pk)), str(editor.person))


def test_a_person_removed_finds_nothing_any_more(client):
    editor = CoApplicantFactory(accepted=True, token="un-secret")
    application = editor.application
    client.force_login(editor.person)
    assert client.get(application.get_absolute_url()).status_code == 200

    editor.remove(by=application.author)

    for name in ["application", "writing", "co-applicant-list", "presence"]:
        assert client.get(page(name, application.pk)).status_code == 404
    saving = client.post(page("autosave", application.pk), {"key": "q1", "q1": "Encore."})
    assert saving.status_code == 404
    assertContains(client.get(page("invitation", "un-secret")), "ne vaut plus")
    assert client.post(page("invitation", "un-secret"), {"accept": "1"}).status_code == 409


def test_reading_the_invitation_changes_nothing_and_answering_asks_who_is_there(client):
    CoApplicantFactory(token="un-secret")
    address = page("invitation", "un-secret")

    reading = client.get(address)
    answering = client.post(address, {"accept": "1"})

    assertContains(reading, "Se connecter")
    assertRedirects(answering, f"/comptes/login/?next={address}", fetch_redirect_response=False)
    assert CoApplicant.objects.get().status == "invited"
    assert client.get(page("invitation", "autre")).status_code == 404


def test_another_account_is_told_whose_invitation_it_is(client):
    invitation = CoApplicantFactory(token="un-secret")
    client.force_login(UserFactory())

    reading = client.get(page("invitation", "un-secret"))

    assertContains(reading, invitation.email)
    assertNotContains(reading, "Accepter</button>")
    assert client.post(page("invitation", "un-secret"), {"accept": "1"}).status_code == 409
    assert client.get(page("invitation-direct", invitation.pk)).status_code == 404


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_the_account_of_the_address_answers(client, answer):
    invitation = CoApplicantFactory()
    client.force_login(UserFactory(email=invitation.email))
    address = page("invitation-direct", invitation.pk)

    assertContains(client.get(address), "Accepter</button>")
    response = client.post(address, {answer: "1"})

    invitation.refresh_from_db()
    assert invitation.status == {"accept": "accepted", "decline": "declined"}[answer]
    assert response["Location"] == (
        invitation.application.get_absolute_url() if answer == "accept" else "/mon-espace/"
    )


def test_removal_is_confirmed_and_leads_back(client):
    editor = CoApplicantFactory(accepted=True)
    application = editor.application
    client.force_login(application.author)
    address = page("co-applicant-removal", editor.pk)

    assertContains(client.get(address), f"Retirer {editor.person}")
    assertRedirects(client.post(address), page("co-applicant-list", application.pk))


def test_leaving_leads_to_one_s_other_applications(client):
    editor = CoApplicantFactory(accepted=True)
    client.force_login(editor.person)
    address = page("co-applicant-removal", editor.pk)

    assertContains(client.get(address), "Quitter la candidature")
    assertRedirects(client.post(address), page("application-list"))


def test_the_deposit_page_names_those_who_did_not_answer(client):
    invitation = CoApplicantFactory()
    client.force_login(invitation.application.author)

    response = client.get(page("deposit", invitation.application.pk))

    assertContains(response, "1 invitation sans réponse")
    assertContains(response, invitation.email)


@pytest.mark.parametrize("count", [1, 3, 10])
def test_the_page_costs_the_same_for_one_or_ten(client, count, django_assert_num_queries):
    application = ApplicationFactory()
    for _time in range(count):
        CoApplicantFactory(application=application, accepted=_time % 2 == 0)
    client.force_login(application.author)

    with django_assert_num_queries(5):
        client.get(page("co-applicant-list", application.pk))
