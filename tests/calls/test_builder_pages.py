import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from calls.models import Application
from tests.calls.addresses import page
from tests.factories import ApplicationFactory, CallFactory, EntityFactory, UserFactory


EVERY_KIND = [
    {"kind": "short", "label": "Pour qui ?"},
    {"kind": "long", "label": "Quel problème ?", "max_words": 300},
    {"kind": "number", "label": "Combien d’usagers ?", "at_least": 1, "at_most": 100000},
    {"kind": "date", "label": "Depuis quand ?"},
    {"kind": "yes_no", "label": "Avez-vous un prototype ?"},
    {"kind": "choice", "label": "Où ?", "options": "Une ville\nUn département"},
    {"kind": "several", "label": "Avec qui ?", "options": "Des usagers\nDes agents\nDes élus"},
    {"kind": "email", "label": "Qui contacter ?"},
    {
        "kind": "link",
        "label": "Où le voir ?",
        "condition": {"question": "q5", "equals": "yes"},
    },
    {"kind": "entity", "label": "Quel service est concerné ?"},
    {"kind": "share", "label": "Combien de votre temps ?"},
    {"kind": "info", "label": "Vos données", "help": "Gardées deux ans.", "required": False},
]


@pytest.fixture
def draft(client):
    agent = UserFactory()
    client.force_login(agent)
    return ApplicationFactory(author=agent, call=CallFactory(questions=EVERY_KIND), answers={})


def kept(draft):
    return {answer.key: answer.text for answer in draft.answers.all()}


def test_every_kind_of_question_is_answered_and_deposited_without_a_script(client, draft):
    entity = EntityFactory(name="Préfecture du Gard")
    typed = {
        "q1": "Les élus",
        "q2": "L’eau manque.",
        "q3": "1 200,5",
        "q4": "2026-06-01",
        "q5": "yes",
        "q6": "Une ville",
        "q7": ["Des usagers", "Des élus"],
        "q8": "camille@prefecture.gouv.fr",
        "q9": "https://essai.example.fr",
        "q10": "Préfecture du Gard",
        "q11": "50",
    }
    heading = {"title": draft.title, "entity": str(draft.entity), "irritant": ""}
    versions = {f"version_{key}": "0" for key in [*typed, *heading]}

    response = client.post(page("writing", draft.pk), heading | typed | versions)

    assertRedirects(response, page("writing", draft.pk))
    assert kept(draft) == typed | {"q7": "Des usagers\nDes élus", "q10": str(entity.pk)}
    receipt = Application.objects.get().deposit(by=draft.author)
    read = dict(receipt.snapshot.sections)
    assert read["Combien d’usagers ?"] == "1 200,5"
    assert read["Depuis quand ?"] == "1er juin 2026"
    assert read["Avec qui ?"] == "Des usagers\nDes élus"
    assert read["Quel service est concerné ?"] == "Préfecture du Gard"
    assert read["Combien de votre temps ?"] == "50 %"
    assert "Vos données" not in read


def test_the_page_says_when_a_question_is_asked_and_shows_what_is_only_read(client, draft):
    response = client.get(page("writing", draft.pk))

    assertContains(response, "À remplir si « Avez-vous un prototype ? » est « Oui ».")
    assertContains(response, "Gardées deux ans.")
    assertContains(response, "&quot;equals&quot;: &quot;yes&quot;")


def test_a_wrong_answer_is_kept_and_judged_at_the_deposit(client, draft):
    data = {"key": "q3", "q3": "une douzaine", "version_q3": "0"}

    assert client.post(page("autosave", draft.pk), data).status_code == 200

    assert kept(draft) == {"q3": "une douzaine"}
    sentences = {gap.key: gap.sentence for gap in Application.objects.get().gaps()}
    assert sentences["q3"] == "Écrivez un nombre, par exemple 12 ou 12,5."
    assertContains(client.get(page("writing", draft.pk)), 'value="une douzaine"')


def test_several_ticks_save_themselves_and_may_all_be_taken_away(client, draft):
    ticked = {"key": "q7", "q7": ["Des élus", "Des usagers"], "version_q7": "0"}
    none = {"key": "q7", "version_q7": "1"}

    assert client.post(page("autosave", draft.pk), ticked).json()["state"] == "saved"
    assert kept(draft) == {"q7": "Des élus\nDes usagers"}
    assert client.post(page("autosave", draft.pk), none).json()["state"] == "saved"
    assert kept(draft) == {"q7": ""}


def test_a_service_that_is_not_found_is_said_at_its_field(client, draft):
    data = {"key": "q10", "q10": "Ministère de la Magie", "version_q10": "0"}

    response = client.post(page("autosave", draft.pk), data)

    assert response.status_code == 422
    assert "Aucun service ne porte ce nom" in response.json()["message"]


