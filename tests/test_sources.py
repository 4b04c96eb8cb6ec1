"""What no linter sees in the code: sizes, drawers, doors, and rights asked before reading."""

import ast
from inspect import unwrap

import pytest
from django import forms

from incubator.public_pages import PUBLIC, SIGN_IN
from tests.sources import (
    HOUSE,
    ROOT,
    SOURCES,
    TESTS,
    VIEWS,
    calls,
    is_decorated,
    modules,
    name_of,
    nodes,
    urls,
)


DRAWERS = {"services", "utils", "helpers", "common", "misc", "manager", "managers", "service"}
DRAWERS |= {"handle", "handlers", "process", "data", "info"}
# Who may mark text as safe markup, each for the reason written there.
MARKS_AS_SAFE = {"base/markdown.py"}
UNFILTERED = {"all", "filter", "get", "exclude", "select_related", "prefetch_related", "in_bulk"}
UNFILTERED |= {"order_by", "values", "values_list", "annotate", "count", "first", "last"}


@pytest.fixture(autouse=True)
def database():
    """What is read here is not in it."""


@pytest.mark.parametrize("path", SOURCES + TESTS + modules("devtools"), ids=name_of)
def test_a_file_fits_in_the_head_and_is_no_drawer(path):
    assert len(path.read_text().splitlines()) <= 300
    assert path.stem not in DRAWERS
    assert path.parent.name not in DRAWERS


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_signals(path):
    imported = {
        f"{getattr(node, 'module', '')}.{alias.name}"
        for _path, node in nodes([path], ast.Import, ast.ImportFrom)
        for alias in node.names
    }

    assert [name for name in imported if "signals" in name or "dispatch" in name] == []


def size(view):
    """How many statements a view has; its own line and its docstring do not count."""
    statements = sum(isinstance(node, ast.stmt) for node in ast.walk(view)) - 1
    return statements - bool(ast.get_docstring(view))


def test_a_view_does_little():
    sizes = {
        f"{name_of(path)}:{view.name}": size(view) for path, view in nodes(VIEWS, ast.FunctionDef)
    }

    assert {view: size for view, size in sizes.items() if size > 15} == {}


def test_a_view_is_a_function_that_names_its_methods():
    """No view class, and the methods of each are said by its decorator (RELIABILITY A-42)."""
    views = {unwrap(view) for _name, _path, view in urls()}
    ours = {view for view in views if view.__module__.split(".")[0] in HOUSE}
    written = {
        f"{name_of(path)}:{view.lineno}": is_decorated(view, "require_")
        for path, view in nodes(VIEWS, ast.FunctionDef)
        if view in tree_functions(path)
    }
    open_doors = [
        f"{view.__module__}.{view.__name__}"
        for view in ours
        if not written.get(f"{view.__module__.replace('.', '/')}.py:{line_of(view)}", False)
    ]

    assert [node.name for _path, node in nodes(VIEWS, ast.ClassDef)] == []
    assert open_doors == []


def tree_functions(path):
    return [node for _path, node in nodes([path], ast.FunctionDef)]


def line_of(view):
    """The line of `def`, below its decorators."""
    path = ROOT / f"{view.__module__.replace('.', '/')}.py"
    return next(f.lineno for f in tree_functions(path) if f.name == view.__name__)


def test_what_anyone_may_read_is_one_closed_list():
    """RELIABILITY A-30: the views without login are those of incubator/public_pages.py."""
    open_to_all = {
        name
        for name, _path, view in urls()
        if not getattr(view, "login_required", True) and not name.startswith("admin:")
    }

    assert open_to_all == PUBLIC | SIGN_IN


def test_no_view_is_exempt_from_the_csrf_token():
    """RELIABILITY A-42."""
    assert [name for name, _path, view in urls() if getattr(view, "csrf_exempt", False)] == []
    assert [name_of(p) for p in SOURCES if "csrf_exempt" in p.read_text()] == []


def test_a_view_looks_up_through_a_right():
    """RELIABILITY A-32, A-33: what a view reads begins with a queryset that has a name."""
    bare = [
        f"{name_of(path)}:{node.lineno} {ast.unparse(node)}"
        for path, node in nodes(VIEWS, ast.Attribute)
        if node.attr in UNFILTERED
        and isinstance(node.value, ast.Attribute)
        and node.value.attr in {"objects", "_base_manager", "_default_manager"}
    ]
    bare += [
        f"{name_of(path)}:{call.lineno} {ast.unparse(call)}"
        for path, call in calls(VIEWS, "get_object_or_404", "get_list_or_404")
        if isinstance(call.args[0], ast.Name) and call.args[0].id[0].isupper()
    ]

    assert bare == []


def test_no_query_is_written_by_the_request():
    """RELIABILITY A-35: never `filter(**…)` or `order_by(…)` from parameters."""
    guided = [
        f"{name_of(path)}:{call.lineno} {ast.unparse(call)}"
        for path, call in nodes(SOURCES, ast.Call)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"filter", "exclude", "get", "order_by", "values", "annotate"}
        and ".GET" not in ast.unparse(call.func)
        and ".POST" not in ast.unparse(call.func)
        and any(
            f"request.{bag}" in ast.unparse(argument)
            for argument in [
                *(a for a in call.args if call.func.attr != "filter" or isinstance(a, ast.Starred)),
                *(k.value for k in call.keywords if k.arg is None),
            ]
            for bag in ["GET", "POST", "body"]
        )
    ]

    assert guided == []


def all_forms(kind=forms.BaseForm):
    for heir in kind.__subclasses__():
        yield heir
        yield from all_forms(heir)


def test_a_form_lists_its_fields():
    """RELIABILITY A-46: no `__all__`, no `exclude`."""
    unlisted = {
        f"{name_of(path)}:{node.lineno}"
        for path, node in nodes(SOURCES, ast.Assign)
        for target in node.targets
        if ast.unparse(target) == "exclude" or ast.unparse(node.value) == "'__all__'"
    }
    loaded = {
        form.__name__
        for form in all_forms()
        if form.__module__.split(".")[0] in HOUSE
        and issubclass(form, forms.BaseModelForm)
        and form._meta.model
        and (form._meta.fields is None or form._meta.exclude)
    }

    assert unlisted | loaded == set()


def test_text_is_marked_as_safe_in_few_places():
    """RELIABILITY A-40."""
    marking = {
        name_of(path)
        for path in SOURCES
        if any(word in path.read_text() for word in ["mark_safe", "SafeString(", "html_safe"])
    }

    assert marking <= MARKS_AS_SAFE


def test_every_task_says_why_it_may_run_twice():
    silent = [
        f"{name_of(path)}:{task.name}"
        for path, task in nodes(SOURCES, ast.FunctionDef)
        if is_decorated(task, "shared_task") and "twice" not in (ast.get_docstring(task) or "")
    ]

    assert silent == []
