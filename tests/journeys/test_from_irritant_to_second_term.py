"""The whole path, page by page, without JavaScript."""

from datetime import date

from tests.journeys import applying, examining, incubating


IDEAS = [applying.IDEA, applying.OTHER_IDEA]


def selected(cast):
    """From an irritant to the committee's answer, told."""
    applying.an_irritant_is_shared(cast)
    applying.a_call_is_published(cast)
    applying.a_draft_is_written(cast)
    applying.a_manager_signs(cast, cast.agent)
    applying.another_draft_is_written(cast)
    applying.a_manager_signs(cast, cast.colleague)
    applying.applications_are_deposited(cast)

    examining.dossiers_are_sent(cast)
    examining.interests_are_declared(cast, "Tour de février", date(2025, 2, 18))
    examining.dossiers_are_reviewed(cast, "Tour de février", IDEAS, date(2025, 2, 19))
    sitting = examining.a_sitting_is_convened(
        cast, IDEAS, on=date(2025, 3, 4), meets_at="2025-03-11T14:00"
    )
    cases = [examining.SELECTED, examining.DECLINED]
    examining.a_sitting_is_held(cast, sitting, cases, on=date(2025, 3, 11), hour=14)
    examining.results_are_told(cast)


def test_from_irritant_to_second_term(cast):
    selected(cast)

    incubating.a_project_is_opened(cast)
    incubating.a_coach_is_found(cast)
    incubating.a_session_is_held(cast)
    incubating.milestones_are_reported(cast)
    incubating.the_term_is_reviewed(cast)
    incubating.a_second_term_begins(cast)
    incubating.the_public_sees(cast)
