"""The browser of the tests is Debian's: `python -m devtools.chromium` installs it where it may."""

import os
import shutil
import subprocess
import sys


MISSING = (
    "The browser tests need Chromium: install it (as root: apt-get install chromium), "
    "or name it in CHROMIUM."
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def path():
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def install():
    """As root on Debian, with apt; anyone else is told what to install."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(MISSING)
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ["update", "install --yes --no-install-recommends chromium"]:
        done = subprocess.run(
            ["apt-get", "-qq", *command.split()], env=quietly, stdin=subprocess.DEVNULL
        )
        if done.returncode:
            sys.exit(MISSING)


if __name__ == "__main__":
    if not path():
        install()
