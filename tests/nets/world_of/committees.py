"""A committee in the middle of its work: a dossier in each state, a sitting in each state."""

from datetime import timedelta

from django.utils import timezone

from committees import pack
from committees.models import Ballot, Sitting
from journal.models import Snapshot
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    AttachmentFactory,
    CalibrationFactory,
    CallFactory,
    CommitteeFactory,
    DeclarationFactory,
    DeliberationFactory,
    GridFactory,
    InterestFactory,
    RemarkFactory,
    ReviewFactory,
    RoundFactory,
    SeatFactory,
)
from tests.factories.polls import BallotFactory, VoteFactory, ready_to_conclude
from tests.factories.sittings import (
    AgendaItemFactory,
    AttendanceFactory,
    DissentFactory,
    HearingFactory,
    HearingPlanFactory,
    HearingSlotFactory,
    MinutesAmendmentFactory,
    MinutesFactory,
    ProxyFactory,
    RectificationFactory,
    SittingFactory,
)
from tests.factories.staffing import GapFactory, PlanFactory, PlannedPairFactory
from tests.nets.world_of.contests import furnish_contests


SEATS = ["chair", "member", "excluded", "secretary", "observer"]
KEPT_AWAY = ["excluded", "excluded_staff"]


def furnish(world):
    committee = world.put("committee", CommitteeFactory())
    for role in SEATS:
        capacity = {"excluded": "member"}.get(role, role)
        seat = SeatFactory(committee=committee, user=world.people[role], capacity=capacity)
        world.put(f"{role}’s seat", seat)
    round = world.put("round", RoundFactory(committee=committee, **dates()))
    world.put("grid", round.grid)
    for kind in ["csv", "xlsx"]:
        world.put(f"results in {kind}", round, kind=kind)
    draft = world.put("draft grid", GridFactory(published=False))
    world.put("criterion", draft.criteria.first())
    undeclared = world.put("undeclared round", RoundFactory(committee=committee))
    DeliberationFactory(round=undeclared, committee=committee)
    enclose(world)
    blind(world)
    furnish_reviews(world)
    furnish_sittings(world)
    furnish_agendas(world)
    furnish_refusals(world)
    deliberation = dossier(world, "deliberation")
    suspicion = InterestFactory(
        deliberation=deliberation, person=world.people["manager"], seat=None, suspected=True
    )
    world.put("suspicion", suspicion)


def dates():
    """The bounds of an open round, as a form says them: to the minute."""
    now = timezone.now().replace(second=0, microsecond=0)
    bounds = {"opens_at": -1, "soft_closes_at": 10, "closes_at": 12}
    return {name: now + timedelta(days=days) for name, days in bounds.items()}


def declare(world):
    """Everyone who sits has declared their interests, up to the last dossier."""
    round = world.objects["round"]
    last = round.deliberations.order_by("pk").last()
    for role in ["chair", "member", "secretary", "observer"]:
        DeclarationFactory(person=world.people[role], up_to=last, round=round)


def dossier(world, name, **fields):
    """An application of the applicant before the committee; two people are kept away from it."""
    if "subject" not in fields:
        call = CallFactory(closed=True, committee=world.objects["committee"])
        author = world.people["applicant"]
        fields["subject"] = ApplicationFactory(author=author, call=call, examined=True)
    fields.setdefault("round", world.objects["round"])
    deliberation = DeliberationFactory(**fields)
    for role in KEPT_AWAY:
        InterestFactory(
            deliberation=deliberation, person=world.people[role], effect="exclusion", seat=None
        )
    return world.put(name, deliberation)


def enclose(world):
    """One more, with a file in the version that the committee reads."""
    questions = [{"kind": "files", "label": "Vos pièces"}]
    call = CallFactory(closed=True, committee=world.objects["committee"], questions=questions)
    author = world.people["applicant"]
    subject = ApplicationFactory(author=author, call=call, examined=True, answers={})
    file = AttachmentFactory(application=subject, key="q1")
    world.put("enclosure", dossier(world, "enclosure", subject=subject), number=file.pk)


