"""Hands off the mouse: what has the focus, whether one sees it, and how to reach the next thing."""

FOCUSED = """() => {
  const element = document.activeElement;
  const said = (node) => (node?.innerText || "").trim().replace(/\\s+/g, " ");
  const drawn = (node, part) => {
    const style = getComputedStyle(node, part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  };
  const label = element.labels?.[0];
  const places = [element, label].filter(Boolean)
    .flatMap((node) => [[node, null], [node, "::before"], [node, "::after"]]);
  const box = (label && ["radio", "checkbox"].includes(element.type) ? label : element)
    .getBoundingClientRect();
  return {
    name: said(label) || said(element) || element.getAttribute("aria-label") || "",
    kind: element.type || element.tagName.toLowerCase(),
    drawn: places.some(([node, part]) => drawn(node, part)),
    onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""
FURTHEST = 120


class Keyboard:
    """The keys alone, on a page: every stop of the focus must be seen."""

    def __init__(self, page):
        self.page = page

    def reaches(self, name, *, kind=None):
        """Tab until the focus is on what is called so."""
        passed = []
        for _ in range(FURTHEST):
            self.page.keyboard.press("Tab")
            stop = self.stop()
            if stop["name"].startswith(name) and kind in {None, stop["kind"]}:
                return stop
            passed.append(stop["name"])
        raise AssertionError(f"“{name}” is not reached on {self.page.url}: {passed}")

    def stop(self):
        """Where the focus is; on the page's body it is nowhere, and needs not be seen."""
        stop = self.page.evaluate(FOCUSED)
        if stop["kind"] != "body":
            assert stop["drawn"], f"the focus is not drawn on {stop} of {self.page.url}"
            assert stop["onScreen"], f"the focus is off the screen, on {stop} of {self.page.url}"
        return stop

    def presses(self, key):
        self.page.keyboard.press(key)

    def types(self, text):
        self.page.keyboard.type(text)

    def opens(self, name):
        """Reach a link or a button, press Enter, and wait for where it leads."""
        self.reaches(name)
        with self.page.expect_navigation():
            self.presses("Enter")
