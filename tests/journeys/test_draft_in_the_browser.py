"""Writing and depositing an application in Chromium: with JavaScript, without, with keys alone."""

import re

import pytest
from playwright.sync_api import expect

from calls.models import Application
from tests.factories import ApplicationFactory, EntityFactory
from tests.journeys.keyboard import Keyboard


TEXT = ("Où vit l’agent ? À l’œuvre, « sans relâche » : l’été, l’eau manque.\n" * 8).strip()
SAVED = re.compile(r"^Enregistré à \d+\sh\s\d\d")


@pytest.fixture
def application(live_server):
    return ApplicationFactory(answers={"q2": "Les directions départementales."})


@pytest.fixture
def writing(page, sign_in, application):
    sign_in(page, application.author)
    page.goto(f"/candidatures/{application.pk}/rediger/")
    return page


def state(page):
    return page.locator("#autosave-state")


def stored(application, key):
    application = Application.objects.get(pk=application.pk)
    return application.value_of(key)


def test_what_is_typed_is_saved_to_the_last_character(writing, application):
    writing.get_by_label("Quel problème").fill(TEXT[:100])
    writing.get_by_label("Quel problème").press_sequentially(TEXT[100:], delay=5)
    writing.get_by_label("Oui").check(force=True)
    expect(state(writing)).to_have_text(SAVED)

    writing.reload()

    expect(writing.get_by_label("Quel problème")).to_have_value(TEXT)
    expect(writing.get_by_label("Oui")).to_be_checked()


def test_no_character_typed_is_lost(writing, application, record_property):
    """RELIABILITY A-01: every key in turn, pauses and saves in between, a space at the end."""
    field = writing.get_by_label("Quel problème")
    pieces = [TEXT[:70], TEXT[70:71] + "  deux espaces ", "à la fin "]
    for piece in pieces:
        field.press_sequentially(piece, delay=5)
        writing.wait_for_timeout(1500)
    expect(state(writing)).to_have_text(SAVED)

    typed, kept = "".join(pieces), stored(application, "q1")

    lost = sum(one != other for one, other in zip(typed, kept, strict=False))
    record_property("characters lost of characters typed", f"{lost} of {len(typed)}")
    assert kept == typed
    writing.reload()
    expect(field).to_have_value(typed)


def test_a_save_that_comes_late_overwrites_nothing(writing, application):
    """RELIABILITY A-01: two saves out of order, the later wins."""
    held = []
    writing.route("**/enregistrement/", lambda route: held.append(route), times=1)
    field = writing.get_by_label("Pour qui")
    field.fill("Les maires.")
    writing.wait_for_timeout(1500)
    field.fill("Les maires et les préfets.")
    held[0].continue_()
    expect(state(writing)).to_have_text(SAVED)

    assert stored(application, "q2") == "Les maires et les préfets."


def test_two_tabs_lose_neither_text(writing, application):
    other = writing.context.new_page()
    other.goto(writing.url)
    other.get_by_label("Pour qui").fill("Les préfets.")
    expect(state(other)).to_have_text(SAVED)

    writing.get_by_label("Pour qui").fill("Les maires.")

    expect(writing.locator(".lf-conflict blockquote")).to_have_text("Les préfets.")
    expect(writing.get_by_label("Pour qui")).to_have_value("Les maires.")
    assert stored(application, "q2") == "Les préfets."

    writing.get_by_role("button", name="Garder mon texte").click()
    expect(state(writing)).to_have_text(SAVED)
    assert stored(application, "q2") == "Les maires."


def test_two_tabs_write_the_name_and_the_service_without_a_conflict(writing, application):
    entity = EntityFactory(name="Direction de l’eau", acronym="DEB")
    other = writing.context.new_page()
    other.goto(writing.url)
    other.get_by_label("Service porteur").fill("DEB")
    expect(state(other)).to_have_text(SAVED)

    writing.get_by_label("Nom de l’idée").fill("Alerte crues")

    expect(state(writing)).to_have_text(SAVED)
    assert writing.locator(".lf-conflict").count() == 0
    stored = Application.objects.get(pk=application.pk)
    assert (stored.title, stored.entity) == ("Alerte crues", entity)


def test_the_other_tab_s_text_can_be_taken(writing, application):
    other = writing.context.new_page()
    other.goto(writing.url)
    other.get_by_label("Pour qui").fill("Les préfets.")
    expect(state(other)).to_have_text(SAVED)
    writing.get_by_label("Pour qui").fill("Les maires.")

    writing.get_by_role("button", name="Prendre l’autre texte").click()

    expect(writing.get_by_label("Pour qui")).to_have_value("Les préfets.")
    expect(state(writing)).to_have_text(SAVED)
    assert stored(application, "q2") == "Les préfets."


def test_what_is_typed_offline_is_saved_when_the_network_is_back(writing, application):
    writing.context.set_offline(True)
    writing.get_by_label("Pour qui").fill("Les maires.")
    expect(state(writing)).to_contain_text("Hors ligne")
    assert stored(application, "q2") == "Les directions départementales."

    writing.context.set_offline(False)

    expect(state(writing)).to_have_text(SAVED, timeout=15_000)
    assert stored(application, "q2") == "Les maires."


def test_a_session_that_ended_loses_nothing(writing, application):
    kept = writing.context.cookies()
    writing.context.clear_cookies()
    writing.get_by_label("Pour qui").fill("Les maires.")
    expect(state(writing)).to_contain_text("Votre session a expiré.")
    expect(writing.get_by_label("Pour qui")).to_have_value("Les maires.")

    writing.context.add_cookies(kept)
    writing.evaluate("dispatchEvent(new Event('focus'))")

    expect(state(writing)).to_have_text(SAVED)
    assert stored(application, "q2") == "Les maires."


def deposited(application):
    return Application.objects.get(pk=application.pk).receipts.get()


def test_an_application_is_deposited(writing, application):
    writing.get_by_label("Quel problème").fill(TEXT)
    writing.get_by_role("button", name="Vérifier avant de déposer").click()
    writing.get_by_role("button", name="Déposer ma candidature").click()

    expect(writing.get_by_role("heading", level=1)).to_have_text(str(deposited(application)))
    assert TEXT in dict(deposited(application).snapshot.sections).values()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_an_application_is_deposited_without_javascript(writing, application):
    writing.get_by_label("Quel problème").fill(TEXT)
    writing.get_by_role("button", name="Vérifier avant de déposer").click()
    writing.get_by_role("button", name="Déposer ma candidature").click()

    expect(writing.get_by_role("heading", level=1)).to_have_text(str(deposited(application)))


def test_an_application_is_deposited_with_the_keys_alone(page, sign_in, application):
    sign_in(page, application.author)
    keys = Keyboard(page)
    page.goto("/candidatures/")

    keys.opens(application.title)
    keys.opens("Continuer à écrire")
    keys.reaches("Quel problème", kind="textarea")
    keys.types("Les préfets apprennent trop tard la pénurie.")
    keys.reaches("Oui", kind="radio")
    keys.presses("Space")
    keys.opens("Vérifier avant de déposer")
    keys.opens("Déposer ma candidature")

    sections = dict(deposited(application).snapshot.sections)
    assert "Les préfets apprennent trop tard la pénurie." in sections.values()
    expect(page.get_by_role("heading", level=1)).to_have_text(str(deposited(application)))
