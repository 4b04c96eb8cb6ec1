import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from incubator.invariants import faults
from journal.models import Inspection


class Command(BaseCommand):
    help = "Asks every rule that may never be broken; exits with 1 and the ids that break one."

    def handle(self, **options):
        began_at, found = timezone.now(), []
        for floor, sentence, ids in faults():
            found.append((floor, sentence, ids))
            verdict = f"BROKEN by {', '.join(map(str, ids))}" if ids else "ok"
            self.stdout.write(f"{floor}: {sentence} {verdict}")
        inspection = Inspection.keep(found, began_at=began_at)
        if inspection.faults:
            self.stderr.write(f"{len(inspection.faults)} broken.")
            sys.exit(1)
