import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from incubator.volume import rush


class Command(BaseCommand):
    """Prepare a call and its drafts for `bench deadline`; prints who is signed in, as JSON."""

    help = "Adds a call and N complete drafts, their authors signed in. Never outside DEBUG."

    def add_arguments(self, parser):
        parser.add_argument("--drafts", type=int, required=True, metavar="N")

    @transaction.atomic
    def handle(self, *, drafts, **options):
        if not settings.DEBUG:
            raise CommandError("Synthetic volume is never added outside DEBUG.")
        call, ready = rush.begin(drafts)
        said = {"call": call.pk, "drafts": [[draft.pk, key] for draft, key in ready]}
        self.stdout.write(json.dumps(said))
