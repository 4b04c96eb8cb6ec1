import factory

from calls.models import Extension
from tests.factories.accounts import UserFactory
from tests.factories.calls import CallFactory, ago, ahead


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
