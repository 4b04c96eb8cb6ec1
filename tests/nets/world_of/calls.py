"""Calls in each of their states, and the applicant's dossiers on their way through them."""

from datetime import timedelta

from calls.models import Appeal, FormRevision, Release, Scenario
from calls.models.answer import Entry
from calls.models.link import digest_of
from calls.portfolio import Rules
from tests.calls.releasing import release
from tests.calls.test_results import decided as decided_in
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    AssignmentFactory,
    AttachmentFactory,
    CallFactory,
    CoApplicantFactory,
    CorrectionFactory,
    DecisionFactory,
    DeliberationFactory,
    ExportFactory,
    ExtensionFactory,
    InquiryFactory,
    IrritantFactory,
    ReviewFactory,
    RoundFactory,
    SavedViewFactory,
    SupportFactory,
    UserFactory,
)


def furnish(world):
    people, committee = world.people, world.objects["committee"]
    call = world.put("call", CallFactory(committee=committee))
    ExtensionFactory(call=call, until=call.closes_at + timedelta(days=7))
    world.put("inquiry", InquiryFactory(call=call))
    draft = world.put("draft call", CallFactory(draft=True, committee=committee))
    question = draft.form.questions.last()
    world.put("question", question, slug=draft.slug, key=question.key)
    revised = world.put("revised call", CallFactory(committee=committee))
    version = FormRevision.prepare(revised, by=people["staff"])
    version.questions.filter(key="q2").update(label="Pour quels usagers ?")
    world.put("closed call", CallFactory(closed=True, committee=committee))
    furnish_rolling(world)
    furnish_irritants(world)
    irritant = world.objects["irritant"]
    ready = application_of(world, "draft", call=call, irritant=irritant)
    ApprovalFactory(application=ready, approved=True)
    furnish_approvals(world)
    furnish_co_applicants(world)
    ApplicationFactory(author=people["other"], call=call)
    furnish_desk(world)
    deposit(world)
    furnish_views(world)


def furnish_rolling(world):
    """Two calls without a closing, with a draft that is written and one that sleeps."""
    committee = world.objects["committee"]
    call = world.put("rolling call", CallFactory(rolling=True, committee=committee))
    ApprovalFactory(application=application_of(world, "rolling draft", call=call), approved=True)
    year_round = CallFactory(rolling=True, committee=committee)
    application_of(world, "dormant draft", call=year_round, dormant=True)


def application_of(world, name, **fields):
    fields.setdefault("call", CallFactory(committee=world.objects["committee"]))
    return world.put(name, ApplicationFactory(author=world.people["applicant"], **fields))


def furnish_irritants(world):
    irritant = world.put("irritant", IrritantFactory(author=world.people["agent"]))
    SupportFactory(irritant=irritant)
    world.put("reported irritant", IrritantFactory(reported=True, author=world.people["agent"]))
    world.put("other irritant", IrritantFactory())
    world.put("merged irritant", IrritantFactory(status="merged", merged_into=irritant))


def furnish_approvals(world):
    """Two plans that await the manager's signature: one by its link, one in the account."""
    asked = application_of(world, "asked draft")
    email = world.people["manager"].email
    approval = ApprovalFactory(application=asked, token="un-secret", manager_email=email)
    assert approval.token_digest == digest_of("un-secret")
    world.put("approval", approval, token="un-secret")


def furnish_co_applicants(world):
    """A draft that the teammate writes too and the other reads, to which the agent is invited."""
    people = world.people
    shared = application_of(world, "shared draft")
    for role, right in [("teammate", "editor"), ("other", "reader")]:
        CoApplicantFactory(application=shared, accepted=True, person=people[role], role=right)
    world.put("co-applicant", shared.co_applicants.get(person=people["teammate"]))
    furnish_files(world, shared)
    email = people["agent"].email
    invitation = CoApplicantFactory(application=shared, email=email, token="une-invitation")
    world.put("invitation", invitation, token="une-invitation")


def furnish_files(world, shared):
    """A draft whose form asks for a file, that the same people carry."""
    questions = [{"kind": "files", "label": "Vos pièces"}]
    call = CallFactory(committee=world.objects["committee"], questions=questions)
    application = application_of(world, "draft with files", call=call, answers={})
    for other in shared.co_applicants.all():
        CoApplicantFactory(
            application=application, accepted=True, person=other.person, role=other.role
        )
    attachment = AttachmentFactory(application=application, key="q1")
    world.put("file", attachment)
    world.put("files", application, key="q1")


