"""A page as a browser reads it: its forms, and what a person in a hurry would type in them."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from urllib.parse import urljoin, urlsplit

import html5lib
from django.utils import timezone


TEXT = "Un texte de quelques mots."
DATES = {"date": "%Y-%m-%d", "datetime-local": "%Y-%m-%dT%H:%M", "time": "%H:%M"}


@dataclass
class Form:
    """A form of a page: where it goes, how, and its controls by name."""

    action: str
    method: str
    controls: dict = field(default_factory=dict)
    pressed: str = ""  # the name of its first button, the one of the Enter key

    def filled(self):
        """What is there already, and something plausible where something is wanted."""
        later = count(10, 10)  # days: what ends comes after what begins
        typed = {name: plausible(controls, later) for name, controls in self.controls.items()}
        if self.pressed:
            typed[self.pressed] = self.controls[self.pressed][0].get("value", "")
        return {name: value for name, value in typed.items() if value is not None}


def elements_of(content, tag):
    """Those of the page's own part; what is in its header and footer belongs to every page."""
    own = content.partition(b"<main")[2].partition(b"</main>")[0]
    if f"<{tag}".encode() not in own:
        return []
    tree = html5lib.parse(f"<main{own.decode()}", namespaceHTMLElements=False)
    return list(tree.iter(tag))


def forms_of(content, path):
    return [found for form in elements_of(content, "form") for found in read_form(form, path)]


def read_form(form, path):
    """A form, and once more for each address to which it is saved while one types."""
    found = Form(
        action=urlsplit(urljoin(path, form.get("action", ""))).path,
        method=form.get("method", "get").lower(),
    )
    for control in form.iter():
        typed_in = control.tag in {"input", "select", "textarea", "button"} and control.get("name")
        if typed_in and control.get("disabled") is None:
            found.controls.setdefault(control.get("name"), []).append(control)
    button = next((control for control in form.iter("button")), None)
    found.pressed = button is not None and button.get("name")
    saved = [form.get("data-autosave"), form.get("hx-post")]
    return [found, *(replace(found, action=address) for address in saved if address)]


def plausible(controls, later):
    """The value of the controls that share a name, or None where nothing is sent."""
    control = controls[0]
    if control.tag == "select":
        return chosen_option(control)
    if control.tag == "button":
        return None
    if control.tag == "textarea":
        return "".join(control.itertext()).strip() or fitting(TEXT, control)
    kind = control.get("type", "text")
    if kind in {"radio", "checkbox"}:
        return ticked(controls)
    return control.get("value") or typed(kind, control, later)


def ticked(boxes):
    """What is ticked; else the first choice. A box that is alone stays empty, unless required."""
    on = [b for b in boxes if b.get("checked") is not None and b.get("value") != ""]
    choices = [b for b in boxes if b.get("value", "on")]
    wanted = on or [b for b in choices if b.get("value") or b.get("required") is not None][:1]
    return [box.get("value", "on") for box in wanted] or None


def chosen_option(select):
    """What is chosen already; else what a browser sends, or the first choice if one is wanted."""
    options = list(select.iter("option"))
    chosen = [o for o in options if o.get("selected") is not None and o.get("value")]
    if not chosen and select.get("required") is not None:
        chosen = [o for o in options if o.get("value")][:1]
    elif not chosen and select.get("multiple") is None:
        chosen = options[:1]
    return [o.get("value") for o in chosen]


def typed(kind, control, later):
    if kind == "number":
        return control.get("min") or "1" if control.get("required") is not None else ""
    if kind in DATES:
        return format(timezone.localtime() + timedelta(days=next(later)), DATES[kind])
    return {
        "hidden": "",
        "submit": None,
        "file": None,
        "email": "agent@fabrique.example",
        "url": "https://fabrique.example/",
    }.get(kind, fitting(TEXT, control))


def fitting(text, control):
    return text[: int(control.get("maxlength") or len(text))]
