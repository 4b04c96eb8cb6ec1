from datetime import date

import pytest
from django.utils.timezone import localdate

from base.lifecycle import Refused
from committees.models import Decision, Deliberation
from journal.models import Event
from notifications.models import Message
from projects.invariants import INVARIANTS
from projects.models import Phase, Project, TermReview
from projects.models.past import PastTerm
from tests.factories import GridFactory, PromotionFactory, UserFactory


REVIEW = {
    "achievements": "Un tableau partagé.",
    "impact": "Un département.",
    "learnings": "Les règles diffèrent.",
    "request": "Six mois de plus.",
}


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def imported(staff, outcomes, **fields):
    history = {
        "promotion": PromotionFactory(starts_on=date(2018, 1, 26)),
        "entity": None,
        "anchor": date(2018, 1, 26),
        "texts": {"title": "ASSEC", "pitch": "Mieux partager l’eau.", "problem": "La pénurie."},
        "phases": [(Phase.INVESTIGATION, date(2018, 1, 26)), (Phase.STOPPED, date(2019, 1, 26))],
        "grid": GridFactory(),
        "terms": [
            PastTerm(outcome=outcome, reason="Les faits.", decided_by=staff, review=REVIEW)
            for outcome in outcomes
        ],
        "figures": [
            {
                "name": "Aides",
                "unit": "aides",
                "values": [(date(2018, 7, 1), 180), (date(2018, 8, 1), None)],
            }
        ],
    }
    return Project.import_past(by=staff, **history | fields)


def test_a_past_product_keeps_its_own_dates(staff):
    project = imported(staff, ["extended", "stopped"])

    first, second = project.terms.order_by("number")
    assert (first.ends_on, second.ends_on) == (date(2018, 7, 26), date(2019, 1, 26))
    assert second.decision.deliberation.subject == first.review
    assert [r.status for r in TermReview.objects.order_by("pk")] == ["extended", "stopped"]
    assert [d.decided_at.date() for d in Decision.objects.order_by("pk")] == [
        date(2018, 6, 26),
        date(2018, 12, 27),
    ]
    assert project.phase_at(date(2018, 12, 31)) == Phase.INVESTIGATION
    assert project.phase_at(date(2019, 1, 26)) == Phase.STOPPED
    assert Project.objects.public().contains(project)
    assert project.indicators.get().observations.measured().get().value == 180


def test_its_committee_sat_and_its_events_happened_then(staff):
    project = imported(staff, ["stopped"])

    deliberation = Deliberation.objects.get()
    assert (deliberation.status, deliberation.decision_in_force().status) == (
        "concluded",
        "notified",
    )
    assert deliberation.round.closes_at.year == 2018
    assert deliberation.snapshot.is_genuine
    assert localdate(Event.objects.about(project).get().at) == date(2018, 1, 26)
    events = Event.objects.about(project.terms.get().review)
    assert [(e.verb, e.at.year) for e in events] == [
        ("termreview.submitted", 2018),
        ("termreview.decided", 2018),
    ]


def test_nobody_is_written_to_and_nothing_awaits_anyone(staff):
    project = imported(staff, ["extended"])

    assert not Message.objects.exists()
    assert not project.milestones().manual().planned().exists()
    assert project.last_term().number == 2


def test_two_products_share_the_committees_session(staff):
    promotion = PromotionFactory()
    for _ in range(2):
        imported(staff, ["extended", "stopped"], promotion=promotion)

    assert promotion.committee.rounds.count() == 2


def test_no_rule_is_broken_by_the_past(staff):
    imported(staff, ["extended", "accelerated", "transferred"])

    assert [list(rule()) for rule in INVARIANTS] == [[] for _ in INVARIANTS]


def test_a_product_without_terms_or_page_can_be_brought_in(staff):
    project = imported(staff, [], published=False, figures=[])

    assert (project.terms.count(), project.published_at) == (1, None)


def test_members_may_be_told(staff):
    person = UserFactory()

    project = imported(
        staff,
        ["stopped"],
        members=[(person, "intrapreneur", date(2018, 1, 26), date(2018, 7, 26))],
    )

    assert project.memberships.ended().get().user == person


def test_a_past_without_a_phase_at_its_beginning_is_refused(staff):
    with pytest.raises(Refused, match="phase du projet"):
        imported(staff, ["stopped"], phases=[(Phase.STOPPED, date(2019, 1, 26))])

    assert not Project.objects.exists()


def test_the_past_is_brought_in_by_the_team():
    with pytest.raises(Refused, match="équipe de l’incubateur"):
        imported(UserFactory(), ["stopped"])
