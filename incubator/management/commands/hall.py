import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from incubator.volume import hall


class Command(BaseCommand):
    """Prepare an open ballot for `bench live-vote`; prints who is signed in, as JSON."""

    help = "Adds a sitting with an open ballot and N electors signed in. Never outside DEBUG."

    def add_arguments(self, parser):
        parser.add_argument("--electors", type=int, required=True, metavar="N")

    @transaction.atomic
    def handle(self, *, electors, **options):
        if not settings.DEBUG:
            raise CommandError("Synthetic volume is never added outside DEBUG.")
        ballot, ready = hall.gather(electors)
        said = {
            "ballot": ballot.pk,
            "deliberation": ballot.item.deliberation_id,
            "electors": [[seat.pk, session] for seat, session in ready],
        }
        self.stdout.write(json.dumps(said))
