"""Who reads what in a round, what a blind dossier shows, what is compared and said of it."""

from django.db.models import Exists, F, OuterRef, Q

from committees import masks
from committees.models import (
    Answer,
    Assignment,
    Calibration,
    Deliberation,
    Masking,
    Remark,
    Review,
    ReviewVersion,
    Seat,
)
from journal.models import Event


def a_blind_dossier_has_its_check_and_no_other_has():
    """Every dossier of a blind round has its masked version, and no other dossier has one."""
    unchecked = Q(round__blind=True, masking=None) | Q(round__blind=False, masking__isnull=False)
    return Deliberation.objects.filter(unchecked).values_list("pk", flat=True)


def a_blind_dossier_is_checked_before_it_is_reviewed():
    """In a blind round nobody is asked to review before the masked version is approved."""
    early = Q(masking__approved_at=None) | Q(assignments__proposed_at__lt=F("masking__approved_at"))
    asked = Deliberation.objects.filter(round__blind=True, assignments__isnull=False)
    return asked.filter(early).values_list("pk", flat=True).distinct()


def a_masked_version_is_of_the_same_dossier():
    """What was frozen first and what is read now are versions of the same subject."""
    strayed = ~Q(original__subject_type=F("deliberation__subject_type")) | ~Q(
        original__subject_id=F("deliberation__subject_id")
    )
    return Masking.objects.filter(strayed).values_list("pk", flat=True)


def a_masked_version_is_the_first_without_its_passages():
    """Before the approval, what is shown is what was frozen first, without the passages listed."""
    awaited = Masking.objects.awaited().filter(deliberation__in=Deliberation.objects.live())
    for masking in awaited.select_related("original", "deliberation__snapshot").iterator():
        title, sections = masks.without(masking.original, masking.passages)
        shown = masking.deliberation.snapshot
        if (shown.title, shown.sections) != (title, [list(pair) for pair in sections]):
            yield masking.pk


def a_calibration_dossier_is_decided_by_nobody():
    """A dossier that serves for calibration is on no live agenda and has no decision."""
    scheduled = Q(deliberation__agenda_items__status__in=["waiting", "open"])
    decided = Q(deliberation__status="concluded") | Q(deliberation__decisions__isnull=False)
    return Calibration.objects.filter(scheduled | decided).values_list("pk", flat=True).distinct()


def a_remark_is_of_a_voice_of_its_committee():
    """A remark is written from a seat of the committee that examines, and not by an observer."""
    strayed = ~Q(seat__committee=F("deliberation__round__committee"))
    silent = ~Q(seat__in=Seat.objects.speaking())
    return Remark.objects.filter(strayed | silent).values_list("pk", flat=True)


def a_remark_comes_after_one_s_own_review():
    """Nobody remarked in an open round before the review awaited of them, but where all may."""
    own = Assignment.objects.filter(
        deliberation=OuterRef("deliberation"),
        seat__user=OuterRef("seat__user"),
        proposed_at__lte=OuterRef("written_at"),
        review__handed_in_at__gt=OuterRef("written_at"),
    )
    free = Q(deliberation__round__reading="always")
    return Remark.objects.exclude(free).filter(Exists(own)).values_list("pk", flat=True)


def a_review_handed_in_is_complete():
    """A review that counts answers each criterion of its grid: a level or « not applicable »."""
    answered = Answer.objects.filter(
        Q(level__isnull=False) | Q(not_applicable=True),
        review=OuterRef("pk"),
        criterion=OuterRef("assignment__deliberation__round__grid__criteria"),
    )
    lacking = Review.objects.handed_in().filter(~Exists(answered))
    return lacking.values_list("pk", flat=True).distinct()


def the_journal_keeps_each_mark():
    """The journal says of each review handed in the mark that its row has."""
    told = {}
    for detail in Event.objects.filter(verb="review.handed_in").values_list("detail", flat=True):
        if "review" in detail:
            told[int(detail["review"])] = detail["score"]
    for pk, score in Review.objects.exclude(handed_in_at=None).values_list("pk", "score"):
        if pk in told and told[pk] != str(score):
            yield pk


def a_kept_version_comes_before_what_is_written_now():
    """No version of a review is newer than the review itself."""
    return ReviewVersion.objects.filter(number__gt=F("review__version")).values_list(
        "pk", flat=True
    )


INVARIANTS = [
    a_blind_dossier_has_its_check_and_no_other_has,
    a_blind_dossier_is_checked_before_it_is_reviewed,
    a_masked_version_is_of_the_same_dossier,
    a_masked_version_is_the_first_without_its_passages,
    a_calibration_dossier_is_decided_by_nobody,
    a_remark_is_of_a_voice_of_its_committee,
    a_remark_comes_after_one_s_own_review,
    a_review_handed_in_is_complete,
    the_journal_keeps_each_mark,
    a_kept_version_comes_before_what_is_written_now,
]
