import json
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from committees import past
from committees.models import Round


class Command(BaseCommand):
    help = "Says all marks and votes of a round as they stood at an instant, from the journal."

    def add_arguments(self, parser):
        parser.add_argument("round", type=int)
        parser.add_argument("--at", required=True, help="2026-09-12T18:05, in Paris time")
        parser.add_argument("--json", action="store_true", help="for a program to read")

    def handle(self, *, round, at, **options):
        found = Round.objects.filter(pk=round).first()
        if found is None:
            raise CommandError(f"No round {round}.")
        dossiers = past.restored(found, instant(at))
        if options["json"]:
            text = json.dumps(past.as_json(dossiers), cls=DjangoJSONEncoder)
            self.stdout.write(text)
            return
        for dossier in dossiers:
            self.stdout.write(
                f"dossier {dossier.deliberation}: score {dossier.score}, spread {dossier.spread},"
                f" {dossier.review_count} reviews"
            )
            for review in dossier.reviews:
                state = "" if review.counts else ", neutralised"
                self.stdout.write(f"  seat {review.seat}: {review.score} {review.levels}{state}")
            for line in polls(dossier):
                self.stdout.write(f"  {line}")


def polls(dossier):
    for ballot in dossier.ballots:
        yield f"ballot {ballot.ballot}: {ballot.votes or ballot.counts}"
    for one in dossier.contests:
        said = f"contest {one.contest}: {one.status}, {one.voted} voted"
        yield f"{said}, {one.lines or one.counts}"


def instant(text):
    """What was typed, in Paris time unless it says its own."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise CommandError(f"{text} is no instant: write 2026-09-12T18:05.") from wrong
    return at if timezone.is_aware(at) else timezone.make_aware(at)
