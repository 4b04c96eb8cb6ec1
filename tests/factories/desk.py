from datetime import timedelta

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from calls.models import Classification, Export, SavedView
from tests.factories.accounts import UserFactory
from tests.factories.calls import ApplicationFactory


class ClassificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Classification

    application = factory.SubFactory(ApplicationFactory, deposited=True)
    theme = "ecology"
    classified_by = factory.SubFactory(UserFactory, staff=True)


class SavedViewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SavedView

    person = factory.SubFactory(UserFactory, staff=True)
    name = factory.Sequence(lambda n: f"Vue {n}")
    query = "etat=deposited"


def stored(export):
    return default_storage.save(f"exports/test.{export.format}", ContentFile(b"Un fichier."))


class ExportFactory(factory.django.DjangoModelFactory):
    """Asked for and not begun; `ready=True` has its file, `old=True` kept it long enough."""

    class Meta:
        model = Export

    person = factory.SubFactory(UserFactory, staff=True)
    format = "csv"
    subjects = factory.LazyFunction(list)

    class Params:
        running = factory.Trait(status="running", claimed_at=factory.LazyFunction(timezone.now))
        dead = factory.Trait(
            status="running",
            claimed_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1)),
        )
        ready = factory.Trait(
            status="ready",
            path=factory.LazyAttribute(stored),
            ready_at=factory.LazyFunction(timezone.now),
        )
        old = factory.Trait(
            ready=True, ready_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=8))
        )
        failed = factory.Trait(status="failed", failure="Le disque est plein.")
