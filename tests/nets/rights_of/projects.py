from base.calendar import previous_working_day
from projects.schedule import committee_window
from tests.nets.table import row, yesterday


def committee_day(world, _role):
    """The last day on which the committee of the running term may sit."""
    return previous_working_day(
        committee_window(world.objects["project"].current_term().ends_on)[1]
    )


RIGHTS = [
    row("projects:resemblance-list", "deposited", reads="team"),
    row("projects:resemblance", "pair", reads="team", acts="team"),
    row("projects:project-resemblance", "project pair", reads="team", acts="team"),
    row("projects:irritant", "irritant", reads="everyone"),
    row("projects:irritant", "reported irritant", reads="agent team"),
    row("projects:irritant", "merged irritant", sent="everyone"),
    row("projects:project-list", reads="everyone", kind="list"),
    row("projects:project", "project", reads="everyone"),
    row("projects:project", "hidden project", reads="other other_coach team"),
    row("projects:promotion-list", reads="everyone", kind="list"),
    row("projects:promotion", "promotion", reads="everyone", kind="list"),
    row("projects:promotion", "hidden promotion", reads="team"),
    row("projects:follow-up", "project", reads="project team", kind="list"),
    row("projects:terms", "project", reads="project team", kind="list"),
    row("projects:term", "term", reads="project team"),
    row("projects:phases", "project", reads="project team", acts="team", kind="list"),
    row(
        "projects:phase-correction",
        "phase",
        reads="team",
        acts="team",
        fills={"phase": "acceleration"},
    ),
    row(
        "projects:presentation", "project", reads="project team -coach", acts="project team -coach"
    ),
    row("projects:publication", "project", reads="project team"),
    row("projects:publication", "unconsented project", reads="project team"),
    row("projects:publication", "consented project", reads="project team"),
    row("projects:consent", "unconsented project", acts="applicant"),
    row("projects:publish", "consented project", acts="team"),
    row("projects:unpublish", "project", acts="team applicant"),
    row("projects:milestones", "project", reads="project team", kind="list"),
    row("projects:milestone-new", "project", reads="applicant team", acts="applicant team"),
    row(
        "projects:plan",
        "project",
        reads="team",
        acts="team",
        fills={"committee_on": committee_day},
    ),
    row("projects:milestone", "milestone", reads="project team", acts="applicant teammate"),
    row("projects:milestone-day", "milestone", reads="applicant team", acts="applicant team"),
    row("projects:milestone-review", "reported milestone", reads="team", acts="team"),
    row("projects:term-review", "project", reads="project team", acts="applicant teammate"),
    row("projects:term-review", "ready project", reads="project team", acts="applicant teammate"),
    row("projects:term-review-draft", "project", acts="applicant teammate"),
    row("projects:term-review-submission", "ready project", acts="applicant"),
    row(
        "projects:term-review-return",
        "term review",
        reads="team",
        acts="team",
    ),
    row("projects:term-review-examination", "term review", reads="team", acts="team"),
    row("projects:indicators", "project", reads="project team", kind="list"),
    row("projects:indicator-new", "project", reads="applicant teammate", acts="applicant teammate"),
    row(
        "projects:indicator",
        "indicator",
        reads="project team",
        acts="applicant teammate",
        fills={"on": yesterday},
    ),
    row(
        "projects:indicator-amendment",
        "indicator",
        reads="applicant teammate",
        acts="applicant teammate",
    ),
    row(
        "projects:observation", "observation", reads="applicant teammate", acts="applicant teammate"
    ),
    row("projects:team", "project", reads="project team", kind="list"),
    row("projects:membership-new", "project", reads="applicant team", acts="applicant team"),
    row("projects:membership-end", "membership", reads="applicant team", acts="applicant team"),
    row(
        "projects:open-labs",
        "project",
        reads="project team",
        acts="applicant teammate",
        kind="list",
    ),
    row("projects:team-promotion-list", reads="team", kind="list"),
    row("projects:team-promotion-new", reads="team", acts="team"),
    row("projects:team-promotion", "hidden promotion", reads="team", kind="list"),
    row("projects:team-promotion-amendment", "hidden promotion", reads="team", acts="team"),
    row("projects:team-promotion-publication", "hidden promotion", acts="team"),
    row("projects:team-promotion-opening", "hidden promotion", reads="team", acts="team"),
]
