"""Polls in each of their states, with their electors: the database enrols nobody afterwards."""

import factory
from django.utils import timezone

from committees.models import Ballot, Contest, Elector, Paper, PaperLine, Urn, Vote
from tests.factories.accounts import UserFactory
from tests.factories.committees import DeclarationFactory, SeatFactory
from tests.factories.sittings import AgendaItemFactory, AttendanceFactory, SittingFactory


MOVING = ["status", "opened_at", "opened_by", "closed_at", "cancellation", "seed"]
MOVING += ["composition", "present", "represented"]


class PollFactory(factory.django.DjangoModelFactory):
    """A prepared poll; `open`, `closed`, `proclaimed`, `cancelled`."""

    class Meta:
        abstract = True

    class Params:
        open = factory.Trait(
            status="open",
            opened_at=factory.LazyFunction(timezone.now),
            opened_by=factory.SubFactory(UserFactory),
        )
        closed = factory.Trait(
            open=True, status="closed", closed_at=factory.LazyFunction(timezone.now)
        )
        proclaimed = factory.Trait(closed=True, status="proclaimed")
        cancelled = factory.Trait(status="cancelled", cancellation="La question était ambiguë.")

    @classmethod
    def _create(cls, model_class, *args, items=(), **fields):
        moved = {name: fields.pop(name) for name in MOVING if name in fields}
        poll = super()._create(model_class, *args, **fields)
        for item in items:
            poll.candidates.create(item=item)
        if moved.get("status") not in {None, "cancelled"}:
            own = {poll.name(): poll}
            seats = poll.sitting_held().seats().voting().order_by("pk")
            Elector.objects.bulk_create(Elector(seat=seat, **own) for seat in seats)
            if poll.secret:
                Urn.objects.create(**own)
        model_class.objects.filter(pk=poll.pk).update(**moved)
        poll.refresh_from_db()
        return poll


class BallotFactory(PollFactory):
    """On a dossier being examined."""

    class Meta:
        model = Ballot

    item = factory.SubFactory(AgendaItemFactory, open=True)
    question = "Le comité retient-il cette candidature ?"
    proposal = "selected"


class VoteFactory(factory.django.DjangoModelFactory):
    """A vote in an open ballot by a member who is there."""

    class Meta:
        model = Vote

    ballot = factory.SubFactory(BallotFactory, open=True)
    seat = factory.SubFactory(
        SeatFactory, committee=factory.SelfAttribute("..ballot.item.sitting.committee")
    )
    choice = Vote.Choice.FOR
    cast_by = factory.SelfAttribute("seat.user")


class ContestFactory(PollFactory):
    """On two dossiers of an open sitting, unless `items` says which."""

    class Meta:
        model = Contest

    sitting = factory.SubFactory(SittingFactory, open=True)
    question = "Dans quel ordre le comité classe-t-il ces candidatures ?"
    method = "approval"
    items = factory.LazyAttribute(
        lambda contest: AgendaItemFactory.create_batch(2, sitting=contest.sitting)
    )

    class Params:
        open = factory.Trait(
            status="open",
            opened_at=factory.LazyFunction(timezone.now),
            opened_by=factory.SubFactory(UserFactory),
            composition=3,
            present=3,
            represented=0,
        )
        closed = factory.Trait(
            open=True, status="closed", closed_at=factory.LazyFunction(timezone.now)
        )
        proclaimed = factory.Trait(closed=True, status="proclaimed")
        cancelled = factory.Trait(status="cancelled", cancellation="La question était ambiguë.")


class PaperFactory(factory.django.DjangoModelFactory):
    """A paper filed by a member in an open contest, without its lines."""

    class Meta:
        model = Paper

    contest = factory.SubFactory(ContestFactory, open=True)
    seat = factory.SubFactory(
        SeatFactory, committee=factory.SelfAttribute("..contest.sitting.committee")
    )
    cast_by = factory.SelfAttribute("seat.user")


class PaperLineFactory(factory.django.DjangoModelFactory):
    """A line of a paper on the first candidate of its contest."""

    class Meta:
        model = PaperLine

    paper = factory.SubFactory(PaperFactory)
    candidate = factory.LazyAttribute(lambda line: line.paper.contest.candidates.first())
    value = 1


def ready_to_conclude(deliberation, *, outcome="selected"):
    """Hold a sitting on a deliberation up to the ballot that adopted an outcome; the chair's user.

    Then `deliberation.conclude(by=…, outcome=outcome, …)` is what remains to be done.
    """
    seats = deliberation.committee.seats.chairs()
    chair = seats.first() or SeatFactory(committee=deliberation.committee, chair=True)
    if not deliberation.round.declarations.filter(person=chair.user, up_to=deliberation).exists():
        DeclarationFactory(person=chair.user, up_to=deliberation)
    sitting = SittingFactory(committee=deliberation.committee, open=True)
    AttendanceFactory(sitting=sitting, seat=chair)
    if deliberation.status != "open":
        deliberation.open(by=chair.user)
    item = AgendaItemFactory(sitting=sitting, deliberation=deliberation, open=True)
    ballot = BallotFactory(item=item, proposal=outcome, open=True)
    VoteFactory(ballot=ballot, seat=chair)
    ballot.close(by=chair.user)
    ballot.proclaim(by=chair.user)
    return chair.user
