import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from calls.models import Call
from committees.models import Grid
from incubator.volume import dossiers, incubation, stage


class Command(BaseCommand):
    """Add synthetic volume beside the demonstration, in bulk, under every constraint."""

    help = "Adds N applications with all that follows from them. Never outside DEBUG."

    def add_arguments(self, parser):
        parser.add_argument("--applications", type=int, required=True, metavar="N")

    @transaction.atomic
    def handle(self, *, applications, **options):
        if not settings.DEBUG:
            raise CommandError("Synthetic volume is never added outside DEBUG.")
        if applications < stage.CALLS:
            raise CommandError(f"At least {stage.CALLS} applications: one a call.")
        if not Grid.objects.published().exists():
            raise CommandError("Load the demonstration first: the volume uses its grid.")
        if Call.objects.filter(slug="volume-0").exists():
            raise CommandError("This database has its volume already.")
        begun = time.monotonic()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        ground = stage.build(applications)
        written = dossiers.write(ground, applications)
        projects = incubation.open_projects(ground, written)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stdout.write(
            f"{len(written)} applications, {len(projects)} projects"
            f" in {time.monotonic() - begun:.0f} s."
        )
