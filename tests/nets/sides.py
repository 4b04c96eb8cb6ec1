"""Two sides of a world that differ by a fact, as one person gets them: what may not differ."""

import re
from difflib import unified_diff
from importlib import import_module
from io import BytesIO
from urllib.parse import urlencode
from zipfile import ZipFile

from django.utils import timezone
from pypdf import PdfReader

from incubator.celery import SCHEDULE
from notifications.models import Message
from tests.nets.pages import elements_of, forms_of
from tests.nets.rights import RIGHTS
from tests.nets.walk import undone


# What differs from one answer to the next and says nothing of the house.
CHANGING = [
    r'name="csrfmiddlewaretoken" value="\w+"',
    r' data-now="[^"]*">[^<]*',  # how long is left
    r"\b(?:il y a|dans) (?:moins d’une minute|\d+ (?:jour|heure|minute)[^,<.]*)",
    r"État du tour [^<:]*",  # which is asked as of now
    r'name="le" value="[^"]*"',
    r'name="submission" value="[^"]*"',
    r'"(?:oldest_seconds|last_seconds|free_megabytes)": \d+',
    r"\b[0-9a-f]{64}\b",  # the digest of the minutes: of all that they say, read or not
]
UNCOMPARED = {"X-Request-Id", "Set-Cookie", "Content-Length", "ETag", "Expires"}
# What they draw at random is the reader's own.
DRAWN = {"mfa_activate_totp", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"}
TOLD_BY_TASKS = ("remind_", "announce_", "expire_", "tell_")


def paths_of(world, rows=RIGHTS):
    """Each address once that answers to GET: the rows that only act answer 405 to everybody."""
    asked = [row for row in rows if not row.only_acts and row.name not in DRAWN]
    return sorted({world.path_of(row) for row in asked})


def seen(walker, paths):
    """What one reads of each address: path → [status and headers, then its lines]."""
    return {path: read(walker.ask("get", path)[0]) for path in paths}


def read(response):
    text = words_of(response.content)
    for changing in [*CHANGING, response.get("X-Request-Id", "-")]:
        text = re.sub(changing, "", text)
    headers = [f"{name}: {v}" for name, v in response.items() if name not in UNCOMPARED]
    return [str(response.status_code), *sorted(headers), *text.splitlines()]


def words_of(content):
    """The words of a page, of a paper or of a folder: how their letters are drawn says nothing."""
    if content.startswith(b"PK"):
        return "\n".join(unpacked(content))
    if not content.startswith(b"%PDF") or b"%%EOF" not in content:
        return content.decode("utf-8", "replace")
    paper = PdfReader(BytesIO(content))
    return "\n".join(page.extract_text() for page in paper.pages)


def unpacked(content):
    """The names and the lines of what a folder holds, without the instant when it was made."""
    with ZipFile(BytesIO(content)) as folder:
        return [
            line
            for name in sorted(set(folder.namelist()) - {"docProps/core.xml"})
            for line in [name, *words_of(folder.read(name)).splitlines()]
        ]


def questions(walker, lists, *, words):
    """What can be asked of these lists: each order, each choice of a filter, words in a search."""
    asked = []
    for path in lists:
        content = walker.ask("get", path)[0].content
        asked += [f"{path}{address}" for address in orders(content)]
        for form in forms_of(content, path):
            if form.method == "get" and form.action == path:
                for name, controls in form.controls.items():
                    values = choices(controls) or words
                    asked += [f"{path}?{urlencode({name: value})}" for value in values]
    return asked


def orders(content):
    """The addresses of the same page in another order, or its other pages."""
    links = {link.get("href", "") for link in elements_of(content, "a")}
    return sorted(link for link in links if link.startswith("?"))


def choices(controls):
    """What a control proposes; nothing where one types."""
    if controls[0].tag == "select":
        return [option.get("value") for option in controls[0].iter("option") if option.get("value")]
    boxes = [c for c in controls if c.get("type") in {"radio", "checkbox"}]
    return [box.get("value", "on") for box in boxes]


def letters(world, person):
    """What is written to a person when a sitting is convened and the day's reminders leave."""
    before = set(Message.objects.values_list("pk", flat=True))
    with undone():
        type(world.objects["round"]).objects.update(soft_closes_at=timezone.now())
        world.objects["prepared sitting"].convene(by=world.people["chair"])
        for name in SCHEDULE:
            room, _, task = name.rpartition(".")
            if task.startswith(TOLD_BY_TASKS):
                getattr(import_module(room), task)()
        posted = Message.objects.filter(recipient=person).exclude(pk__in=before)
        found = sorted(posted.values_list("notice", "subject", "body"))
    return {"letters": [line for letter in found for line in "\n".join(letter).splitlines()]}


def differences(one, other):
    """Where the two sides do not read alike, each with its first lines that differ."""
    return {
        where: first_lines(one.get(where, []), other.get(where, []))
        for where in one | other
        if one.get(where) != other.get(where)
    }


def first_lines(one, other):
    lines = unified_diff([*map(str, one)], [*map(str, other)], lineterm="", n=0)
    return [line.strip() for line in lines if not line.startswith(("---", "+++", "@@"))][:6]
