from django.core.management.base import BaseCommand

from incubator.purge import KINDS


class Command(BaseCommand):
    help = (
        "Erases what base.retention keeps no longer, and says how many of each kind. Safe to run"
        " twice. Dossiers whose people had no notice a month ago stay."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *, dry_run, **options):
        for kind in KINDS:
            count = kind.due().count() if dry_run else kind.purge()
            self.stdout.write(f"{kind.name}: {count} {'due' if dry_run else 'erased'}")
