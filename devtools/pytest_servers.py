"""Starts PostgreSQL and Valkey before Django reads its settings; xdist workers inherit them.

Each worker's database is a copy of one that is migrated once, while the tests are collected.
"""

import contextlib
import os

import pytest

from devtools import template
from devtools.catalogues import compile_all
from devtools.servers import servers


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    os.environ["DEBUG"] = "true"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright leaves a loop in the main thread
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        base, _, _ = os.environ["REDIS_URL"].rpartition("/")
        os.environ["REDIS_URL"] = f"{base}/{int(worker.removeprefix('gw')) % 16}"
        return
    compile_all()
    stack = contextlib.ExitStack()
    early_config.add_cleanup(stack.close)
    stack.enter_context(servers())


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    if "PYTEST_XDIST_WORKER" not in os.environ and not config.option.collectonly:
        config.add_cleanup(template.begin())
