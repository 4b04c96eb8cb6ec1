import factory
from django.utils import timezone

from committees.models import Expertise, Gap, Plan, PlannedPair, RefusedLine, Wish
from tests.factories.committees import (
    AssignmentFactory,
    DeliberationFactory,
    RoundFactory,
    SeatFactory,
)


class WishFactory(factory.django.DjangoModelFactory):
    """A member who declared says that they would like a dossier."""

    class Meta:
        model = Wish

    deliberation = factory.SubFactory(DeliberationFactory)
    seat = factory.SubFactory(
        SeatFactory,
        committee=factory.SelfAttribute("..deliberation.committee"),
        declared=factory.SelfAttribute("..deliberation"),
    )
    leaning = Wish.Leaning.WANTED


class ExpertiseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Expertise

    seat = factory.SubFactory(SeatFactory)
    subject = "housing"


class PlanFactory(factory.django.DjangoModelFactory):
    """A computed plan to look at, made by who planned the round."""

    class Meta:
        model = Plan

    round = factory.SubFactory(RoundFactory)
    origin = Plan.Origin.COMPUTED
    status = Plan.Status.DRAFTED
    made_by = factory.SelfAttribute("round.created_by")

    class Params:
        applied = factory.Trait(status="applied", applied_at=factory.LazyFunction(timezone.now))
        undone = factory.Trait(
            applied=True, status="undone", undone_at=factory.LazyFunction(timezone.now)
        )


class PlannedPairFactory(factory.django.DjangoModelFactory):
    """A pair of a draft; `applied=True` makes it the assignment of an applied plan."""

    class Meta:
        model = PlannedPair

    deliberation = factory.SubFactory(DeliberationFactory)
    plan = factory.SubFactory(PlanFactory, round=factory.SelfAttribute("..deliberation.round"))
    seat = factory.SubFactory(
        SeatFactory,
        committee=factory.SelfAttribute("..deliberation.committee"),
        declared=factory.SelfAttribute("..deliberation"),
    )
    why = "Sans lien d’intérêt connu avec ce dossier."

    class Params:
        applied = factory.Trait(
            plan=factory.SubFactory(
                PlanFactory, applied=True, round=factory.SelfAttribute("..deliberation.round")
            ),
            assignment=factory.SubFactory(
                AssignmentFactory,
                deliberation=factory.SelfAttribute("..deliberation"),
                seat=factory.SelfAttribute("..seat"),
                why=factory.SelfAttribute("..why"),
            ),
        )


class GapFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Gap

    deliberation = factory.SubFactory(DeliberationFactory)
    plan = factory.SubFactory(PlanFactory, round=factory.SelfAttribute("..deliberation.round"))
    missing = 1
    why = "Les autres membres ont leur maximum de dossiers."


class RefusedLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RefusedLine

    plan = factory.SubFactory(PlanFactory, origin=Plan.Origin.FILE)
    number = factory.Sequence(lambda n: n + 1)
    text = "999 ; camille@example.gouv.fr"
    why = "Aucun dossier de ce tour n’a ce numéro."
