"""Whatever anybody tries in any order, it is done or refused, and every rule still holds (A-08)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from base.lifecycle import Refused
from calls.models import Application, Call
from calls.models.answer import Entry
from committees.models import AgendaItem, Ballot, Deliberation, Seat
from incubator.invariants import faults
from journal.models import Event
from tests.calls.releasing import release
from tests.factories import (
    AgendaItemFactory,
    ApplicationFactory,
    AttendanceFactory,
    CallFactory,
    DeclarationFactory,
    RoundFactory,
    SeatFactory,
    SittingFactory,
    UserFactory,
)
from tests.spoiling import spoil


ACTORS = ["author", "stranger", "team", "chair", "secretary", "member"]
OUTCOMES = ["selected", "reserve", "redirected", "declined"]
REASON = {"reason_code": "capacity", "reason": "Le nombre de places est limité."}
REACHED = {"deposit", "admit", "examine", "open", "ask", "vote", "close", "proclaim", "conclude"}


def mostly(actor):
    """Often whose turn it is, and sometimes anybody."""
    return st.sampled_from([actor] * 4 + ACTORS)


class LifeOfAnApplication(RuleBasedStateMachine):
    """A call, its committee in session, one application, and six people who try everything."""

    done = set()  # the names of the verbs that succeeded once, in any example
    traits = {}  # of the call

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.call = CallFactory(**self.traits)
        self.round = RoundFactory(committee=self.call.committee)
        self.sitting = SittingFactory(committee=self.call.committee, open=True)
        seats = [
            SeatFactory(committee=self.call.committee, **capacity)
            for capacity in [{"chair": True}, {"secretary": True}, {}, {}]
        ]
        for seat in seats:
            AttendanceFactory(sitting=self.sitting, seat=seat)
        self.application = ApplicationFactory(call=self.call)
        self.people = {
            "author": self.application.author,
            "stranger": UserFactory(),
            "team": UserFactory(staff=True),
            "chair": seats[0].user,
            "secretary": seats[1].user,
            "member": seats[2].user,
        }

    def teardown(self):
        broken = [fault for fault in faults() if fault[2]]
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        assert broken == []

    def attempt(self, name, who, verb):
        """Try a verb: what is refused writes no event, what is done writes one at least."""
        before = Event.objects.count()
        try:
            with transaction.atomic():
                verb(self.people[who])
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        except (Refused, ValidationError):  # both are a sentence on the page
            assert Event.objects.count() == before, f"{name} was refused and left an event"
        else:
            self.done.add(name)

    @property
    def subject(self):
        return Application.objects.get(pk=self.application.pk)

    @property
    def deliberation(self):
        return Deliberation.objects.about(self.application).order_by("pk").last()

    @property
    def item(self):
        return AgendaItem.objects.filter(sitting=self.sitting).order_by("pk").last()

    @property
    def ballot(self):
        return Ballot.objects.order_by("pk").last()

    @initialize(steps=st.integers(0, 12))
    def has_come_this_far(self, steps):
        """What comes next in the normal course, by whose turn it is."""
        for _ in range(steps):
            self.next_step()

    def next_step(self):
        subject, item, ballot = self.subject, self.item, self.ballot
        course = {
            "draft": lambda: self.leads("author", "deposit"),
            "deposited": lambda: self.checks("team", fit=True),
            "admissible": lambda: self.sends_to_the_committee("team"),
            "examined": self.is_on_the_agenda,
            "waiting": lambda: self.opens_the_item("chair"),
            "open": lambda: self.asks_for_a_vote("chair", "selected"),
            "ballot open": self.everybody_votes,
            "ballot closed": lambda: self.ends_the_vote("chair", "proclaim"),
            "ballot proclaimed": lambda: self.decides("chair", ballot.proposal),
        }
        state = subject.status
        if state == "examined":
            state = f"ballot {ballot.status}" if ballot else item.status if item else state
        course.get(state, lambda: None)()

    def everybody_votes(self):
        self.votes("chair", "for")
        self.votes("member", "for")
        self.ends_the_vote("chair", "close")

    @rule(who=mostly("author"), verb=st.sampled_from(["deposit", "amend", "withdraw"]))
    def leads(self, who, verb):
        self.attempt(verb, who, lambda by: getattr(self.subject, verb)(by=by))

    @rule(who=mostly("author"), verb=st.sampled_from(["drop_changes", "revive"]))
    def goes_back(self, who, verb):
        self.attempt(verb, who, lambda by: getattr(self.subject, verb)(by=by))

    @rule(who=mostly("author"), title=st.sampled_from(["Crues", "Sécheresse"]))
    def writes(self, who, title):
        entry = Entry("title", title, self.subject.version_of("title"))
        self.attempt("write", who, lambda by: self.subject.write(by=by, entries=[entry]))

    @rule(who=mostly("team"), fit=st.booleans())
    def checks(self, who, fit):
        if fit:
            self.attempt("admit", who, lambda by: self.subject.admit(by=by))
        else:
            self.attempt(
                "dismiss", who, lambda by: self.subject.dismiss(by=by, reason="Hors sujet.")
            )

    @rule(who=mostly("team"))
    def sends_to_the_committee(self, who):
        self.attempt("examine", who, lambda by: self.subject.examine(by=by, round=self.round))

    @rule()
    def is_on_the_agenda(self):
        """As the convocation had it; those who sit have declared their interests."""
        deliberation = self.deliberation
        if deliberation and not self.item:
            for seat in Seat.objects.filter(committee=self.call.committee):
                DeclarationFactory(person=seat.user, up_to=deliberation)
            AgendaItemFactory(sitting=self.sitting, deliberation=deliberation)

    @rule(who=mostly("chair"))
    def opens_the_item(self, who):
        if item := self.item:
            self.attempt("open", who, lambda by: item.open(by=by))

    @rule(who=mostly("chair"), proposal=st.sampled_from(OUTCOMES))
    def asks_for_a_vote(self, who, proposal):
        if item := self.item:

            def prepare_and_open(by):
                Ballot.prepare(by=by, item=item, question="Retenir ?", proposal=proposal).open(
                    by=by
                )

            self.attempt("ask", who, prepare_and_open)

    @rule(who=mostly("member"), choice=st.sampled_from(["for", "against", "abstain"]))
    def votes(self, who, choice):
        if ballot := self.ballot:
            self.attempt("vote", who, lambda by: ballot.cast(by=by, choice=choice, comment="Oui."))

    @rule(who=mostly("chair"), verb=st.sampled_from(["close", "proclaim"]))
    def ends_the_vote(self, who, verb):
        if ballot := self.ballot:
            self.attempt(verb, who, lambda by: getattr(ballot, verb)(by=by))

    @rule(who=mostly("chair"), outcome=st.sampled_from(OUTCOMES))
    def decides(self, who, outcome):
        if deliberation := self.deliberation:
            self.attempt(
                "conclude", who, lambda by: deliberation.conclude(by=by, outcome=outcome, **REASON)
            )

    @rule(who=mostly("member"))
    def becomes_interested(self, who):
        if deliberation := self.deliberation:
            self.attempt(
                "declare",
                who,
                lambda by: deliberation.declare_interest(by=by, effect="exclusion", reason="Ami."),
            )

    @rule()
    def the_call_closes(self):
        spoil("UPDATE calls_call SET closes_at = least(closes_at, statement_timestamp())")

    @rule(who=mostly("team"))
    def tells_the_results(self, who):
        self.attempt("release", who, lambda by: release(Call.objects.get(pk=self.call.pk), by=by))


@pytest.mark.django_db
def test_verbs_in_any_order_by_anybody_break_no_rule():
    run_state_machine_as_test(
        LifeOfAnApplication,
        settings=settings(
            max_examples=14,
            stateful_step_count=10,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert LifeOfAnApplication.done >= REACHED
