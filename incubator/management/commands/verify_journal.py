import sys

from django.core.management.base import BaseCommand

from journal.models import Seal
from journal.verification import faults


class Command(BaseCommand):
    help = (
        "Recomputes every seal and every snapshot; exits with 1 and names what was edited, deleted"
        " or is missing. Note the last seal it prints in another place: --seal proves later that"
        " the journal still holds it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--seal", help="a digest noted earlier, which must still be there")

    def handle(self, *, seal, **options):
        found = list(faults(expected=seal))
        for fault in found:
            self.stdout.write(fault)
        last = Seal.objects.order_by("-last_event").first()
        sealed = (
            f"sealed up to event {last.last_event}: {last.digest}" if last else "nothing sealed"
        )
        self.stdout.write(sealed)
        if found:
            self.stderr.write(f"{len(found)} faults.")
            sys.exit(1)
