"""How a plain Django form looks: what its fields need said around them."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _

from base.wording import number


BLANK = "---------"  # how Django writes that nothing is chosen
CLASSES = {"select": "fr-select", "file": "fr-upload", "password": "fr-password__input fr-input"}


def kind_of(field):
    """Which of our field layouts fits a bound field."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    kind = getattr(widget, "input_type", "text")
    return kind if kind in {"checkbox", "select", "file", "password"} else "text"


def limit_of(field, kind):
    """How many characters a field of several lines takes, in words."""
    limit = getattr(field.field, "max_length", None)
    if kind != "textarea" or not limit:
        return ""
    return _("%(count)s caractères au plus.") % {"count": number(limit)}


def bounds_of(field):
    """The least and the greatest number that the model takes, as its validators hold them."""
    model = getattr(getattr(field.form, "_meta", None), "model", None)
    if model is None or getattr(field.field.widget, "input_type", "") != "number":
        return {}
    held = model._meta.get_field(field.name).validators if field.name in own_fields(model) else []
    least = [each.limit_value for each in held if isinstance(each, MinValueValidator)]
    greatest = [each.limit_value for each in held if isinstance(each, MaxValueValidator)]
    bounds = {"min": max(least, default=None), "max": min(greatest, default=None)}
    return {name: bound for name, bound in bounds.items() if bound is not None}


def own_fields(model):
    return {field.name for field in model._meta.fields}


def invite(field, words):
    """A list in which nothing is chosen yet says so in words, and not « --------- »."""
    choices = getattr(field.widget, "choices", [])
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = words if field.empty_label == BLANK else field.empty_label
    elif (chosen := list(choices)) and chosen[0] == ("", BLANK):
        field.widget.choices = [("", words), *chosen[1:]]


def control(field, kind, *, limited):
    """The widget in the classes of the design system, tied to its help and to its errors.

    A textarea loses `maxlength`: the browser would cut a pasted text without a word.
    """
    attrs = bounds_of(field) if kind == "text" else {}
    attrs["class"] = f"{field.field.widget.attrs.get('class', '')} ".lstrip()
    attrs["class"] += CLASSES.get(kind, "" if kind == "checkbox" else "fr-input")
    if not attrs["class"]:
        del attrs["class"]
    if limited:
        described = f"{field.aria_describedby or ''} {field.auto_id}_limit".strip()
        attrs |= {
            "maxlength": False,
            "data-limit": field.field.max_length,
            "aria-describedby": described,
        }
    return field.as_widget(attrs=attrs)


def shown(field, *, optional_mark=True, invitation=""):
    """What the template of a field needs."""
    kind = kind_of(field)
    limit = limit_of(field, kind)
    group = kind in {"checkboxes", "radios"}
    if kind == "select":
        invite(field.field, invitation or _("Choisir"))
    return {
        "field": field,
        "kind": kind,
        "limit": limit,
        "optional": optional_mark and not field.field.required,
        "control": "" if group else control(field, kind, limited=bool(limit)),
        "options": field.subwidgets if group else [],
    }


def faults(form):
    """The errors of a form as (sentence, the id of its field or nothing), in its order."""
    found = [(sentence, "") for sentence in form.non_field_errors()]
    for field in form:
        anchor = field.id_for_label or field.auto_id
        if kind_of(field) in {"radios", "checkboxes"}:
            anchor = f"{field.auto_id}_0"
        anchor = "" if field.is_hidden else anchor
        found += [
            (_("%(label)s : %(sentence)s") % {"label": field.label, "sentence": sentence}, anchor)
            for sentence in field.errors
        ]
    return found