def blind(world):
    """A blind round with a dossier to check."""
    world.put("blind round", RoundFactory(committee=world.objects["committee"], blind=True))
    blind_dossier(world, "blind deliberation")


def blind_dossier(world, name):
    return dossier(world, name, round=world.objects["blind round"], unchecked=True)


def furnish_reviews(world):
    seat = world.objects["member’s seat"]
    proposed = AssignmentFactory(deliberation=dossier(world, "proposed deliberation"), seat=seat)
    world.put("proposed assignment", proposed)
    written = AssignmentFactory(
        deliberation=dossier(world, "assigned deliberation"), seat=seat, accepted=True
    )
    world.put("assignment", written)
    world.put("review", ReviewFactory(assignment=written))
    read = AssignmentFactory(
        deliberation=dossier(world, "reviewed deliberation"), seat=seat, reviewed=True
    )
    world.put("reviewed", ReviewFactory(assignment=read, handed_in=True))
    world.put("remark", RemarkFactory(deliberation=read.deliberation, seat=seat))
    calibrate(world)
    furnish_plans(world, seat)


def furnish_plans(world, seat):
    """Two plans of the team: one to apply, one applied; a dossier that a member gave back."""
    given_back = dossier(world, "refused deliberation")
    declined = AssignmentFactory(deliberation=given_back, seat=seat, declined=True)
    world.put("declined assignment", declined)
    made = {"round": world.objects["round"], "made_by": world.people["staff"]}
    plan = world.put("plan", PlanFactory(**made))
    planned = dossier(world, "planned deliberation")
    PlannedPairFactory(plan=plan, deliberation=planned, seat=seat)
    GapFactory(plan=plan, deliberation=planned)
    applied = world.put("applied plan", PlanFactory(applied=True, **made))
    proposed = AssignmentFactory(deliberation=dossier(world, "entrusted deliberation"), seat=seat)
    PlannedPairFactory(
        plan=applied, deliberation=proposed.deliberation, seat=seat, assignment=proposed
    )


def calibrate(world):
    """A dossier that two members reviewed so as to compare how they use the grid."""
    calibration = CalibrationFactory(deliberation=dossier(world, "calibration"))
    for role in ["chair", "member"]:
        read = AssignmentFactory(
            deliberation=calibration.deliberation,
            seat=world.objects[f"{role}’s seat"],
            reviewed=True,
        )
        ReviewFactory(assignment=read, handed_in=True)


def furnish_refusals(world):
    for name in ["contestable deliberation", "contested deliberation"]:
        refused = dossier(world, name)
        terms = {"outcome": "declined", "reason_code": "scope", "reason": "Hors du champ."}
        refused.conclude(by=ready_to_conclude(refused, outcome="declined"), **terms)


def furnish_sittings(world):
    sitting_of(world, "prepared sitting")
    world.put("planned item", item_of(world, "prepared sitting"))
    world.put("second item", item_of(world, "prepared sitting"))
    sitting_of(world, "convened sitting", due=True)
    item_of(world, "convened sitting")
    sitting_of(world, "adjourned sitting", adjourned=True)
    item_of(world, "adjourned sitting", postponed=True)
    sitting_of(world, "sitting to come", convened=True)
    empty = SittingFactory(committee=world.objects["committee"], open=True)
    world.put("sitting without quorum", empty)
    item_of(world, "sitting without quorum")
    sitting_of(world, "sitting", open=True)
    world.put("waiting item", item_of(world, "sitting"))
    sitting_of(world, "sitting with an item", open=True)
    world.put("open item", item_of(world, "sitting with an item", open=True))
    furnish_ballots(world)
    for name in ["concluded", "told deliberation"]:
        decided = dossier(world, name)
        decided.conclude(by=ready_to_conclude(decided), outcome="selected")
    sitting_of(world, "closed sitting", closed=True)
    furnish_minutes(world)
    furnish_hearings(world)
    holder = world.objects["chair’s seat"]
    principal = world.objects["member’s seat"]
    convened = world.objects["convened sitting"]
    world.put("proxy", ProxyFactory(sitting=convened, principal=principal, holder=holder))


