import io

import pytest
from babel.messages.pofile import read_po

from devtools import catalogues


SOURCES = {
    "models.py": """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

NAME = _("nom")
CHAIR = pgettext("siège", "présidence")
COUNT = ngettext("%(count)s vote", "%(count)s votes", 2)
""",
    "templates/page.html": """
{% translate "Délibérations" %} {% crumb _("Appels à candidatures") "calls:call-list" %}
  {% blocktranslate trimmed count count=votes %}
    {{ count }} vote
    exprimé
  {% plural %}
    {{ count }} votes exprimés
  {% endblocktranslate %}
 {% if x %}
{{ name|default:_("anonyme") }}
  {% endif %}
""",
    "templates/emails/letter.txt": "{% blocktranslate %}Bonjour {{ name }},\n\n"
    "À bientôt.{% endblocktranslate %}",
}


@pytest.fixture
def sources(tmp_path, monkeypatch):
    for name, text in SOURCES.items():
        path = tmp_path / "calls" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "SOURCES", ["calls"])
    return tmp_path


def translate(language, **texts):
    path = catalogues.path_of(language)
    text = path.read_text()
    for source, translation in texts.items():
        text = text.replace(
            f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{translation}"'
        )
    path.write_text(text)


def test_every_way_of_marking_a_sentence_is_found(sources):
    found = {(message.context, message.id) for message in catalogues.sentences() if message.id}

    assert found == {
        (None, "nom"),
        ("siège", "présidence"),
        (None, ("%(count)s vote", "%(count)s votes")),
        (None, "Délibérations"),
        (None, "Appels à candidatures"),
        (None, ("%(count)s vote exprimé", "%(count)s votes exprimés")),
        (None, "anonyme"),
        (None, "Bonjour %(name)s,\n\nÀ bientôt."),
    }


def test_an_update_keeps_what_is_translated_and_forgets_what_is_gone(sources):
    catalogues.update()
    translate("en", nom="name", anonyme="anonymous")
    (sources / "calls/models.py").write_text("")

    catalogues.update()

    english = catalogues.read("en")
    assert english.get("anonyme").string == "anonymous"
    assert english.get("nom") is None


def test_the_french_catalogue_holds_the_plurals_alone(sources):
    catalogues.update()

    french = read_po(io.BytesIO(catalogues.path_of("fr").read_bytes()))
    assert {message.id: message.string for message in french if message.id} == {
        ("%(count)s vote", "%(count)s votes"): ("%(count)s vote", "%(count)s votes"),
        ("%(count)s vote exprimé", "%(count)s votes exprimés"): (
            "%(count)s vote exprimé",
            "%(count)s votes exprimés",
        ),
    }


def test_a_sentence_without_its_english_is_a_fault(sources):
    catalogues.update()
    translate("en", nom="name")

    faults = list(catalogues.faults())

    assert "en: not translated: anonyme" in faults
    assert "en: not translated: nom" not in faults


def test_a_sentence_that_changed_is_out_of_step(sources):
    catalogues.update()
    (sources / "calls/models.py").write_text("")

    assert "en: out of step with the sources, run `make messages`" in list(catalogues.faults())


def test_a_translation_that_drops_a_name_is_a_fault(sources):
    (sources / "calls/models.py").write_text('_("pour %(name)s")')
    catalogues.update()
    translate("en", **{"pour %(name)s": "for %(nom)s"})

    assert [fault for fault in catalogues.faults() if "unknown named" in fault] != []
