"""A coach who follows the project, and another who is asked for one more."""

from tests.factories import (
    ActionItemFactory,
    CoachAssignmentFactory,
    CoachFactory,
    NoteFactory,
    SessionFactory,
)


def furnish(world):
    people, project = world.people, world.objects["project"]
    coach = world.put("coach profile", CoachFactory(user=people["coach"]))
    other = CoachFactory(user=people["other_coach"])
    coaching = CoachAssignmentFactory(project=project, coach=coach, accepted=True)
    world.put("coaching", coaching)
    asked = CoachAssignmentFactory(project=world.objects["unconsented project"], coach=other)
    world.put("proposed coaching", asked)
    session = world.put("session", SessionFactory(assignment=coaching))
    world.put("note", NoteFactory(session=session, audience="coaches"))
    owner = people["applicant"]
    world.put("action", ActionItemFactory(session=session, owner=owner))
    world.put("done action", ActionItemFactory(session=session, owner=owner, done=True))
