import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from devtools import chromium


APT = """#!/bin/sh
echo "$@" >> "{log}"
test "$1$2" != -qqupdate || exit {update}
"""


@pytest.fixture
def bare(tmp_path):
    """Runs `python -m devtools.chromium` where nothing is installed; with an apt-get if asked."""
    log = tmp_path / "apt.log"

    def run(*, apt=False, update=0):
        if apt:
            program = tmp_path / "apt-get"
            program.write_text(APT.format(log=log, update=update))
            program.chmod(0o755)
        done = subprocess.run(
            [sys.executable, "-m", "devtools.chromium"],
            cwd=settings.BASE_DIR,
            env={"PATH": str(tmp_path)},
            capture_output=True,
            text=True,
        )
        return done, log.read_text().splitlines() if log.exists() else []

    return run


def test_the_browser_is_there():
    assert Path(chromium.path()).exists()


def test_without_a_browser_one_sentence_says_what_to_install(bare):
    done, _ = bare()

    assert (done.returncode, done.stderr.strip()) == (1, chromium.MISSING)


def test_root_gets_debians_chromium_and_nothing_more(bare):
    done, asked = bare(apt=True)

    if os.geteuid() == 0:
        assert asked == ["-qq update", "-qq install --yes --no-install-recommends chromium"]
        assert done.returncode == 0
    else:
        assert (asked, done.returncode) == ([], 1)


def test_an_apt_that_fails_ends_with_the_sentence(bare):
    done, asked = bare(apt=True, update=100)

    assert (done.returncode, done.stderr.strip()) == (1, chromium.MISSING)
