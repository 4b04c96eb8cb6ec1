from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone

from base.calendar import today
from coaching.models import ActionItem, Coach, CoachAssignment, Note, Session
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory, ProjectFactory


class CoachFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Coach

    user = factory.SubFactory(UserFactory)
    presentation = "Dix ans de produits numériques publics."
    expertise = ["product"]


class CoachAssignmentFactory(factory.django.DjangoModelFactory):
    """A proposal that waits for its answer; `accepted` makes the coach a member of the team."""

    class Meta:
        model = CoachAssignment
        skip_postgeneration_save = True

    project = factory.SubFactory(ProjectFactory)
    coach = factory.SubFactory(CoachFactory)
    days_budget = 1
    starts_on = factory.LazyFunction(lambda: today() - timedelta(days=60))
    ends_on = factory.LazyFunction(lambda: today() + timedelta(days=120))
    reasons = "Elle connaît les préfectures."
    shortlist = factory.LazyFunction(lambda: {"ranked": [], "rejected": []})
    proposed_by = factory.SubFactory(UserFactory, staff=True)

    class Params:
        accepted = factory.Trait(status="accepted", answered_at=factory.LazyFunction(timezone.now))
        declined = factory.Trait(
            status="declined",
            answered_at=factory.LazyFunction(timezone.now),
            decline_reason="Je connais trop bien ce service.",
        )
        withdrawn = factory.Trait(status="withdrawn", closed_at=factory.LazyFunction(timezone.now))
        ended = factory.Trait(
            status="ended",
            answered_at=factory.LazyFunction(timezone.now),
            closed_at=factory.LazyFunction(timezone.now),
            ends_on=factory.LazyFunction(today),
        )

    @factory.post_generation
    def membership(assignment, create, extracted, **kwargs):
        if assignment.status in {"accepted", "ended"}:
            MembershipFactory(
                project=assignment.project,
                user=assignment.coach.user,
                coach=True,
                starts_on=assignment.starts_on,
                ends_on=assignment.ends_on if assignment.status == "ended" else None,
            )


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session

    assignment = factory.SubFactory(CoachAssignmentFactory, accepted=True)
    held_on = factory.LazyFunction(lambda: today() - timedelta(days=5))
    minutes = 90
    shared_summary = "Nous avons préparé les entretiens avec les agents."
    submission = factory.LazyFunction(uuid4)


class NoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Note

    session = factory.SubFactory(SessionFactory)
    author = factory.SelfAttribute("session.assignment.coach.user")
    text = "L’équipe hésite à dire que le problème a changé."


class ActionItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionItem

    session = factory.SubFactory(SessionFactory)
    title = "Appeler trois préfectures"
    owner = factory.SubFactory(UserFactory)
    due_on = factory.LazyFunction(lambda: today() + timedelta(days=7))
    promised_by = factory.SelfAttribute("session.assignment.coach.user")

    class Params:
        done = factory.Trait(
            done_at=factory.LazyFunction(timezone.now), done_by=factory.SelfAttribute("owner")
        )
