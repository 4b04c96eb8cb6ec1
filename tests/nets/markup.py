"""Whether a page is valid HTML, as far as a strict parser and its references tell."""

import re
from collections import Counter
from itertools import pairwise

import html5lib


LABELABLE = {"input", "select", "textarea", "button", "meter", "output", "progress"}
REFERENCES = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list"]
INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary", "label"}


def faults_of(html):
    """What is wrong with a page, in short sentences."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    lines = html.splitlines()
    for (line, _column), code, details in parser.errors:
        yield f"{code} {details} at line {line}: {lines[line - 1].strip()[:120]}"
    yield from faults_of_references(tree)
    yield from faults_of_outline(tree)
    yield from faults_of_nesting(tree)


def faults_of_references(tree):
    elements = list(tree.iter())
    ids = Counter(e.get("id") for e in elements if e.get("id") is not None)
    yield from (f"id {name!r} {count} times" for name, count in ids.items() if count > 1)
    yield from (f"id {name!r} has a space or is empty" for name in ids if len(name.split()) != 1)
    by_id = {e.get("id"): e for e in elements}
    for element in elements:
        for attribute in REFERENCES:
            for target in (element.get(attribute) or "").split():
                if target not in by_id:
                    yield f"<{element.tag} {attribute}={target!r}> leads nowhere"
        target = by_id.get(element.get("for"))
        if element.tag == "label" and target is not None and target.tag not in LABELABLE:
            yield f"<label for={element.get('for')!r}> is for a <{target.tag}>"


def faults_of_outline(tree):
    titles = [t.text for t in tree.findall("head/title")]
    if len(titles) != 1 or not (titles[0] or "").strip():
        yield f"titles: {titles}"
    if not tree.get("lang"):
        yield "<html> has no lang"
    if len(list(tree.iter("h1"))) != 1:
        yield f"{len(list(tree.iter('h1')))} h1"
    if len(list(tree.iter("main"))) != 1:
        yield f"{len(list(tree.iter('main')))} main"
    levels = [element.tag for element in tree.iter() if re.fullmatch(r"h[1-6]", element.tag)]
    yield from (f"<{b}> after <{a}>" for a, b in pairwise(levels) if int(b[1]) > int(a[1]) + 1)


def faults_of_nesting(tree):
    for outer in [*tree.iter("a"), *tree.iter("button")]:
        inner = [element.tag for element in outer.iter() if element is not outer]
        yield from (f"<{tag}> in <{outer.tag}>" for tag in inner if tag in INTERACTIVE)
    for outer in [*tree.iter("ul"), *tree.iter("ol")]:
        yield from (f"<{e.tag}> in <{outer.tag}>" for e in outer if e.tag not in {"li", "template"})
    for image in tree.iter("img"):
        if image.get("alt") is None:
            yield f"<img src={image.get('src')!r}> has no alt"
