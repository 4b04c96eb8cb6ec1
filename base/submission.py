"""How a page carries out a verb: done, or the page again with a sentence and what was typed."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import render

from base.constraints import sentence_of
from base.lifecycle import Refused


def carried_out(form, verb):
    """Run the verb; a refusal or a broken constraint becomes a sentence on the form.

    Returns whether the verb was done, and keeps what it returned as `form.result`. Nothing typed
    is lost: the form stays bound.
    """
    form.refused = False
    try:
        form.result = verb()
    except Refused as refusal:
        form.refused = True
        form.add_error(None, str(refusal))
    except ValidationError as broken:
        form.add_error(None, broken.messages)
    except IntegrityError as broken:
        if not (sentence := sentence_of(broken)):
            raise
        form.refused = True
        form.add_error(None, str(sentence))
    return not form.errors


def form_page(request, template, context):
    """The page of `context["form"]`: 200 when asked for, 422 when invalid, 409 when refused."""
    form = context["form"]
    status = 200
    if form.is_bound and form.errors:
        status = 409 if getattr(form, "refused", False) else 422
    return render(request, template, context, status=status)