def furnish_agendas(world):
    """The papers of a convened sitting; an agenda that a better order would serve."""
    papers = sitting_of(world, "sitting with papers", convened=True)
    item_of(world, "sitting with papers")
    frozen = Snapshot.take(papers, title=pack.title_of(papers), sections=pack.opening(papers))
    Sitting.objects.filter(pk=papers.pk).update(papers=frozen)
    sitting_of(world, "sitting to order")
    for item in [item_of(world, "sitting to order") for _ in range(3)][::2]:
        InterestFactory(deliberation=item.deliberation, person=world.people["observer"], seat=None)


def furnish_minutes(world):
    """Unsigned and amended, signed, rectified; a decision from which somebody dissents."""
    MinutesFactory(sitting=sitting_of(world, "sitting with minutes", closed=True))
    minutes = MinutesFactory(sitting=sitting_of(world, "amended sitting", closed=True))
    world.put("section of the minutes", minutes.sitting, number=1)
    world.put("amendment", MinutesAmendmentFactory(minutes=minutes))
    minutes.compose()
    MinutesFactory(sitting=sitting_of(world, "signed sitting", closed=True, status="signed"))
    signed = sitting_of(world, "rectified sitting", closed=True, status="signed")
    act = RectificationFactory(minutes=MinutesFactory(sitting=signed))
    world.put("rectification", act)
    sitting_of(world, "sitting with a decision", open=True)
    item = world.put("decided item", item_of(world, "sitting with a decision", closed=True))
    world.put("dissent", DissentFactory(item=item, seat=world.objects["member’s seat"]))


def furnish_hearings(world):
    """Two dossiers of the applicant in a sitting to come: one has its slot, the other not."""
    sitting = sitting_of(world, "sitting with hearings", convened=True)
    plan = HearingPlanFactory(sitting=sitting, invited=True)
    world.put("item to hear", item_of(world, "sitting with hearings"))
    item = world.put("item heard", item_of(world, "sitting with hearings"))
    HearingSlotFactory(plan=plan)
    HearingFactory(slot__plan=plan, item=item)


def furnish_ballots(world):
    """A ballot in each state, each in a sitting of its own."""
    tied_ballot(world)
    furnish_contests(world, sitting_of, dossier)
    for state in ["prepared", "open", "closed", "proclaimed"]:
        traits = {} if state == "prepared" else {state: True}
        sitting_of(world, f"sitting with a ballot {state}", open=True)
        item = item_of(world, f"sitting with a ballot {state}", open=True)
        world.put(f"ballot {state}", BallotFactory(item=item, **traits))
        world.put(f"deliberation with a ballot {state}", item.deliberation)


def tied_ballot(world):
    """A ballot of one for and one against, to be put to the vote again."""
    sitting_of(world, "sitting with a tie", open=True)
    item = item_of(world, "sitting with a tie", open=True)
    chair, member = world.objects["chair’s seat"], world.objects["member’s seat"]
    ballot = BallotFactory(item=item, open=True, tie_rule="revote")
    VoteFactory(ballot=ballot, seat=chair)
    VoteFactory(ballot=ballot, seat=member, choice="against", comment="Trop tôt.")
    Ballot.objects.filter(pk=ballot.pk).update(status="proclaimed", closed_at=timezone.now())
    world.put("tied ballot", ballot)


def sitting_of(world, name, **traits):
    sitting = SittingFactory(committee=world.objects["committee"], **traits)
    for role in ["chair", "member", "secretary"] if sitting.status == "open" else []:
        presence = AttendanceFactory(sitting=sitting, seat=world.objects[f"{role}’s seat"])
        world.put(f"{role}’s presence at {name}", presence)
    return world.put(name, sitting)


def item_of(world, sitting, **traits):
    place = world.objects[sitting]
    state = {"open": True} if traits.get("open") else {}
    state = {"concluded": True} if traits.get("closed") else state
    deliberation = dossier(world, f"on the agenda of {sitting}", **state)
    return AgendaItemFactory(sitting=place, deliberation=deliberation, **traits)
