"""A management command with the servers of `make run`, whether it runs or not (`make manage`).

With `--apart` first, it has servers of its own, empty and thrown away: for measures and checks.
"""

import os
import sys

from django.core.management import execute_from_command_line

from devtools.servers import ROOT, VAR, servers


def manage(arguments):
    apart = arguments[:1] == ["--apart"]
    os.environ.setdefault("DEBUG", "true")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "incubator.settings")
    os.chdir(ROOT)
    with servers(None if apart else VAR):
        execute_from_command_line(["manage.py", *arguments[apart:]])


if __name__ == "__main__":
    manage(sys.argv[1:])
