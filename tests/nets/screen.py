"""Chromium before a little server of this very process: it gives back answers got elsewhere.

So a page is seen as the world's open transaction shows it, and one load serves all screens.
"""

import mimetypes
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from django.contrib.staticfiles import finders


AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
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
    found = AXE if path == "/static/axe.min.js" else finders.find(path.removeprefix("/static/"))
    if not found:
        return None
    return Path(found).read_bytes(), mimetypes.guess_type(found)[0] or "application/octet-stream"


class Counter(ThreadingHTTPServer):
    """Hands out one answer of the portal at a time, and the static files, which may be kept."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Clerk)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.path, self.response, self.missing = "", None, []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Clerk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_GET(self):
        path = urlsplit(self.path).path
        if path == urlsplit(self.server.path).path:
            answer = self.server.response
            headers = {k: v for k, v in answer.headers.items() if k != "Set-Cookie"}
            self.give(answer.status_code, answer.content, headers)
        elif found := path.startswith("/static/") and static(path):
            body, kind = found
            self.give(200, body, {"Content-Type": kind, "Cache-Control": "max-age=9999, immutable"})
        else:
            self.server.missing.append(f"missing: {path}")
            self.give(404, b"", {})

    def give(self, status, body, headers):
        self.send_response_only(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nobody reads it."""


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
        self.page.on("request", self._stay)
        self.counter = Counter()
        self.faults, self.width, self.scheme = [], None, None

    def show(self, response, path):
        """Load an answer as if it had just arrived from this path."""
        self.faults = self.counter.missing = []
        self.counter.response, self.counter.path = response, path
        self.page.goto(self.counter.address + path, wait_until="load")
        self.page.add_script_tag(url="/static/axe.min.js")

    def at(self, width, scheme):
        """Changing either makes the browser lay the page out again: only what differs is said."""
        if width != self.width:
            self.page.set_viewport_size({"width": width, "height": 900})
        if scheme != self.scheme:
            self.page.emulate_media(color_scheme=scheme)
        self.width, self.scheme = width, scheme

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
        self.counter.shutdown()
        self.counter.server_close()

    def _listen(self, message):
        """A page that answers 404 or 422 on purpose is no fault of its console."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _stay(self, request):
        """Another host is asked in vain: the browser of the tests knows no name but ours."""
        if not request.url.startswith((self.counter.address, "data:")):
            self.faults.append(f"asks another host: {request.url}")
