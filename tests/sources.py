"""The house as its tests read it: apps, models, modules, templates, calls in the code."""

import ast
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.urls import get_resolver


ROOT = Path(settings.BASE_DIR)
FLOORS = ["accounts", "journal", "notifications", "committees", "calls", "projects", "coaching"]
HOUSE = ["base", *FLOORS, "incubator"]
MODELS = [model for app in FLOORS for model in apps.get_app_config(app).get_models()]


def modules(*folders):
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


def name_of(path):
    return str(path.relative_to(ROOT))


SOURCES = modules(*HOUSE)
TESTS = modules("tests")
VIEWS = [path for path in SOURCES if path.parent.name == "views"]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())


@cache
def tree(path):
    return ast.parse(path.read_text())


def nodes(paths, *kinds):
    """Every node of these kinds in these modules, as (path, node)."""
    for path in paths:
        for node in ast.walk(tree(path)):
            if isinstance(node, kinds):
                yield path, node


def calls(paths, *names):
    """Every call of a function by one of these dotted names, as (path, call)."""
    for path, node in nodes(paths, ast.Call):
        if ast.unparse(node.func) in names:
            yield path, node


def is_decorated(function, name):
    return any(name in ast.unparse(decorator) for decorator in function.decorator_list)


def urls(patterns=None, namespace=(), path=""):
    """Every URL of the portal: (qualified name, pattern text, view); unnamed ones by their path."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        whole = path + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = (*namespace, pattern.namespace) if pattern.namespace else namespace
            yield from urls(pattern.url_patterns, inner, whole)
        else:
            yield ":".join([*namespace, pattern.name or whole]), whole, pattern.callback
