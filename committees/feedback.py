"""What the reviewers of a dossier tell its people, as one text."""

from committees.models import Feedback, Review


def feedback_for(deliberation, *, at=None):
    """What the chair or the secretary composed; else what each review says to the applicants.

    `at` asks as of an instant: a review that was neutralised since counted then.
    """
    composed = Feedback.objects.filter(deliberation=deliberation).first()
    return composed.text if composed else proposed_for(deliberation, at=at)


def proposed_for(deliberation, *, at=None):
    """The reviewers' own texts, in no order that could name their authors; never their comments
    to the committee."""
    written = Review.objects.counted(at).filter(assignment__deliberation=deliberation)
    texts = written.values_list("feedback", flat=True)
    return "\n\n".join(sorted(text.strip() for text in texts if text.strip()))
