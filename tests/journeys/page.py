"""A page as a person without JavaScript reads it: words, links, forms filled by their labels."""

import re
from urllib.parse import urljoin

import html5lib


UNSEEN = {"script", "style", "template", "head"}
HINTS = ("fr-hint-text", "lf-limit")


def read(element):
    """The words of an element, spaced as one line; non-breaking spaces are spaces."""
    return re.sub(r"\s+", " ", "".join(_words(element))).strip()


def _words(element):
    if element.tag in UNSEEN or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""
    if element.tag in {"p", "div", "li", "tr", "td", "th", "dt", "dd", "option", "fieldset", "br"}:
        yield " "


def label_of(element):
    """A label or a legend without its help."""
    return re.sub(r"\s+", " ", "".join(_label_words(element))).strip()


def _label_words(element):
    yield element.text or ""
    for child in element:
        if child.get("class") not in HINTS:
            yield from _label_words(child)
        yield child.tail or ""


class Page:
    """What came back for an address."""

    def __init__(self, address, response):
        self.address, self.status = address, response.status_code
        self.type = response["Content-Type"].split(";")[0]
        self.content = b"".join(response) if response.streaming else response.content
        self.root = None
        if self.type == "text/html":
            self.root = html5lib.parse(self.content.decode(), namespaceHTMLElements=False)

    @property
    def main(self):
        return self.root.find(".//main")

    @property
    def text(self):
        return read(self.main)

    @property
    def title(self):
        (heading,) = self.main.iter("h1")
        return read(heading)

    def all(self, kind):
        """What each element of a class says."""
        return [read(node) for node in self.root.iter() if kind in node.get("class", "").split()]

    @property
    def said(self):
        """The messages after something was done."""
        return " ".join(self.all("lf-message"))

    def faults(self):
        """The errors that the page announces at its head."""
        return self.all("lf-errors")

    def link(self, words):
        """The address behind the one link that says these words."""
        links = [(read(a), a.get("href")) for a in self.main.iter("a") if a.get("href")]
        for same in (str.__eq__, str.startswith, str.__contains__):
            found = {href for said, href in links if same(said, words)}
            if found:
                assert len(found) == 1, f"{self}: several links say “{words}”: {found}"
                return urljoin(self.address, found.pop())
        raise AssertionError(f"{self}: no link “{words}” among {[said for said, _ in links]}")

    def form(self, button):
        """The one form with a button that says this, or begins so, as it stands on the page."""
        found = [
            (read(pressed), form, pressed)
            for form in self.root.iter("form")
            for pressed in form.iter("button")
            if pressed.get("type", "submit") == "submit"
        ]
        exact = [row for row in found if row[0] == button]
        rows = exact or [row for row in found if row[0].startswith(button)]
        said = [row[0] for row in found]
        assert len(rows) == 1, f"{self}: {len(rows)} buttons “{button}” among {said}"
        return Form(self, *rows[0][1:])

    def rows(self):
        """The cells of each row of the page's tables."""
        return [
            [read(cell) for cell in row if cell.tag in {"th", "td"}]
            for body in self.main.iter("tbody")
            for row in body.iter("tr")
        ]

    def buttons(self):
        """What each button of the page's body says."""
        return [read(node) for node in self.main.iter("button")]

    def legends(self):
        """What each group of choices of the page is about."""
        return [label_of(node) for node in self.main.iter("legend")]

    def __str__(self):
        return f"{self.status} {self.address}"


class Form:
    """A form: what it would send, field by field, as a browser reckons it."""

    def __init__(self, page, form, pressed):
        self.page, self.form = page, form
        self.method = form.get("method", "get").lower()
        self.action = urljoin(page.address, pressed.get("formaction") or form.get("action") or "")
        if not form.get("action"):
            self.action = page.address
        self.values = {}
        for control in self.controls():
            self.values.setdefault(control.get("name"), []).extend(sent_by(control))
        if pressed.get("name"):
            self.values.setdefault(pressed.get("name"), []).append(pressed.get("value", ""))

    def controls(self):
        return [
            node
            for node in self.form.iter()
            if node.tag in {"input", "select", "textarea"} and node.get("name")
        ]

    def fill(self, label, value):
        """Type, choose or tick, in the control that carries this label."""
        control, options = self.control(label), self.options(label)
        if options is not None:
            chosen = value if isinstance(value, list | set) else [value]
            name = next(iter(options.values())).get("name")
            self.values[name] = [pick(options, one, self).get("value", "on") for one in chosen]
        elif control.tag == "select":
            found = {read(option): option for option in control.iter("option")}
            self.values[control.get("name")] = [pick(found, value, self).get("value", "")]
        elif control.get("type") == "checkbox":
            self.values[control.get("name")] = [control.get("value", "on")] if value else []
        else:
            self.values[control.get("name")] = [str(value)]

    def value(self, label):
        return self.values[self.control(label).get("name")][0]

    def control(self, label):
        """The control of a label; None where the label is the legend of several."""
        if self.options(label) is not None:
            return None
        labels = [node for node in self.form.iter("label") if node.get("for")]
        identity = pick({label_of(node): node for node in labels}, label, self).get("for")
        (control,) = [node for node in self.controls() if node.get("id") == identity]
        return control

    def options(self, legend):
        """The radios or boxes below a legend, by what each says; None without such a legend."""
        labels = [label_of(node) for node in self.form.iter("label")]
        for fieldset in self.form.iter("fieldset"):
            head = fieldset.find("legend")
            said = head is not None and label_of(head)
            if not said or not names(said, legend) or (legend in labels and said != legend):
                continue
            labels = {node.get("for"): label_of(node) for node in fieldset.iter("label")}
            return {
                labels[node.get("id")]: node
                for node in fieldset.iter("input")
                if node.get("id") in labels
            }
        return None

    def data(self):
        return {name: values for name, values in self.values.items() if values}

    def __str__(self):
        return f"form of {self.page}"


def sent_by(control):
    """The values that a control sends untouched."""
    if control.get("disabled") is not None:
        return []
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        return [option.get("value", "") for option in chosen or options[:1]]
    if control.tag == "textarea":
        return [(control.text or "").removeprefix("\n")]
    if control.get("type") in {"checkbox", "radio"}:
        return [control.get("value", "on")] if control.get("checked") is not None else []
    return [control.get("value", "")]


def names(said, words):
    said, words = (re.sub(r"\s+", " ", text).lower() for text in (said, words))
    return said == words or said.startswith(words)


def pick(found, words, where):
    """The one element whose words are these, or begin so."""
    exact = [element for said, element in found.items() if said.lower() == words.lower()]
    matching = exact or [element for said, element in found.items() if names(said, words)]
    assert len(matching) == 1, f"{where}: {len(matching)} × “{words}” among {list(found)}"
    return matching[0]
