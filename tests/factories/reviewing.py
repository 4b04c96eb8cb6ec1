import factory
from django.utils import timezone

from committees.models import Calibration, Masking, Remark
from tests.factories.accounts import UserFactory
from tests.factories.committees import AssignmentFactory, DeliberationFactory, ago


class MaskingFactory(factory.django.DjangoModelFactory):
    """A blind dossier's check, awaited; it comes with a deliberation of its own."""

    class Meta:
        model = Masking
        django_get_or_create = ["deliberation"]

    deliberation = factory.SubFactory(DeliberationFactory, round__blind=True, unchecked=True)
    original = factory.SelfAttribute("deliberation.snapshot")


class CalibrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Calibration

    deliberation = factory.SubFactory(DeliberationFactory)
    marked_at = ago(hours=1)
    marked_by = factory.SubFactory(UserFactory, staff=True)

    class Params:
        revealed = factory.Trait(
            revealed_at=factory.LazyFunction(timezone.now),
            revealed_by=factory.SubFactory(UserFactory, staff=True),
        )


class RemarkFactory(factory.django.DjangoModelFactory):
    """What somebody wrote whose review is handed in."""

    class Meta:
        model = Remark

    deliberation = factory.SubFactory(DeliberationFactory)
    seat = factory.LazyAttribute(
        lambda remark: AssignmentFactory(deliberation=remark.deliberation, reviewed=True).seat
    )
    text = "L’équipe a déjà essayé cela en 2019."

    class Params:
        withdrawn = factory.Trait(text="", withdrawn_at=factory.LazyFunction(timezone.now))
