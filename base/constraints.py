"""The sentence of a rule that the database itself refused to break."""

from functools import cache

from django.apps import apps


@cache
def _sentences():
    return {
        constraint.name: constraint.violation_error_message
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message
        and constraint.violation_error_message != constraint.default_violation_error_message
    }


def sentence_of(error):
    """What to tell the reader of an IntegrityError, or None where no rule of ours has that name."""
    diagnostics = getattr(error.__cause__, "diag", None)
    return _sentences().get(getattr(diagnostics, "constraint_name", None))
