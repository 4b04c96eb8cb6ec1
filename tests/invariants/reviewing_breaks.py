"""Each rule of `committees.invariants.reviewing`, broken once on purpose: see `breaks`."""

from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    CalibrationFactory,
    CommitteeFactory,
    DecisionFactory,
    DeliberationFactory,
    MaskingFactory,
    RemarkFactory,
    UserFactory,
)
from tests.invariants.breaks import breaks
from tests.invariants.examination_breaks import handed_in
from tests.spoiling import spoil


@breaks("committees")
def a_blind_dossier_has_its_check_and_no_other_has():
    blind, other = DeliberationFactory(round__blind=True), DeliberationFactory()
    yield
    spoil("DELETE FROM committees_masking WHERE deliberation_id = %s", blind.pk)
    MaskingFactory(deliberation=other)
    yield [blind.pk, other.pk]


@breaks("committees")
def a_blind_dossier_is_checked_before_it_is_reviewed():
    deliberation = AssignmentFactory(deliberation__round__blind=True).deliberation
    yield
    spoil(
        "UPDATE committees_masking SET approved_at = NULL, approved_by_id = NULL"
        " WHERE deliberation_id = %s",
        deliberation.pk,
    )
    yield [deliberation.pk]


@breaks("committees")
def a_masked_version_is_of_the_same_dossier():
    masking = MaskingFactory()
    yield
    other = ApplicationFactory(examined=True).freeze()
    spoil("UPDATE committees_masking SET original_id = %s WHERE id = %s", other.pk, masking.pk)
    # and so what is shown is no longer the first one without its passages
    shown = masking.deliberation.snapshot
    spoil(
        "UPDATE journal_snapshot SET title = %s, sections = %s WHERE id = %s",
        shown.title,
        "[]",
        other.pk,
    )
    yield [masking.pk]


@breaks("committees")
def a_masked_version_is_the_first_without_its_passages():
    masking = MaskingFactory()
    masking.mask(by=UserFactory(staff=True), passages=[masking.original.title])
    yield
    spoil("UPDATE committees_masking SET passages = '[]' WHERE id = %s", masking.pk)
    yield [masking.pk]


@breaks("committees")
def a_calibration_dossier_is_decided_by_nobody():
    calibration = CalibrationFactory()
    yield
    DecisionFactory(deliberation=calibration.deliberation)
    yield [calibration.pk]


@breaks("committees")
def a_remark_is_of_a_voice_of_its_committee():
    stray, silent = RemarkFactory(), RemarkFactory()
    yield
    other = CommitteeFactory()
    spoil("UPDATE committees_seat SET committee_id = %s WHERE id = %s", other.pk, stray.seat_id)
    spoil("UPDATE committees_seat SET capacity = 'observer' WHERE id = %s", silent.seat_id)
    yield [stray.pk, silent.pk]


@breaks("committees")
def a_remark_comes_after_one_s_own_review():
    review = handed_in()
    remark = RemarkFactory(deliberation=review.deliberation, seat=review.assignment.seat)
    yield
    early = review.assignment.proposed_at
    spoil("UPDATE committees_remark SET written_at = %s WHERE id = %s", early, remark.pk)
    yield [remark.pk]


@breaks("committees")
def a_review_handed_in_is_complete():
    review = handed_in()
    yield
    spoil("DELETE FROM committees_answer WHERE id = %s", review.answers.last().pk)
    yield [review.pk]


@breaks("committees")
def the_journal_keeps_each_mark():
    review = handed_in()
    yield
    spoil("UPDATE committees_review SET score = 99 WHERE id = %s", review.pk)
    yield [review.pk]


@breaks("committees")
def a_kept_version_comes_before_what_is_written_now():
    version = handed_in().versions.get()
    yield
    spoil("UPDATE committees_reviewversion SET number = 9 WHERE id = %s", version.pk)
    yield [version.pk]
