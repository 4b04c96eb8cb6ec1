"""What several tests of the reviews need: a decision taken as the committee's verb takes it."""

from committees.models import Deliberation
from tests.factories import RoundFactory, UserFactory


def decided(review, outcome, *, reason="Les faits sont là.", supersedes=None):
    """The review before its committee, decided; returns the decision."""
    deliberation = Deliberation.objects.about(review).last() or examined(review)
    decision = deliberation.draft_decision(
        outcome=outcome,
        reason=reason,
        reason_code="impact",
        decided_by=UserFactory(),
        supersedes=supersedes,
    )
    decision.save(force_insert=True)
    deliberation.subject.decision_taken(decision)
    review.refresh_from_db()
    return decision


def examined(review):
    """Transmitted to a round of its committee; returns the deliberation."""
    committee = review.term.project.promotion.committee
    return review.examine(by=UserFactory(staff=True), round=RoundFactory(committee=committee))
