"""What production refuses, and what it starts with (RELIABILITY A-52)."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


ROOT = Path(settings.BASE_DIR)
KEY = secrets.token_urlsafe(64)
PRODUCTION = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "fabrique.example"}
FAULTS = {
    "no key": ({"SECRET_KEY": ""}, "SECRET_KEY must be set"),
    "the key of developers": ({"SECRET_KEY": settings.DEVELOPMENT_KEY}, "SECRET_KEY must be set"),
    "a short key": ({"SECRET_KEY": KEY[:49]}, "SECRET_KEY must be set"),
    "no host": ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name"),
    "any host": ({"ALLOWED_HOSTS": "fabrique.example,*"}, "ALLOWED_HOSTS must name"),
    "another database": ({"DATABASE_URL": "sqlite:///db.sqlite3"}, "must name a PostgreSQL"),
    "an image in debug": ({"DEBUG": "true", "HASHED_STATIC": "true"}, "developer's machine"),
}


def manage(*arguments, **variables):
    """A command in an environment that names nothing else."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | variables,
        capture_output=True,
        text=True,
    )


def test_production_starts_without_a_warning():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("fault", FAULTS)
def test_production_refuses_to_start_with(fault):
    variables, sentence = FAULTS[fault]

    done = manage("check", **PRODUCTION | variables)

    assert done.returncode != 0
    assert sentence in done.stderr
    assert KEY[:49] not in done.stderr


def test_a_developer_needs_no_variable_but_debug():
    assert manage("check", DEBUG="true").returncode == 0


def test_every_variable_is_documented():
    source = (ROOT / "incubator/settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', source))

    documented = set(re.findall(r"^\| `(\w+)`", (ROOT / "docs/settings.md").read_text(), re.M))

    assert read - documented == set()
