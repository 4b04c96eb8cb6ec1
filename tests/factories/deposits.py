import factory

from calls.models import AmendedAnswer, Amendment, Correction
from tests.factories.accounts import UserFactory
from tests.factories.calls import ApplicationFactory, ago, ahead, now


class AmendmentFactory(factory.django.DjangoModelFactory):
    """The changes to a deposit, open; `aside=True` was dropped."""

    class Meta:
        model = Amendment

    application = factory.SubFactory(ApplicationFactory, deposited=True)
    opened_by = factory.SelfAttribute("application.author")
    title = "Alerte partagée"
    entity = factory.SelfAttribute("application.entity")
    edited_at = now

    class Params:
        aside = factory.Trait(closed_at=now)


class AmendedAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AmendedAnswer

    amendment = factory.SubFactory(AmendmentFactory)
    key = "q1"
    text = "Les maires apprennent trop tard la pénurie d’eau."
    version = 2
    edited_by = factory.SelfAttribute("amendment.opened_by")


class CorrectionFactory(factory.django.DjangoModelFactory):
    """A request for more about the first question, awaited for a week; `overdue=True` is past."""

    class Meta:
        model = Correction

    application = factory.SubFactory(
        ApplicationFactory, deposited=True, call__closed=True, status="in_correction"
    )
    amendment = factory.SubFactory(
        AmendmentFactory,
        application=factory.SelfAttribute("..application"),
        title=factory.SelfAttribute("application.title"),
        edited_at=None,
    )
    keys = ["q1"]
    words = "Précisez pour qui."
    ends_at = ahead(days=7)
    requested_at = ago(days=2)
    requested_by = factory.SubFactory(UserFactory, staff=True)

    class Params:
        overdue = factory.Trait(ends_at=ago(days=1))
