import factory

from calls.models import CoApplicant, DepositOrder
from calls.models.link import digest_of
from tests.factories.accounts import UserFactory
from tests.factories.calls import ApplicationFactory, ago, ahead, now


class CoApplicantFactory(factory.django.DjangoModelFactory):
    """An invitation to write that awaits its answer, behind the link of `token`."""

    class Meta:
        model = CoApplicant
        exclude = ["token"]

    token = factory.Sequence(lambda n: f"invitation-{n}")
    application = factory.SubFactory(ApplicationFactory)
    email = factory.Sequence(lambda n: f"collegue{n}@example.gouv.fr")
    sent_at = ago(days=2)
    expires_at = ahead(days=12)
    token_digest = factory.LazyAttribute(lambda invitation: digest_of(invitation.token))

    class Params:
        reader = factory.Trait(role="reader")
        accepted = factory.Trait(
            status="accepted",
            answered_at=now,
            person=factory.SubFactory(UserFactory),
            email=factory.SelfAttribute("person.email"),
        )
        declined = factory.Trait(status="declined", answered_at=now)
        removed = factory.Trait(
            status="removed",
            removed_at=now,
            removed_by=factory.SelfAttribute("application.author"),
        )
        expired = factory.Trait(expires_at=ago(days=1))


class DepositOrderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DepositOrder

    application = factory.SubFactory(ApplicationFactory)
    asked_by = factory.SelfAttribute("application.author")
