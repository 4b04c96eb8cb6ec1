"""What makes each list one row longer for all who read it, by the row of the table of rights."""

from itertools import count

from coaching.models import Coach
from journal.models import Event
from notifications import outbox
from tests import factories as make
from tests.calls.appealing import appealed
from tests.calls.test_results import decided
from tests.factories.sittings import SittingFactory
from tests.factories.staffing import GapFactory, PlanFactory, PlannedPairFactory
from tests.nets.world_of.calls import decided_in_a_round
from tests.nets.world_of.committees import blind_dossier, dossier


GROWERS = {}
NUMBERS = count(1)


def grows(*rows):
    def register(function):
        for row in rows:
            GROWERS[row] = function
        return function

    return register


def people(world):
    return [person for person in world.people.values() if person]


@grows("home")
def a_call_a_project_and_a_promotion(world):
    make.CallFactory()
    promotion = make.PromotionFactory(published=True)
    make.ProjectFactory(published=True, running=True, promotion=promotion)


@grows("message-list")
def a_message(world):
    for person in people(world):
        outbox.post("incubator/house_broken", to=person, key=str(next(NUMBERS)), fault="x")


@grows("accounts:entity-list")
def a_service(world):
    make.EntityFactory(name=f"Mairie {next(NUMBERS)}")


@grows("desk", "coaching:desk")
def a_duty(world):
    a_message(world)
    a_dossier(world)
    an_application_of_everyones(world)
    a_coached_project(world)
    an_action(world)
    a_milestone(world)


@grows("calls:team-appeal-list")
def an_appeal(world):
    appealed()


@grows("calls:release[sent release]")
def a_letter(world):
    release = world.objects["sent release"]
    application = decided(release.call, "selected")
    application.tell(by=release.sent_by, release=release)


@grows("calls:call-list", "calls:team-call-list")
def a_call(world):
    make.CallFactory()


@grows("calls:results[rolling call]")
def a_batch(world):
    decided_in_a_round(world.objects["rolling call"])


@grows("calls:personal-extensions[call]")
def an_extension(world):
    make.ExtensionFactory(call=world.objects["call"])


@grows("calls:inquiry-list[call]")
def an_inquiry(world):
    make.InquiryFactory(call=world.objects["call"], answered=True)


@grows("calls:irritant-list", "calls:irritant-board")
def an_irritant(world):
    make.SupportFactory()


@grows("calls:application-list")
def an_application_of_everyones(world):
    for person in people(world):
        make.ApplicationFactory(author=person)


@grows("calls:export-list")
def an_export(world):
    for role in ["staff", "excluded_staff", "superuser"]:
        make.ExportFactory(failed=True, person=world.people[role])


@grows("calls:desk")
def a_deposited_application(world):
    call = world.objects["closed call"]
    make.ApprovalFactory(approved=True, application__deposited=True, application__call=call)


@grows("committees:committee-list")
def a_committee(world):
    committee = make.CommitteeFactory()
    for person in people(world):
        make.SeatFactory(committee=committee, user=person)


@grows(
    "committees:round",
    "committees:deliberation-list",
    "committees:interest-report",
    "committees:round-progress",
)
def a_dossier(world):
    deliberation = dossier(world, f"dossier {next(NUMBERS)}")
    for role in ["chair", "member", "secretary", "observer"]:
        make.DeclarationFactory(
            person=world.people[role], up_to=deliberation, round=deliberation.round
        )
    make.AssignmentFactory(deliberation=deliberation, seat=world.objects["member’s seat"])
    return deliberation


@grows("committees:queue")
def a_dossier_for_each(world):
    deliberation = a_dossier(world)
    for role in ["chair", "secretary"]:
        make.AssignmentFactory(deliberation=deliberation, seat=world.objects[f"{role}’s seat"])


@grows("committees:remarks[reviewed deliberation]")
def a_remark(world):
    make.RemarkFactory(deliberation=world.objects["reviewed deliberation"])


@grows("committees:masking-list")
def a_blind_dossier(world):
    blind_dossier(world, f"blind dossier {next(NUMBERS)}")


@grows("committees:plan-list[round]")
def a_plan(world):
    PlanFactory(round=world.objects["round"], made_by=world.people["staff"])


@grows("committees:plan[plan]")
def a_planned_dossier(world):
    plan, deliberation = world.objects["plan"], a_dossier(world)
    PlannedPairFactory(plan=plan, deliberation=deliberation)
    GapFactory(plan=plan, deliberation=deliberation)


@grows("committees:results", "committees:round-state")
def a_reviewed_dossier(world):
    deliberation = a_dossier(world)
    make.ReviewFactory(assignment__deliberation=deliberation, handed_in=True)


@grows("committees:sitting-list")
def a_sitting(world):
    SittingFactory(committee=world.objects["committee"], convened=True)


@grows("committees:grid-list", "committees:method")
def a_grid(world):
    make.GridFactory()


@grows("committees:seat-list")
def a_seat(world):
    make.SeatFactory(committee=world.objects["committee"])


@grows("projects:project-list", "projects:promotion[promotion]")
def a_published_project(world):
    make.ProjectFactory(published=True, running=True, promotion=world.objects["promotion"])


@grows("projects:promotion-list", "projects:team-promotion-list")
def a_promotion(world):
    promotion = make.PromotionFactory(published=True)
    make.ProjectFactory(published=True, promotion=promotion)


@grows("projects:team-promotion[hidden promotion]", "coaching:project-list")
def a_project(world):
    make.ProjectFactory(running=True, promotion=world.objects["hidden promotion"])


@grows("projects:follow-up[project]")
def an_event(world):
    project = world.objects["project"]
    Event.record("project.presented", actor=make.UserFactory(), subject=project)
    a_milestone(world)


@grows("projects:terms[project]")
def a_term(world):
    project = world.objects["project"]
    last = project.terms.order_by("number").last()
    term = make.TermFactory(
        project=project,
        number=last.number + 1,
        starts_on=last.ends_on,
        decision=make.DecisionFactory(outcome="extended"),
    )
    make.TermReviewFactory(term=term)


@grows("projects:phases[project]")
def a_phase(world):
    make.PhaseChangeFactory(project=world.objects["project"])


@grows("projects:milestones[project]")
def a_milestone(world):
    make.MilestoneFactory(term=world.objects["term"])


@grows("projects:indicators[project]")
def an_indicator(world):
    make.ObservationFactory(indicator__project=world.objects["project"])


@grows("projects:team[project]")
def a_member(world):
    make.MembershipFactory(project=world.objects["project"], former=True)
    make.MembershipFactory(project=world.objects["project"])


@grows("projects:open-labs[project]")
def an_open_lab(world):
    make.OpenLabFactory(project=world.objects["project"])


@grows("coaching:project-coaching[project]")
def a_session(world):
    session = make.SessionFactory(assignment=world.objects["coaching"])
    make.NoteFactory(session=session, audience="coaches")
    make.ActionItemFactory(session=session)


@grows("coaching:action-list")
def an_action(world):
    session = world.objects["session"]
    for person in people(world):
        make.ActionItemFactory(session=session, owner=person)


@grows("coaching:coach-list")
def a_coach(world):
    make.CoachFactory()


def a_coached_project(world):
    """Up to the 20 that a coach may follow."""
    coach = world.objects["coach profile"]
    Coach.objects.filter(pk=coach.pk).update(project_limit=20, days_per_month=22)
    if coach.assignments.count() < 20:
        project = make.ProjectFactory(running=True)
        make.CoachAssignmentFactory(coach=coach, project=project, accepted=True)
