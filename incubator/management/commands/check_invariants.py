import sys

from django.core.management.base import BaseCommand

from incubator.invariants import faults


class Command(BaseCommand):
    help = "Asks every rule that may never be broken; exits with 1 and the ids that break one."

    def handle(self, **options):
        broken = 0
        for floor, sentence, ids in faults():
            broken += bool(ids)
            verdict = f"BROKEN by {', '.join(map(str, ids))}" if ids else "ok"
            self.stdout.write(f"{floor}: {sentence} {verdict}")
        if broken:
            self.stderr.write(f"{broken} broken.")
            sys.exit(1)
