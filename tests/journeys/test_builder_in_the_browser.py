"""Writing a question and its condition in Chromium: with JavaScript, and without."""

import pytest
from playwright.sync_api import expect

from tests.factories import CallFactory, UserFactory


QUESTIONS = [
    {"kind": "yes_no", "label": "Un prototype ?"},
    {"kind": "choice", "label": "Où ?", "options": "Ville\nDépartement"},
    {"kind": "several", "label": "Avec qui ?", "options": "Usagers\nAgents"},
    {"kind": "short", "label": "À quelle adresse ?"},
]
NESTED = {
    "and": [
        {"question": "q1", "equals": "yes"},
        {
            "or": [
                {"question": "q2", "equals": "Ville"},
                {"question": "q3", "one_of": ["Usagers", "Agents"]},
            ]
        },
    ]
}
without_javascript = pytest.mark.browser_context_args(java_script_enabled=False)


@pytest.fixture
def call(live_server):
    return CallFactory(draft=True, questions=QUESTIONS)


@pytest.fixture
def team(page, sign_in, call):
    sign_in(page, UserFactory(staff=True))
    return page


def choose(page, label):
    page.get_by_label(label, exact=True).check(force=True)


def test_only_what_the_kind_needs_is_shown_and_sent(team, call):
    team.goto(f"/equipe/appels/{call.slug}/questions/nouvelle/")
    choose(team, "un choix parmi plusieurs")
    team.get_by_label("choix proposés").fill("Un\nDeux")
    choose(team, "nombre")

    expect(team.get_by_label("choix proposés")).to_be_hidden()
    expect(team.get_by_label("nombre maximal de mots")).to_be_hidden()
    team.get_by_label("nombre le plus petit").fill("3")
    team.get_by_label("Question", exact=True).fill("Combien ?")
    team.get_by_role("button", name="Ajouter la question").click()

    expect(team.get_by_role("heading", name="Combien ?")).to_be_visible()
    added = call.form.questions.get(label="Combien ?")
    assert (added.kind, added.at_least, added.options) == ("number", 3, "")


@without_javascript
def test_every_group_is_there_without_javascript(team, call):
    team.goto(f"/equipe/appels/{call.slug}/questions/nouvelle/")

    expect(team.get_by_label("choix proposés")).to_be_visible()
    expect(team.get_by_label("nombre maximal de mots")).to_be_visible()


def writes_nested_rules(page, call):
    page.goto(f"/equipe/appels/{call.slug}/questions/q4/condition/")
    page.locator("#id_rule1_q1").get_by_text("Oui", exact=True).click()
    page.get_by_text("Règle 2").click()
    page.locator("#id_rule2_q2").get_by_text("Ville", exact=True).click()
    page.locator("#id_rule2_q3").get_by_text("Usagers", exact=True).click()
    page.locator("#id_rule2_q3").get_by_text("Agents", exact=True).click()
    page.locator("#id_rule2_operator").get_by_text("une seule de ces questions suffit").click()
    page.get_by_role("button", name="Enregistrer").click()
    assert call.form.questions.get(key="q4").condition == NESTED


@without_javascript
def test_rules_are_written_without_javascript(team, call):
    writes_nested_rules(team, call)


def test_the_preview_follows_the_rules_that_were_written(team, call):
    writes_nested_rules(team, call)
    team.goto(f"/equipe/appels/{call.slug}/apercu/")
    last = team.locator("[data-key=q4]")

    expect(last).to_be_hidden()
    team.locator("[data-key=q1]").get_by_text("Oui", exact=True).click()
    expect(last).to_be_hidden()
    team.locator("[data-key=q3]").get_by_text("Agents", exact=True).click()
    expect(last).to_be_visible()
