from tests.nets.table import row


NO_ACTION = {f"{part}_{n}": "" for part in ["title", "owner", "due_on"] for n in [1, 2, 3]}

RIGHTS = [
    row("coaching:desk", reads="signed", kind="home"),
    row("coaching:profile", reads="coaches", acts="coaches"),
    row("coaching:action-list", reads="signed", kind="list"),
    row("coaching:action", "action", reads="project team"),
    row("coaching:action", "done action", reads="project team"),
    row("coaching:completion", "action", acts="applicant coach"),
    row("coaching:reopening", "done action", acts="applicant coach"),
    row("coaching:session", "session", reads="project team"),
    row("coaching:narrowing", "note", acts="coach"),
    row("coaching:assignment", "coaching", reads="project team"),
    row("coaching:assignment", "proposed coaching", reads="other_coach team"),
    row("coaching:acceptance", "proposed coaching", acts="other_coach"),
    row("coaching:refusal", "proposed coaching", reads="other_coach", acts="other_coach"),
    row("coaching:end", "coaching", reads="coach team", acts="coach team"),
    row("coaching:withdrawal", "proposed coaching", reads="team", acts="team"),
    row(
        "coaching:session-new",
        "coaching",
        reads="coach",
        acts="coach",
        fills={"minutes": "45"} | NO_ACTION,
    ),
    row("coaching:project-coaching", "project", reads="project team", kind="list"),
    row("coaching:coach-list", reads="team", kind="list"),
    row("coaching:enrolment", reads="team", acts="team"),
    row("coaching:project-list", reads="team", kind="list"),
    row("coaching:proposal-new", "unconsented project", reads="team", acts="team"),
    row("coaching:coach", "coach profile", reads="team"),
]
