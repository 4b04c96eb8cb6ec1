"""Every page, and every form in error, in a real browser.

Wide in the light and narrow in the dark: no violation of axe's rules, nothing in the console, no
breach of the content policy, no other host, and no sideways scroll at 320 pixels. Of pages that
differ by their words only, or that one address shows to several people, the one that holds the
most is looked at. Where what is around the page is new, contrasts are measured wide in the dark and
narrow in the light too; elsewhere the page's own part is looked at: by every rule wide, and narrow
by those that depend on its width and its colours, where it is dressed as none was.
"""

import re

import pytest
from django.http import HttpResponse

from tests.nets.rights import RIGHTS
from tests.nets.screen import Screen
from tests.nets.visits import parts_of


CONTRAST = ["color-contrast"]
LAYOUT = [*CONTRAST, "link-in-text-block", "scrollable-region-focusable", "target-size"]
WIDE, NARROW = (1280, "light", []), (375, "dark", LAYOUT)
EVERY_WAY = [WIDE, (375, "dark", []), (1280, "dark", CONTRAST), (375, "light", CONTRAST)]
CLASSES = re.compile(rb'class="([^"]*)"')


@pytest.fixture(scope="module")
def screen(browser):
    screen = Screen(browser, viewport={"width": 1280, "height": 900})
    yield screen
    screen.close()


def faults_on(screen, response, path, part="html", looks=EVERY_WAY):
    """What is wrong with this part of the page; its outline is read by `markup`."""
    screen.show(response, path)
    seen = []
    for width, scheme, rules in looks:
        screen.at(width, scheme)
        seen += [f"{width} {scheme} {fault}" for fault in screen.look(rules, part)]
    screen.at(320, scheme)
    return [*seen, *screen.scrolls_sideways(), *screen.violations(), *screen.faults]


def richest(pages):
    """Of the new pages that a row shows, the one that holds the most: others hold less of it."""
    return sorted(pages, key=lambda page: len(page[1].content))[-1:]


class Looked:
    """What was looked at already: what is around the pages, and how they are dressed."""

    def __init__(self):
        self.around, self.classes = set(), set()

    def ways(self, response):
        """The part to look at, and the looks that it needs."""
        _own, surroundings = parts_of(response)
        classes = set(CLASSES.findall(response.content))
        known, dressed = surroundings in self.around, classes <= self.classes
        self.around.add(surroundings)
        self.classes |= classes
        if not known:
            return "html", EVERY_WAY
        return "main", [WIDE] if dressed else [WIDE, NARROW]


@pytest.fixture(scope="module")
def looked():
    return Looked()


@pytest.mark.parametrize("row", [r for r in RIGHTS if r.kind != "file"], ids=lambda row: row.id)
def test_every_page_is_fit_to_be_seen(row, visits, screen, looked):
    path = visits.world.path_of(row)
    faults = {
        f"{role} {response.status_code}": found
        for role, response in [*richest(visits.of(row)), *visits.of_faults(row)]
        if (found := faults_on(screen, response, path, *looked.ways(response)))
    }

    assert faults == {}


SPOILT = """<!doctype html><html lang="fr"><head><title>Gâtée</title><style>p {color: #aaa}</style>
<link rel="stylesheet" href="/static/dsfr/dist/dsfr.min.css"></head>
<body><main><h1>Gâtée</h1><p style="color: #bbb">Pâle</p><script>alert(1)</script>
<img src="http://elsewhere.example/pixel.png" alt=""><img src="/static/gone.png" alt="">
<pre>{wide}</pre><p><input></p></main></body></html>"""


def test_faults_on_a_screen_are_found(visits, screen):
    home = next(row for row in RIGHTS if row.name == "home")
    response = HttpResponse(SPOILT.replace("{wide}", "large" * 60))
    response["Content-Security-Policy"] = visits.get(home, "agent")[0]["Content-Security-Policy"]

    found = " ".join(faults_on(screen, response, "/gatee/"))

    for fault in [
        "1280 light label: input",
        "375 dark label: input",
        "policy: style-src-elem inline",
        "policy: style-src-attr inline",
        "policy: script-src-elem inline",
        "policy: img-src http://elsewhere.example",
        "console: ",
        "px of content in 320 px",
        "missing: /static/gone.png",
    ]:
        assert fault in found


def test_a_request_to_another_host_is_found_and_leads_nowhere(screen):
    screen.show(HttpResponse(SPOILT), "/gatee/")

    assert "asks another host: http://elsewhere.example/pixel.png" in screen.faults
