"""static/live.js: when a part of a page is asked for again, and when it is left alone."""

import pytest
from django.contrib.staticfiles import finders


PAGE = """<!doctype html><html lang="fr"><title>Suivi</title>
<script type="module" src="/live.js"></script>
<section data-live="/part" data-every="4">avant</section></html>"""
SERVER = """
window.asked = 0;
window.slow = 0;
window.fetch = async () => {
  window.asked += 1;
  await new Promise((done) => setTimeout(done, window.slow));
  return new Response(`après ${window.asked}`);
};
Object.defineProperty(document, "hidden", {get: () => window.away});
"""


@pytest.fixture
def browser_context_args():
    """No portal is needed."""
    return {}


@pytest.fixture
def followed(page):
    """The page, and a clock that only the test moves."""

    def give(route):
        if route.request.url.endswith("/live.js"):
            script = finders.find("live.js")
            return route.fulfill(path=script, content_type="text/javascript")
        return route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")

    page.route("**/*", give)
    page.add_init_script(SERVER)
    page.clock.install(time=0)
    page.clock.pause_at(1)
    page.goto("http://127.0.0.1/")
    return page


def asked_after(page, seconds):
    page.clock.run_for(seconds * 1000)
    return page.evaluate("asked")


def test_a_part_is_asked_again_at_its_pace(followed):
    assert [asked_after(followed, seconds) for seconds in [3.9, 0.2, 4, 4]] == [0, 1, 2, 3]
    assert followed.inner_text("section") == "après 3"


def test_a_server_that_is_slow_to_answer_is_asked_less_often(followed):
    followed.evaluate("window.slow = 1000")

    asked = [asked_after(followed, seconds) for seconds in [5, 19, 2]]

    assert asked == [1, 1, 2]


def test_nothing_is_asked_while_the_page_is_hidden_and_at_once_when_it_is_back(followed):
    followed.evaluate("window.away = true")
    assert asked_after(followed, 60) == 0

    followed.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")

    assert asked_after(followed, 0.1) == 1
