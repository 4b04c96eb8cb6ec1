import factory

from calls.models import Extension, Inquiry
from tests.factories.accounts import UserFactory
from tests.factories.calls import CallFactory, ago, ahead, now


class ExtensionFactory(factory.django.DjangoModelFactory):
    """A week more than the others, in a call that closed yesterday."""

    class Meta:
        model = Extension

    call = factory.SubFactory(CallFactory, closed=True)
    person = factory.SubFactory(UserFactory)
    until = ahead(days=7)
    reason = "Une hospitalisation."
    granted_by = factory.SelfAttribute("call.published_by")

    class Params:
        over = factory.Trait(until=ago(hours=1))


class InquiryFactory(factory.django.DjangoModelFactory):
    """A question that awaits its answer; `answered=True` has it."""

    class Meta:
        model = Inquiry

    call = factory.SubFactory(CallFactory)
    text = "Un contractuel peut-il candidater ?"
    asked_by = factory.SubFactory(UserFactory)

    class Params:
        answered = factory.Trait(
            answer="Oui, sans condition de statut.",
            answered_at=now,
            answered_by=factory.SubFactory(UserFactory, staff=True),
        )
