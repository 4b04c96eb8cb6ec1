import pytest
from django.urls import reverse

from coaching.models import ActionItem
from tests.factories import (
    ActionItemFactory,
    CoachAssignmentFactory,
    CoachFactory,
    MembershipFactory,
    SessionFactory,
    TermFactory,
    UserFactory,
)


PAGES = {
    "desk": lambda a: reverse("coaching:desk"),
    "actions": lambda a: reverse("coaching:action-list"),
    "profile": lambda a: reverse("coaching:profile"),
    "assignment": lambda a: a.get_absolute_url(),
    "session": lambda a: a.sessions.get().get_absolute_url(),
    "action": lambda a: ActionItem.objects.get().get_absolute_url(),
    "session form": lambda a: reverse("coaching:session-new", args=[a.pk]),
    "end": lambda a: reverse("coaching:end", args=[a.pk]),
    "project": lambda a: reverse("coaching:project-coaching", args=[a.project.slug]),
    "coaches": lambda a: reverse("coaching:coach-list"),
    "coach": lambda a: a.coach.get_absolute_url(),
    "enrolment": lambda a: reverse("coaching:enrolment"),
    "projects": lambda a: reverse("coaching:project-list"),
    "proposal": lambda a: reverse("coaching:proposal-new", args=[a.project.slug]),
}
OWN = {"desk", "actions"}
TEAM = OWN | {"assignment", "session", "action", "project", "end"}
TEAM |= {"coaches", "coach", "enrolment", "projects", "proposal"}
SEEN = {
    "coach": OWN | {"profile", "assignment", "session", "action", "session form", "end", "project"},
    "former coach": OWN | {"profile"},
    "other coach": OWN | {"profile"},
    "intrapreneur": OWN | {"assignment", "session", "action", "project"},
    "former member": OWN,
    "staff": TEAM,
    "superuser": TEAM,
    "stranger": OWN,
}


@pytest.mark.parametrize("who", SEEN)
def test_each_sees_their_pages_and_nothing_else(who, people, assignment, signed_in):
    ActionItemFactory(session=SessionFactory(assignment=assignment))
    client = signed_in(people[who])

    answers = {name: client.get(url(assignment)).status_code for name, url in PAGES.items()}

    assert answers == {name: 200 if name in SEEN[who] else 404 for name in PAGES}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_to_sign_in(name, assignment, client):
    ActionItemFactory(session=SessionFactory(assignment=assignment))

    response = client.get(PAGES[name](assignment))

    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


LISTS = {
    "desk": (lambda a: reverse("coaching:desk"), lambda a: a.coach.user),
    "actions": (lambda a: reverse("coaching:action-list"), lambda a: a.coach.user),
    "project": (PAGES["project"], lambda a: a.project.leader()),
    "coaches": (PAGES["coaches"], lambda a: UserFactory(staff=True)),
    "coach": (PAGES["coach"], lambda a: UserFactory(staff=True)),
    "projects": (PAGES["projects"], lambda a: UserFactory(staff=True)),
    "proposal": (PAGES["proposal"], lambda a: UserFactory(staff=True)),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_for_one_three_and_thirty_rows(
    name, project, client, django_assert_max_num_queries
):
    coach = CoachFactory(project_limit=20, days_per_month=22)
    assignment = CoachAssignmentFactory(project=project, coach=coach, accepted=True)
    url, reader = LISTS[name]
    client.force_login(reader(assignment))
    asked = []

    for more in (1, 2, 27):
        for _row in range(more):
            session = SessionFactory(assignment=assignment)
            ActionItemFactory(session=session, owner=coach.user)
            CoachFactory()
            TermFactory()
            MembershipFactory(project=project)
        for _row in range(min(more, 5)):
            CoachAssignmentFactory(coach=coach, accepted=True)
        with django_assert_max_num_queries(20) as queries:
            assert client.get(url(assignment)).status_code == 200
        asked.append(len(queries))

    assert len(set(asked)) == 1
