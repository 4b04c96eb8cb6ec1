"""The translations, without gettext's programs: `python -m devtools.catalogues update` and others.

French is the language of the sources. The English catalogue holds every sentence; the French one
only the plurals, because in French zero is singular.
"""

import io
import sys
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize


ROOT = Path(__file__).resolve().parent.parent
SOURCES = [
    *["base", "accounts", "journal", "notifications", "committees", "calls", "projects"],
    *["coaching", "incubator", "templates"],
]
METHODS = [
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**.html", "devtools.catalogues:extract_template"),
    ("**.txt", "devtools.catalogues:extract_template"),
]
PLURAL, CONTEXT, PLURAL_IN_CONTEXT = (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": None,
    **dict.fromkeys(["gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], PLURAL),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], CONTEXT),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], PLURAL_IN_CONTEXT),
}
PLURAL_FORMS = {"fr": "nplurals=2; plural=(n > 1);", "en": "nplurals=2; plural=(n != 1);"}


def extract_template(fileobj, keywords, comment_tags, options):
    """Django turns a template into something like Python; its indentation means nothing."""
    source = templatize(fileobj.read().decode())
    flat = "\n".join(line.strip() for line in source.split("\n"))
    return extract_python(io.BytesIO(flat.encode()), keywords, comment_tags, {"encoding": "utf-8"})


def path_of(language):
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language):
    path = path_of(language)
    return read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else None


def sentences():
    """Every sentence of the sources, as a catalogue."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    found = Catalog()
    for folder in SOURCES:
        for _, _, message, _, context in extract_from_dir(
            ROOT / folder, METHODS, keywords=KEYWORDS, directory_filter=lambda _: True
        ):
            found.add(message, context=context)
    return found


def renewed(language, found):
    """The catalogue of a language, in step with the sources, its known translations kept."""
    known, new = read(language), Catalog(language)
    for message in sorted(found, key=lambda message: (str(message.id), message.context or "")):
        if not message.id:
            continue
        before = known.get(message.id, message.context) if known else None
        # Only an exact twin keeps its translation: nothing is guessed, so nothing is fuzzy.
        text = before.string if before and before.id == message.id else None
        if language == "fr":
            if not message.pluralizable:
                continue
            text = message.id
        new.add(message.id, text, context=message.context)
    return new


def written(language, catalogue):
    body = io.BytesIO()
    write_po(body, catalogue, width=100, no_location=True, omit_header=True)
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Plural-Forms: {PLURAL_FORMS[language]}\\n"\n\n'
    )
    return header + body.getvalue().decode()


def update():
    found = sentences()
    for language in PLURAL_FORMS:
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(language, renewed(language, found)))
    compile_all()


def compile_all():
    """Write the .mo files that are missing or older than their source."""
    for language in PLURAL_FORMS:
        path = path_of(language)
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            body = io.BytesIO()
            write_mo(body, read(language))
            # At once, for two commands may start together.
            draft = target.with_suffix(".mo.new")
            draft.write_bytes(body.getvalue())
            draft.replace(target)


def faults():
    found = sentences()
    for language in PLURAL_FORMS:
        known = read(language)
        if path_of(language).read_text() != written(language, renewed(language, found)):
            yield f"{language}: out of step with the sources, run `make messages`"
        for message in known:
            if message.id:
                yield from (
                    f"{language}: {fault}: {message.id}" for fault in faults_of(message, known)
                )


def faults_of(message, catalogue):
    texts = message.string if message.pluralizable else [message.string]
    if not all(texts):
        yield "not translated"
    if message.fuzzy:
        yield "fuzzy"
    yield from map(str, message.check(catalogue))


def check():
    found = list(faults())
    print(*found, sep="\n", file=sys.stderr)
    sys.exit(bool(found))


if __name__ == "__main__":
    {"update": update, "compile": compile_all, "check": check}[sys.argv[1]]()
