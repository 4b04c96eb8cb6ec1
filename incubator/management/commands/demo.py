from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import F

from accounts.models import User
from notifications.models import Message


OURS = ["accounts", "journal", "notifications", "committees", "calls", "projects", "coaching"]


class Command(BaseCommand):
    """Fill an empty database with the true cases of the domain and a story that goes on today."""

    help = "Loads the demonstration into an empty database. Never outside DEBUG."

    @transaction.atomic
    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("The demonstration is never loaded outside DEBUG.")
        if found := [model._meta.label for model in _models() if model.objects.exists()]:
            raise CommandError(f"This database is not empty: {', '.join(sorted(found))}.")
        # Here and not above: only the demonstration travels in time, with a tool of development.
        from incubator.demo import past, people, present  # noqa: PLC0415
        from incubator.demo.clock import moving  # noqa: PLC0415

        with moving():
            everyone = people.settle()
            grid = past.publish_grid(everyone.equipe)
            past.tell(everyone, grid)
            present.live(everyone, grid)
        _send_nothing()
        self.stdout.write(
            f"{User.objects.count()} accounts @fabrique.example, password {people.PASSWORD}."
        )


def _models():
    return [model for app in OURS for model in apps.get_app_config(app).get_models()]


def _send_nothing():
    """What the story told its people is told already: it stays in the portal, no mail leaves."""
    queued = Message.objects.filter(status=Message.Status.QUEUED)
    queued.filter(secret=True).update(body="", url="")
    queued.update(status=Message.Status.SENT, sent_at=F("posted_at"))
    connection.run_on_commit = []
