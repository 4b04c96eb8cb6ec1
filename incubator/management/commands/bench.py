import json
from importlib import import_module

from django.core.management.base import BaseCommand, CommandError


NAMES = ["assignment", "autosave", "committee", "deadline", "desk"]
NAMES += ["live-vote", "pages", "ranking"]


def module_of(name):
    return name.replace("-", "_")


class Command(BaseCommand):
    """Measure, and say what was measured; `all` runs every benchmark.

    Fails, once its figures are printed, where a page asks more queries of a larger portal.
    """

    help = "Runs a benchmark and prints its figures."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("name", choices=[*NAMES, "all"])
        parser.add_argument("--json", action="store_true", help="figures for a program to read")
        parser.add_argument("--rounds", type=int, help="visits of each page")

    def handle(self, *, name, rounds, **options):
        chosen = NAMES if name == "all" else [name]
        for each in chosen:
            given = {"rounds": rounds} if rounds and each in ("committee", "desk", "pages") else {}
            figures = import_module(f"incubator.benchmarks.{module_of(each)}").run(**given)
            text = json.dumps(figures, ensure_ascii=False, indent=None if options["json"] else 2)
            self.stdout.write(text)
            check(figures)


def check(figures):
    """Refuse a page whose queries are not as many at both sizes."""
    if unequal := figures.get("unequal"):
        raise CommandError(f"Not the same queries at both sizes: {', '.join(unequal)}.")
