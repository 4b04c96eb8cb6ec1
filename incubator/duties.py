"""What awaits a person, gathered from every floor."""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


FLOORS = ["coaching", "projects", "calls", "committees"]


def awaiting(user):
    """The duties of a person on all floors: late first, then the nearest date, then the rest."""
    found = []
    for floor in FLOORS:
        if module_has_submodule(apps.get_app_config(floor).module, "duties"):
            found += import_module(f"{floor}.duties").awaiting(user)
    return sorted(found, key=lambda duty: duty.urgency)
