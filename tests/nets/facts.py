"""What somebody may not know: each a fact of the world, and the way to turn it into another."""

from copy import copy
from datetime import timedelta
from types import SimpleNamespace

from django.db.models import F
from django.utils import timezone

from calls.models import Application
from committees.models import Minutes
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    AssignmentFactory,
    CallFactory,
    CoApplicantFactory,
    DecisionFactory,
    DeclarationFactory,
    DeliberationFactory,
    EntityFactory,
    InterestFactory,
    ReviewFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)
from tests.factories.polls import BallotFactory, VoteFactory
from tests.factories.sittings import AgendaItemFactory
from tests.nets.table import row
from tests.nets.world_of.committees import KEPT_AWAY, SEATS
from tests.spoiling import spoil


def furnish(world):
    """What the facts are about, beside the objects of the world: `world.watched`."""
    committee = world.objects["committee"]
    seats = [SeatFactory(committee=committee) for _ in range(2)]
    vote = VoteFactory(ballot=world.objects["ballot open"], seat=world.objects["chair’s seat"])
    written = world.objects["assigned deliberation"]
    assignment = AssignmentFactory(deliberation=written, seat=seats[0], reviewed=True)
    review = ReviewFactory(assignment=assignment, handed_in=True)
    written.weigh()
    blind = blind_dossier(world)
    ApplicationFactory(call=world.objects["closed call"], examined=True)
    minutes(world)
    world.put("blind dossier", blind)
    world.put("blind round", blind.round)
    world.watched = SimpleNamespace(
        relief=seats[1],
        vote=vote,
        assignment=assignment,
        review=review,
        blind=blind,
        stranger=UserFactory(entity=EntityFactory()),
    )


def minutes(world):
    sitting = world.objects["sitting with minutes"]
    Minutes.generate(by=world.people["secretary"], sitting=sitting)


def blind_dossier(world):
    """One examined blind: carried by a person, with a colleague, signed by a manager."""
    committee = world.objects["committee"]
    round = RoundFactory(committee=committee, blind=True, name="Tour à l’aveugle")
    call = CallFactory(closed=True, committee=committee)
    application = ApplicationFactory(call=call, examined=True)
    CoApplicantFactory(application=application, accepted=True)
    ApprovalFactory(application=application, approved=True)
    deliberation = DeliberationFactory(round=round, subject=application)
    deliberation.services.set([application.entity])
    for role in [role for role in SEATS if role != "excluded"]:
        DeclarationFactory(person=world.people[role], up_to=deliberation)
    return deliberation


def identity(world):
    """Who carries the dossier of a blind round, for which service, with whom."""
    application = world.watched.blind.subject
    fellow = application.co_applicants.get()
    for person in [application.author, fellow.person]:
        service = EntityFactory(name=f"Direction du canari {person.pk}")
        type(person).objects.filter(pk=person.pk).update(
            last_name="Canari", email=f"canari{person.pk}@example.fr", entity=service
        )
    spoil(
        "UPDATE calls_approval SET manager_name = 'Camille Canari' WHERE application_id = %s",
        application.pk,
    )
    other = UserFactory(last_name="Canari", entity=service)
    type(application).objects.filter(pk=application.pk).update(author=other, entity=service)
    world.watched.blind.services.set([service])


def reviewer(world):
    """Which member wrote a review that was handed in."""
    assignment = world.watched.assignment
    type(assignment).objects.filter(pk=assignment.pk).update(seat=world.watched.relief)


def score(world):
    """What a review says and the mark that it gives."""
    review = world.watched.review
    type(review).objects.filter(pk=review.pk).update(
        score=97, comment="Un canari.", feedback="Un canari."
    )
    world.objects["assigned deliberation"].weigh()


def vote(world):
    """What the chair answered in a ballot that is open."""
    cast = world.watched.vote
    type(cast).objects.filter(pk=cast.pk).update(choice="against", comment="Un canari.")


def decision(world):
    """What the committee decided of a dossier whose people are not told."""
    deliberation = world.objects["concluded"]
    spoil(
        "UPDATE committees_decision SET outcome = 'declined', sense = 'unfavourable',"
        " reason_code = 'impact', reason = 'Un canari.' WHERE deliberation_id = %s",
        deliberation.pk,
    )
    type(deliberation.subject).objects.filter(pk=deliberation.subject_id).update(status="declined")


def existence(world):
    """That a dossier is examined from which one is kept away, at each step of its way."""
    world = copy(world)
    world.objects = dict(world.objects)
    round, sittings = world.objects["round"], ["prepared sitting", "convened sitting", "sitting"]
    for sitting in [*sittings, "adjourned sitting", "sitting with an item"]:
        put_first(world, sitting, hidden_dossier(world))
    on_the_table(world, hidden_dossier(world, open=True))
    under_review(world, hidden_dossier(world))
    hidden_dossier(world, round=world.objects["undeclared round"])
    hidden_dossier(world, round=world.watched.blind.round)
    decided = hidden_dossier(world, concluded=True, outcome="declined")
    put_first(world, "sitting with minutes", decided, closed=True)
    minutes(world)
    in_the_reserves(world)
    to_be_told(world)
    assert round.deliberations.filter(subject_id=decided.subject_id).exists()


