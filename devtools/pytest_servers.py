"""Starts PostgreSQL and Valkey before Django reads its settings; xdist workers inherit them."""

import os

import pytest

from devtools.postgres import Postgres
from devtools.valkey import Valkey


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    os.environ["DEBUG"] = "true"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright leaves a loop in the main thread
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        base, _, _ = os.environ["REDIS_URL"].rpartition("/")
        os.environ["REDIS_URL"] = f"{base}/{int(worker.removeprefix('gw')) % 16}"
        return
    for variable, server in [("DATABASE_URL", Postgres), ("REDIS_URL", Valkey)]:
        if variable not in os.environ:
            ours = server()
            early_config.add_cleanup(ours.stop)
            os.environ[variable] = ours.start().url
