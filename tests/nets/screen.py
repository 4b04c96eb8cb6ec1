"""Chromium without a network: every request is answered by the portal in this very process.

So a page is seen as the world's open transaction shows it, and one load serves all screens.
"""

import mimetypes
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from django.contrib.staticfiles import finders


HOST = "http://localhost"
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI}) => {
  window.violations.push(`policy: ${violatedDirective} ${blockedURI}`);
});
"""
RUN = """async ([rules, part]) => {
  const only = rules.length ? {runOnly: {type: "rule", values: rules}} : {};
  const found = await axe.run(part, {...only, resultTypes: ["violations"]});
  const why = (node) => node.failureSummary.split("\\n").slice(1).join(" ").trim();
  return found.violations.flatMap(({id, nodes}) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${why(node)}`));
}"""
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@cache
def static(path):
    found = finders.find(path.removeprefix("/static/"))
    if not found:
        return None
    return Path(found).read_bytes(), mimetypes.guess_type(found)[0] or "application/octet-stream"


class Screen:
    """One tab: shows an answer of the portal at one address, and collects what went wrong."""

    def __init__(self, browser, **options):
        self.context = browser.new_context(
            locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce", **options
        )
        self.page = self.context.new_page()
        self.page.add_init_script(WATCH)
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.context.route("**/*", self._serve)
        self.faults, self.response = [], None

    def show(self, response, path):
        """Load an answer as if it had just arrived from this path."""
        self.faults, self.response, self.path = [], response, path
        self.page.goto(HOST + path, wait_until="load")
        self.page.wait_for_function("document.readyState === 'complete'")
        self.page.evaluate(AXE)

    def at(self, width, scheme):
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme)

    def look(self, rules=(), part="html"):
        """What axe finds here and now."""
        return self.page.evaluate(RUN, [list(rules), part])

    def violations(self):
        return self.page.evaluate("window.violations")

    def scrolls_sideways(self):
        content, window = self.page.evaluate(WIDTHS)
        return [f"{content} px of content in {window} px"] if content > window else []

    def close(self):
        self.context.close()

    def _listen(self, message):
        """A page that answers 404 or 422 on purpose is no fault of its console."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _serve(self, route):
        url = urlsplit(route.request.url)
        if f"{url.scheme}://{url.netloc}" != HOST:
            self.faults.append(f"asks another host: {route.request.url}")
            route.abort()
        elif url.path == self.path and route.request.is_navigation_request():
            headers = {k: v for k, v in self.response.headers.items() if k != "Set-Cookie"}
            route.fulfill(
                status=self.response.status_code, headers=headers, body=self.response.content
            )
        elif found := url.path.startswith("/static/") and static(url.path):
            body, kind = found
            route.fulfill(status=200, body=body, content_type=kind)
        else:
            self.faults.append(f"missing: {url.path}")
            route.fulfill(status=404, body="")
