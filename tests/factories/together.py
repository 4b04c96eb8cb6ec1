import hashlib
from uuid import uuid4

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from calls.models import Attachment, CoApplicant, DepositOrder
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


class AttachmentFactory(factory.django.DjangoModelFactory):
    """A PDF joined to the answer `q4`, kept in the storage."""

    class Meta:
        model = Attachment
        exclude = ["content"]
        skip_postgeneration_save = True

    content = b"%PDF-1.7 note"
    application = factory.SubFactory(ApplicationFactory)
    key = "q4"
    name = "note.pdf"
    type = "application/pdf"
    path = factory.LazyAttribute(
        lambda file: default_storage.save(f"joined/aa/{uuid4().hex}", ContentFile(file.content))
    )
    size = factory.LazyAttribute(lambda file: len(file.content))
    digest = factory.LazyAttribute(lambda file: hashlib.sha256(file.content).hexdigest())
    state = "accepted"
    added_by = factory.SelfAttribute("application.author")

    class Params:
        pending = factory.Trait(state="pending")
        refused = factory.Trait(state="refused")

    @factory.post_generation
    def answer(self, create, _extracted):
        answer, _created = self.application.answers.get_or_create(
            key=self.key, defaults={"edited_by": self.added_by}
        )
        answer.text = "\n".join(filter(None, [answer.text, str(self.pk)]))
        answer.save()
