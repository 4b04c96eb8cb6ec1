"""Who and what the volume needs before its first dossier: services, people, a committee, calls."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.timezone import localdate

from accounts.models import Entity, User
from calls.models import Call
from committees.models import Committee, Grid, Round, Seat
from incubator.demo.calls import QUESTIONS, TEXTS


MEMBERS = 200
CALLS = 10
DECIDED = 8  # calls whose results are known; the others are before the committee
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stage:
    """The fixed parts, shared by every dossier."""

    staff: User
    entities: list
    authors: list
    committee: Committee
    seats: list
    grid: Grid
    calls: list
    rounds: list


def build(applications):
    staff = User.objects.filter(is_staff=True).order_by("pk").first()
    ministry = Entity.found(name="Ministère du volume", kind="central")
    entities = [
        Entity.found(name=f"Direction de volume nº {number:02}", parent=ministry, kind="central")
        for number in range(1, 41)
    ]
    authors = people("auteur", max(1, applications // CALLS), entities)
    committee = Committee.objects.create(name="Comité de volume", purpose="Mesurer le portail.")
    members = people("jury", MEMBERS, [None])
    seats = Seat.objects.bulk_create(
        Seat(committee=committee, user=user, capacity="member", starts_on=date(2020, 1, 1))
        for user in members
    )
    grid = Grid.objects.published().order_by("pk").first()
    calls = [call(number, staff, committee, grid) for number in range(CALLS)]
    rounds = [round_of(each, staff, committee, grid) for each in calls]
    return Stage(staff, entities, authors, committee, seats, grid, calls, rounds)


def people(name, count, entities):
    """Accounts that nobody can open: they have no password."""
    return User.objects.bulk_create(
        [
            User(
                email=f"{name}.{number:05}@fabrique.example",
                password="!",  # noqa: S106  (unusable, as Django marks it)
                first_name=name.capitalize(),
                last_name=f"nº {number:05}",
                entity=entities[number % len(entities)],
            )
            for number in range(count)
        ],
        batch_size=2000,
    )


def call(number, staff, committee, grid):
    """A call closed for long, with the questions of the demonstration, frozen."""
    closes_at = timezone.now() - 60 * DAY * (CALLS - number)
    call = Call.objects.create(
        slug=f"volume-{number}",
        title=f"Appel de volume nº {number + 1}",
        opens_at=closes_at - 40 * DAY,
        closes_at=closes_at,
        committee=committee,
        grid=grid,
        promotion_starts_on=localdate(closes_at) + 50 * DAY,
        **TEXTS,
    )
    form = call.revisions.create(number=1)
    for position, question in enumerate(QUESTIONS, 1):
        form.questions.create(key=f"q{position}", position=position, **question)
    form.freeze()
    call.move(Call.Status.PUBLISHED, published_at=call.opens_at, published_by=staff)
    if number < DECIDED:
        told_at = closes_at + 45 * DAY
        Call.objects.filter(pk=call.pk).update(
            results_released_at=told_at, results_released_by=staff
        )
    return call


def round_of(call, staff, committee, grid):
    return Round.objects.create(
        committee=committee,
        grid=grid,
        name=f"Tour de {call.title}",
        opens_at=call.closes_at + DAY,
        soft_closes_at=call.closes_at + 20 * DAY,
        closes_at=call.closes_at + 25 * DAY,
        reviews_wanted=3,
        created_by=staff,
    )