def test_every_kind_of_question_is_written_by_the_team(client, staff):
    call = CallFactory(draft=True, questions=[])

    for question in EVERY_KIND:
        fields = {"help": "", "required": "on"} | question
        fields.pop("condition", None)
        client.post(page("question-new", call.slug), fields)

    written = list(call.form.questions.in_order().values_list("kind", "label", "required"))
    assert written == [(q["kind"], q["label"], q["kind"] != "info") for q in EVERY_KIND]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "short", "at_least": "1"}, "Seul un nombre a une limite."),
        ({"kind": "short", "max_words": "50"}, "Seul un texte long a un nombre maximal de mots."),
        ({"kind": "several", "options": "Un"}, "Proposez au moins deux choix, un par ligne."),
        ({"kind": "link", "options": "Un\nDeux"}, "Ce type de question ne propose pas de choix."),
        (
            {"kind": "number", "at_least": "3", "at_most": "2"},
            "Le plus petit nombre admis ne dépasse pas le plus grand.",
        ),
    ],
)
def test_a_question_that_makes_no_sense_is_said_at_its_field(client, staff, fields, sentence):
    call = CallFactory(draft=True)

    response = client.post(page("question-new", call.slug), {"label": "Où ?", "help": ""} | fields)

    assertContains(response, sentence, status_code=422)
    assert call.form.questions.count() == 3


FILES = {"kind": "files", "label": "Une maquette ?", "help": "Une page suffit.", "required": False}


def test_each_kind_has_its_own_fields_under_its_name(client, staff):
    response = client.get(page("question-new", CallFactory(draft=True).slug))

    groups = {group.kinds: group for group in response.context["form"].groups()}
    fields = {kinds: [field.name for field in group.fields] for kinds, group in groups.items()}
    assert fields["choice several"] == ["options"]
    assert fields["long"] == ["max_words"]
    assert fields["number"] == ["at_least", "at_most"]
    assertContains(response, "Seulement pour « nombre »")
    written = {name for names in fields.values() for name in names}
    assert written | {"kind", "label", "help"} == set(response.context["form"].fields)


def test_the_page_and_the_server_agree_on_the_least_and_the_greatest(client, staff):
    call = CallFactory(draft=True)
    address = page("question-new", call.slug)
    typed = {"kind": "long", "label": "Pourquoi ?", "help": ""}

    assertContains(client.get(address), 'name="max_words" min="10" max="2000"')
    assert client.post(address, typed | {"max_words": "9"}).status_code == 422
    assert client.post(address, typed | {"max_words": "10"}).status_code == 302


@pytest.mark.parametrize("fields", [*EVERY_KIND, FILES])
def test_a_question_is_read_as_an_agent_reads_it_beside_its_form(client, staff, fields):
    call = CallFactory(draft=True, questions=[fields | {"condition": {}}])

    for address in [page("question", call.slug, "q1"), page("team-call-preview", call.slug)]:
        response = client.get(address)
        assertContains(response, fields["label"])
        assertContains(response, fields.get("help", ""))


def test_what_is_wrong_in_the_form_leaves_the_question_as_it_is_read(client, builder):
    fields = {"label": "Avec quoi ?", "kind": "several", "options": "Un"}

    response = client.post(page("question", builder.call.slug, "q2"), fields)

    assertContains(response, "Proposez au moins deux choix", status_code=422)
    assert [str(question) for question, _field in response.context["preview"]] == ["Avec qui ?"]


@pytest.fixture
def builder(staff):
    """A form not published, whose third question may depend on two above."""
    questions = [EVERY_KIND[4], EVERY_KIND[6], EVERY_KIND[0]]
    return CallFactory(draft=True, questions=questions).form


def test_the_list_says_each_condition_in_words(client, builder):
    builder.questions.filter(key="q3").update(condition={"question": "q1", "equals": "yes"})

    response = client.get(page("team-call-questions", builder.call.slug))

    assertContains(response, "seulement si « Avez-vous un prototype ? » est « Oui »")


def test_a_question_with_no_choice_above_it_says_what_to_do(client, builder):
    response = client.get(page("question-condition", builder.call.slug, "q1"))

    assertContains(response, "Aucune question à choix avant elle")


def test_a_choice_that_others_depend_on_is_not_taken_away(client, builder):
    builder.questions.filter(key="q3").update(condition={"question": "q2", "equals": "Des élus"})
    fields = {"label": "Avec qui ?", "kind": "several", "options": "Des usagers\nDes agents"}

    response = client.post(page("question", builder.call.slug, "q2"), fields)

    assertContains(response, "changez d’abord sa condition", status_code=409)
    assertContains(response, "Des usagers\nDes agents", status_code=409)


def test_the_keyboard_goes_on_from_the_question_that_moved(client, builder):
    response = client.post(page("question-rank", builder.call.slug, "q2"), {"up": "1"})

    assert response.url == f"{page('team-call-questions', builder.call.slug)}#q2"
    assertContains(client.get(response.url), 'id="q2" tabindex="-1"')


def test_the_public_page_says_what_each_question_takes(client):
    call = CallFactory(questions=EVERY_KIND)

    response = client.get(page("call", call.slug))

    assertContains(response, "seulement si « Avez-vous un prototype ? » est « Oui »")
    assertNotContains(response, "Gardées deux ans. (facultatif)")