def furnish_desk(world):
    call = world.objects["closed call"]
    deposited = application_of(world, "deposited", call=call, deposited=True)
    ApprovalFactory(application=deposited, approved=True)
    admissible = application_of(world, "admissible", call=call, admissible=True)
    ApprovalFactory(application=admissible, approved=True)
    world.put("concluded call", world.objects["concluded"].subject.call)
    told = world.objects["told deliberation"].subject
    release(told.call, by=world.people["staff"])
    told.refresh_from_db()
    world.put("told", told)
    world.put("told call", told.call)
    letter = told.letters.get()
    world.put("told letter", letter, pk=told.pk, number=letter.pk)
    world.put("sent release", letter.release)
    ready = decided_in(CallFactory(closed=True, committee=told.call.committee), "selected")
    world.put("release", Release.prepare(ready.call, by=UserFactory(staff=True)))
    batch = decided_in_a_round(world.objects["rolling call"])
    world.put("batch", batch, slug=batch.call.slug, number=batch.deliberation().round_id)
    world.put("concluded application", world.objects["concluded"].subject)
    furnish_reserves(world)
    furnish_appeals(world)


def furnish_reserves(world):
    """A reserve list to put in order, and one whose first may take a free place."""
    committee, round = world.objects["committee"], world.objects["round"]
    waiting = world.put("reserved call", CallFactory(closed=True, committee=committee))
    freed = world.put("freed call", CallFactory(closed=True, committee=committee))
    in_reserve = {"sense": "conditional", "reason_code": "capacity", "reason": "Faute de place."}
    for call, outcome in [(waiting, "reserve"), (freed, "reserve"), (freed, "selected")]:
        subject = ApplicationFactory(call=call, **{outcome: True})
        deliberation = DeliberationFactory(subject=subject, round=round, concluded=True)
        reasons = in_reserve if outcome == "reserve" else {}
        DecisionFactory(deliberation=deliberation, outcome=outcome, **reasons)
    release(freed, by=world.people["staff"])
    furnish_scenario(world, waiting)
    subject.refresh_from_db()
    subject.withdraw(by=subject.author)


def furnish_appeals(world):
    """A refusal that may be contested, and one that is."""
    for name in ["contestable", "contested"]:
        refused = world.objects[f"{name} deliberation"].subject
        refused.tell(by=world.people["staff"])
        world.put(name, refused)
    appeal = Appeal.file(refused, by=world.people["applicant"], text="Vous avez mal lu.")
    world.put("appeal", appeal)


def furnish_scenario(world, call):
    """What the choice would be of the only dossier of a call that has a mark."""
    deliberation = call.applications.get().deliberation()
    seat = world.objects["member’s seat"]
    assignment = AssignmentFactory(deliberation=deliberation, seat=seat, reviewed=True)
    ReviewFactory(assignment=assignment, handed_in=True)
    deliberation.weigh()
    rules = Rules(places=7)
    scenario = Scenario.keep(
        call, by=world.people["staff"], name="Les 7 meilleurs", basis="raw", rules=rules
    )
    world.put("scenario", scenario, slug=call.slug)


def decided_in_a_round(call):
    """An application to a rolling call that a round decided, and nobody was told."""
    application = ApplicationFactory(call=call, selected=True)
    round = RoundFactory(committee=call.committee)
    deliberation = DeliberationFactory(subject=application, round=round, concluded=True)
    DecisionFactory(deliberation=deliberation, outcome="selected", sense="favourable")
    return application


def deposit(world):
    """The ready draft, in a call of its own, deposited by its verb: it has its receipt."""
    received = application_of(world, "received")
    ApprovalFactory(application=received, approved=True)
    received.deposit(by=world.people["applicant"])
    amend(world)


def amend(world):
    """Deposits taken up again: one that is being changed, one deposited twice, one dropped."""
    author = world.people["applicant"]
    for name in ["amended", "revised", "dropped"]:
        application = application_of(world, name)
        application.deposit(by=author)
        application.amend(by=author)
        application.write(by=author, entries=[Entry("title", "Alerte partagée", 0)])
    world.objects["revised"].deposit(by=author)
    world.put("revised", world.objects["revised"], number=2)
    dropped = world.objects["dropped"]
    dropped.drop_changes(by=author)
    world.put("dropped", dropped, number=dropped.amendments.get().pk)
    complete(world)


def complete(world):
    """One more deposit that the team asks to complete, and one that was withdrawn."""
    application = application_of(world, "to complete", deposited=True, status="in_correction")
    world.put("correction", CorrectionFactory(application=application))
    withdrawn = application_of(world, "withdrawn", deposited=True)
    withdrawn.withdraw(by=world.people["applicant"])


def furnish_views(world):
    """What a member of the team keeps for herself."""
    staff = world.people["staff"]
    world.put("saved view", SavedViewFactory(person=staff))
    subjects = [world.objects["deposited"].pk]
    world.put("export", ExportFactory(ready=True, person=staff, subjects=subjects))
