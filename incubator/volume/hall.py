"""A committee in session with one ballot open, and its electors, each signed in."""

from datetime import timedelta

from django.utils import timezone
from django.utils.timezone import localdate

from calls.models import Application
from committees.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Committee,
    Declaration,
    Deliberation,
    Grid,
    Round,
    Seat,
    Sitting,
)
from incubator.volume import rush, stage
from journal.models import Snapshot


def gather(count):
    """The open ballot, and (seat, session key) of each of its electors."""
    application = Application.objects.order_by("pk").first() or rush.begin(1)[1][0][0]
    committee = Committee.objects.create(name="Comité de vote", purpose="Mesurer un vote.")
    seats = Seat.objects.bulk_create(
        Seat(
            committee=committee,
            user=user,
            capacity="member" if number else "chair",
            starts_on=localdate() - timedelta(days=300),
        )
        for number, user in enumerate(stage.people("votant", count, [None]))
    )
    chair, now = seats[0].user, timezone.now()
    round = Round.objects.create(
        committee=committee,
        grid=Grid.objects.first(),
        name="Tour de vote",
        opens_at=now - timedelta(days=10),
        soft_closes_at=now - timedelta(days=2),
        closes_at=now - timedelta(days=1),
        reviews_wanted=3,
        created_by=chair,
    )
    deliberation = Deliberation.objects.create(
        subject=application,
        round=round,
        snapshot=Snapshot.take(application, title=application.title, sections=[("Idée", "…")]),
        status=Deliberation.Status.OPEN,
        opened_at=now,
    )
    Declaration.objects.bulk_create(
        Declaration(person=seat.user, round=round, up_to=deliberation) for seat in seats
    )
    item = in_session(deliberation, seats, now)
    ballot = Ballot.prepare(
        by=chair, item=item, question="Le comité retient-il cette idée ?", proposal="selected"
    )
    ballot.open(by=chair)
    return ballot, [(seat, rush.session_of(seat.user)) for seat in seats]


def in_session(deliberation, seats, now):
    """A sitting held now, everybody there, the dossier on the table."""
    chair, count = seats[0].user, len(seats)
    sitting = Sitting.objects.create(
        committee=seats[0].committee,
        meets_at=now - timedelta(minutes=1),
        place="Salle 4",
        notice_days=5,
        status=Sitting.Status.OPEN,
        convened_at=now - timedelta(days=7),
        convened_by=chair,
        opened_at=now,
        opened_by=chair,
    )
    Attendance.objects.bulk_create(
        Attendance(sitting=sitting, seat=seat, recorded_by=chair) for seat in seats
    )
    return AgendaItem.objects.create(
        sitting=sitting,
        deliberation=deliberation,
        position=1,
        status=AgendaItem.Status.OPEN,
        opened_at=now,
        opened_by=chair,
        composition=count,
        present=count,
        represented=0,
        needed=(count + 1) // 2,
    )