def declared_late(world):
    """A dossier that a member reviewed and voted on, before she declared her interest."""
    person, seat = world.people["member"], world.objects["member’s seat"]
    deliberation = hidden_dossier(world, kept_away=[], open=True)
    assignment = AssignmentFactory(deliberation=deliberation, seat=seat, reviewed=True)
    ReviewFactory(assignment=assignment, handed_in=True, score=99)
    VoteFactory(ballot=on_the_table(world, deliberation), seat=seat)
    deliberation.declare_interest(by=person, effect="exclusion", reason="Un canari.")


def to_be_told(world):
    """Among the letters of a release that somebody prepared."""
    release = world.objects["release"]
    decided = hidden_dossier(world, call=release.call, outcome="selected", concluded=True)
    DecisionFactory(deliberation=decided, decided_at=release.prepared_at)
    type(release).objects.filter(pk=release.pk).update(count=F("count") + 1)


def in_the_reserves(world):
    """Marked and waiting for its rank in one call; told of its rank in another."""
    waiting, freed = world.objects["reserved call"], world.objects["freed call"]
    marked = hidden_dossier(world, outcome="reserve", call=waiting, concluded=True)
    under_review(world, marked)
    told = hidden_dossier(world, outcome="reserve", call=freed, concluded=True)
    now = timezone.now()
    Application.objects.filter(pk=told.subject_id).update(notified_at=now)
    freed.reserve.places.create(application=told.subject, rank=2, frozen_at=now)


def hidden_dossier(
    world,
    *,
    kept_away=(*KEPT_AWAY, "superuser"),
    outcome="examined",
    round=None,
    call=None,
    **fields,
):
    """An application to a call of the world, that the excluded of every kind never see."""
    call = call or world.objects["closed call"]
    state = {"examined": True} if outcome == "examined" else {outcome: True}
    author = world.watched.stranger
    subject = ApplicationFactory(
        call=call, author=author, entity=author.entity, title="Un canari", **state
    )
    round = round or world.objects["round"]
    deliberation = DeliberationFactory(
        round=round, committee=round.committee, subject=subject, **fields
    )
    if round != world.objects["undeclared round"]:
        for role in set(SEATS) - {"excluded"}:
            DeclarationFactory(person=world.people[role], up_to=deliberation)
    for role in kept_away:
        person = world.people[role]
        InterestFactory(deliberation=deliberation, person=person, effect="exclusion", seat=None)
    return deliberation


def put_first(world, sitting, deliberation, **traits):
    """The first item of the agenda: the others come after it."""
    sitting = world.objects[sitting]
    sitting.items.update(position=F("position") + 1)
    AgendaItemFactory(sitting=sitting, deliberation=deliberation, position=1, **traits)


def on_the_table(world, deliberation):
    """Being examined, with a ballot open in which somebody voted."""
    sitting = world.objects["sitting without quorum"]
    sitting.items.update(position=F("position") + 1)
    item = AgendaItemFactory(sitting=sitting, deliberation=deliberation, position=1, open=True)
    ballot = BallotFactory(item=item, open=True, opened_at=timezone.now() - timedelta(hours=1))
    VoteFactory(ballot=ballot, seat=world.objects["chair’s seat"])
    return ballot


def under_review(world, deliberation):
    """Reviewed by one and awaited from another, with a good mark."""
    chair, member = world.objects["chair’s seat"], world.objects["member’s seat"]
    read = AssignmentFactory(deliberation=deliberation, seat=chair, reviewed=True)
    ReviewFactory(assignment=read, handed_in=True, score=99)
    AssignmentFactory(deliberation=deliberation, seat=member)
    deliberation.weigh()


OUTSIDE = "anonymous agent applicant other teammate coach"
# Fact → the roles that may not know it.
HIDDEN = {
    identity: f"{OUTSIDE} committee",
    reviewer: f"{OUTSIDE} member observer excluded excluded_staff",
    score: f"{OUTSIDE} member observer excluded excluded_staff",
    vote: f"{OUTSIDE} committee team -chair",
    decision: f"{OUTSIDE} excluded excluded_staff",
    existence: f"{OUTSIDE} excluded excluded_staff superuser",
}
# Where the facts would show, beside the rows of the table of rights.
ROWS = [
    row(f"committees:{name}", of, reads="committee team")
    for names, of in [
        ("deliberation interest assignments", "blind dossier"),
        ("round results interests interest-report", "blind round"),
        ("deliberation interest assignments", "assigned deliberation"),
    ]
    for name in names.split()
]
