"""The rules that may never be broken, gathered from every floor."""

from importlib import import_module
from itertools import islice

from django.apps import apps
from django.utils.module_loading import module_has_submodule


FLOORS = ["accounts", "journal", "notifications", "committees", "calls", "projects", "coaching"]
NAMED = 20  # how many offenders a fault names; their count is not needed to start looking


def rules():
    """Every rule of every floor: (app, function); the function's docstring is its sentence."""
    for floor in FLOORS:
        if module_has_submodule(apps.get_app_config(floor).module, "invariants"):
            for rule in import_module(f"{floor}.invariants").INVARIANTS:
                yield floor, rule


def faults():
    """Ask every rule: (app, rule's sentence, the first ids that break it, [] where none does)."""
    for floor, rule in rules():
        yield floor, " ".join(rule.__doc__.split()), list(islice(iter(rule()), NAMED))
