import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from calls.models import Question
from calls.models.kinds import QuestionKind, number_in, number_shown
from tests.factories import CallFactory, EntityFactory, QuestionFactory


def question(kind, **fields):
    return Question(kind=kind, label="?", **fields)


@pytest.mark.parametrize(
    ("kind", "text", "fault"),
    [
        ("number", "12", ""),
        ("number", "1 200,5", ""),
        ("number", "-3", ""),
        ("number", "une douzaine", "Écrivez un nombre, par exemple 12 ou 12,5."),
        ("number", "1e9", "Écrivez un nombre, par exemple 12 ou 12,5."),
        ("number", "NaN", "Écrivez un nombre, par exemple 12 ou 12,5."),
        ("share", "50", ""),
        ("share", "50 %", ""),
        ("share", "0", "Écrivez un nombre entier de 1 à 100."),
        ("share", "101", "Écrivez un nombre entier de 1 à 100."),
        ("share", "12,5", "Écrivez un nombre entier de 1 à 100."),
        ("date", "2027-03-31", ""),
        ("date", "2027-02-30", "Écrivez une date, par exemple 2027-03-31."),
        ("email", "camille.martin@prefecture.gouv.fr", ""),
        (
            "email",
            "camille.martin",
            "Écrivez une adresse électronique complète, par exemple prenom.nom@ministere.gouv.fr.",
        ),
        ("yes_no", "yes", ""),
        ("yes_no", "peut-être", "Ce choix n’est plus proposé."),
        ("info", "", ""),
    ],
)
def test_each_kind_says_what_is_wrong_with_an_answer(kind, text, fault):
    assert question(kind, required=kind != "info").fault_in(text) == fault


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://serveur.example.fr",
        "//exemple.fr",
        "exemple.fr",
        "https://",
        "https://exemple.fr/a b",
        "JaVaScRiPt://exemple.fr/%0aalert(1)",
    ],
)
def test_a_link_is_http_or_https_and_nothing_else(text):
    assert question("link").fault_in(text).startswith("Écrivez une adresse complète")


@pytest.mark.parametrize("text", ["https://essai.example.fr/?a=1#b", "http://exemple.fr"])
def test_a_link_of_the_web_is_taken(text):
    assert question("link").fault_in(text) == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [("9", "Au moins 10."), ("10", ""), ("1000,5", ""), ("1000,51", "Au plus 1 000,5.")],
)
def test_a_number_stays_within_its_bounds(text, fault):
    bounded = question("number", at_least=number_in("10"), at_most=number_in("1000.5"))

    assert bounded.fault_in(text) == fault


def test_several_choices_are_each_among_those_offered():
    several = question("several", options="Un\nDeux\nTrois")

    assert several.fault_in("Un\nTrois") == ""
    assert several.fault_in("Un\nQuatre") == "Ce choix n’est plus proposé."


def test_a_service_is_one_that_exists():
    entity = EntityFactory(name="Préfecture du Gard")

    assert question("entity").fault_in(str(entity.pk)) == ""
    assert question("entity").shown(str(entity.pk)) == str(entity)
    assert question("entity").fault_in("0").startswith("Ce service n’existe plus")
    assert question("entity").shown("0") == ""


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("number", "1200.50", "1 200,50"),
        ("number", "beaucoup", "beaucoup"),
        ("date", "2027-03-01", "1er mars 2027"),
        ("date", "bientôt", "bientôt"),
        ("share", "50%", "50 %"),
        ("several", "Un\nTrois", "Un\nTrois"),
        ("link", "https://essai.example.fr", "https://essai.example.fr"),
        ("number", "", ""),
    ],
)
def test_an_answer_is_read_in_french(kind, text, words):
    assert question(kind, options="Un\nDeux\nTrois").shown(text) == words


@given(st.decimals(-(10**12), 10**12, places=2))
def test_a_number_shown_is_read_back(number):
    assert number_in(number_shown(number)) == number


@given(st.sampled_from(QuestionKind.values), st.text(max_size=40), st.booleans())
def test_no_text_breaks_a_question(kind, text, required):
    asked = question(kind, options="Un\nDeux", required=required, max_words=10)
    if kind != "entity":
        assert isinstance(asked.fault_in(text), str)
        assert isinstance(asked.shown(text), str)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "several", "options": "Seul"}, "question_offers_two_choices_or_none"),
        ({"kind": "number", "options": "Un\nDeux"}, "question_offers_two_choices_or_none"),
        ({"kind": "short", "at_least": 1}, "question_bounds_are_for_numbers"),
        ({"kind": "number", "at_least": 2, "at_most": 1}, "question_bounds_are_in_order"),
        ({"kind": "info", "required": True}, "question_of_information_requires_nothing"),
        (
            {"kind": "info", "required": False, "names_people": True},
            "question_of_information_requires_nothing",
        ),
    ],
)
def test_the_database_refuses(fields, constraint):
    form = CallFactory(draft=True).form

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        QuestionFactory(revision=form, **fields)
