"""A page as a browser reads it: its forms, and what a person in a hurry would type in them."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import html5lib
from django.utils import timezone


TEXT = "Un texte de quelques mots."


@dataclass
class Form:
    """A form of a page: where it goes, how, and its controls by name."""

    action: str
    method: str
    controls: dict = field(default_factory=dict)

    def filled(self):
        """What is there already, and something plausible where nothing is."""
        typed = {name: plausible(controls) for name, controls in self.controls.items()}
        return {name: value for name, value in typed.items() if value is not None}


def tree_of(content):
    return html5lib.parse(content, namespaceHTMLElements=False)


def forms_of(content, path):
    """The forms of the page's own part; those of its header and footer belong to every page."""
    main = tree_of(content).find(".//main")
    return [] if main is None else [read_form(form, path) for form in main.iter("form")]


def read_form(form, path):
    found = Form(
        action=urlsplit(urljoin(path, form.get("action", ""))).path,
        method=form.get("method", "get").lower(),
    )
    for control in form.iter():
        typed_in = control.tag in {"input", "select", "textarea"} and control.get("name")
        if typed_in and control.get("disabled") is None:
            found.controls.setdefault(control.get("name"), []).append(control)
    return found


def plausible(controls):
    """The value of the controls that share a name, or None where nothing is sent."""
    control = controls[0]
    if control.tag == "select":
        return chosen_option(control)
    if control.tag == "textarea":
        return "".join(control.itertext()).strip() or fitting(TEXT, control)
    kind = control.get("type", "text")
    if kind in {"radio", "checkbox"}:
        ticked = [c for c in controls if c.get("checked") is not None] or controls[:1]
        return [c.get("value", "on") for c in ticked]
    return control.get("value") or typed(kind, control)


def chosen_option(select):
    options = list(select.iter("option"))
    chosen = [o for o in options if o.get("selected") is not None and o.get("value")]
    chosen = chosen or [o for o in options if o.get("value")][:1]
    return [o.get("value") for o in chosen]


def typed(kind, control):
    soon = timezone.localtime() + timedelta(days=10)
    return {
        "hidden": "",
        "submit": None,
        "file": None,
        "number": control.get("min") or "1",
        "email": "quelquun@fabrique.example",
        "url": "https://fabrique.example/",
        "date": f"{soon:%Y-%m-%d}",
        "datetime-local": f"{soon:%Y-%m-%dT%H:%M}",
        "time": f"{soon:%H:%M}",
    }.get(kind, fitting(TEXT, control))


def fitting(text, control):
    return text[: int(control.get("maxlength") or len(text))]
