from datetime import timedelta

import factory
from django.utils import timezone

from committees.models import (
    AgendaItem,
    Attendance,
    Dissent,
    Hearing,
    HearingPlan,
    HearingSlot,
    Minutes,
    MinutesAmendment,
    Proxy,
    Rectification,
    Sitting,
)
from committees.record import sections_of, title_of
from journal.models import Snapshot
from tests.factories.accounts import UserFactory
from tests.factories.committees import (
    CommitteeFactory,
    DeliberationFactory,
    SeatFactory,
)


def now():
    return factory.LazyFunction(timezone.now)


def ago(**delta):
    return factory.LazyFunction(lambda: timezone.now() - timedelta(**delta))


def ahead(**delta):
    return factory.LazyFunction(lambda: timezone.now() + timedelta(**delta))


def somebody():
    return factory.SubFactory(UserFactory)


class SittingFactory(factory.django.DjangoModelFactory):
    """A sitting planned in ten days, or convened, or held today: open, closed, adjourned."""

    class Meta:
        model = Sitting

    committee = factory.SubFactory(CommitteeFactory)
    meets_at = ahead(days=10)
    place = "Salle 4, 246 boulevard Saint-Germain, Paris"
    notice_days = 5

    class Params:
        convened = factory.Trait(
            status="convened", convened_at=ago(hours=1), convened_by=somebody()
        )
        due = factory.Trait(convened=True, convened_at=ago(days=7), meets_at=ago(minutes=1))
        open = factory.Trait(due=True, status="open", opened_at=now(), opened_by=somebody())
        closed = factory.Trait(open=True, status="closed", closed_at=now(), closed_by=somebody())
        adjourned = factory.Trait(
            open=True, status="adjourned", adjourned_at=now(), adjourned_by=somebody()
        )


class AgendaItemFactory(factory.django.DjangoModelFactory):
    """A dossier on the agenda of an open sitting; `open=True`: being examined, with its quorum."""

    class Meta:
        model = AgendaItem

    sitting = factory.SubFactory(SittingFactory, open=True)
    deliberation = factory.SubFactory(
        DeliberationFactory, committee=factory.SelfAttribute("..sitting.committee")
    )
    position = factory.LazyAttribute(lambda item: item.sitting.items.count() + 1)

    class Params:
        open = factory.Trait(
            status="open",
            opened_at=now(),
            opened_by=somebody(),
            composition=3,
            present=3,
            represented=0,
            needed=2,
            deliberation__open=True,
        )
        closed = factory.Trait(open=True, status="closed", deliberation__concluded=True)
        postponed = factory.Trait(status="postponed")


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    sitting = factory.SubFactory(SittingFactory, open=True)
    seat = factory.SubFactory(SeatFactory, committee=factory.SelfAttribute("..sitting.committee"))
    recorded_by = factory.SelfAttribute("seat.user")


class ProxyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Proxy

    sitting = factory.SubFactory(SittingFactory, open=True)
    principal = factory.SubFactory(
        SeatFactory, committee=factory.SelfAttribute("..sitting.committee")
    )
    holder = factory.SubFactory(SeatFactory, committee=factory.SelfAttribute("..sitting.committee"))
    recorded_by = factory.SelfAttribute("principal.user")


class MinutesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Minutes
        skip_postgeneration_save = True

    sitting = factory.SubFactory(SittingFactory, closed=True)
    snapshot = factory.LazyAttribute(
        lambda minutes: Snapshot.take(
            minutes.sitting,
            title=title_of(minutes.sitting),
            sections=sections_of(minutes.sitting),
        )
    )
    generated_by = somebody()

    class Params:
        signed = factory.Trait(
            sitting=factory.SubFactory(SittingFactory, closed=True, status="signed")
        )

    @factory.post_generation
    def signatures(self, create, signatures):
        if self.sitting.status == "signed":
            for capacity in ["chair", "secretary"]:
                self.signatures.create(capacity=capacity, signed_by=UserFactory())


class MinutesAmendmentFactory(factory.django.DjangoModelFactory):
    """A change of the first section, not composed."""

    class Meta:
        model = MinutesAmendment

    minutes = factory.SubFactory(MinutesFactory)
    heading = "Séance"
    before = factory.LazyAttribute(lambda amendment: amendment.minutes.snapshot.sections[0][1])
    after = factory.LazyAttribute(lambda amendment: f"{amendment.before} Et il pleuvait.")
    reason = "La salle a changé."
    amended_by = somebody()


class DissentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dissent

    item = factory.SubFactory(AgendaItemFactory, closed=True)
    seat = factory.SubFactory(
        SeatFactory, committee=factory.SelfAttribute("..item.sitting.committee")
    )
    text = "L’impact n’est pas démontré."


class RectificationFactory(factory.django.DjangoModelFactory):
    """An act under signed minutes; `signed=True` by both."""

    class Meta:
        model = Rectification
        skip_postgeneration_save = True

    minutes = factory.SubFactory(MinutesFactory, signed=True)
    number = factory.LazyAttribute(lambda act: act.minutes.rectifications.count() + 1)
    wrong = "Présents : 3."
    right = "Présents : 4."
    reason = "Une arrivée n’était pas notée."
    drafted_by = somebody()
    snapshot = factory.LazyAttribute(
        lambda act: Snapshot.take(
            act.minutes.sitting,
            title=f"Rectification n° {act.number}",
            sections=[("Ce qu’il faut lire", act.right)],
        )
    )

    @factory.post_generation
    def signed(self, create, signed):
        for capacity in ["chair", "secretary"] if signed else []:
            self.signatures.create(capacity=capacity, signed_by=UserFactory())


class HearingPlanFactory(factory.django.DjangoModelFactory):
    """The hearings of a sitting to come, to be chosen in five days; `invited=True`."""

    class Meta:
        model = HearingPlan

    sitting = factory.SubFactory(SittingFactory, convened=True)
    choose_before = ahead(days=5)

    class Params:
        invited = factory.Trait(invited_at=now(), invited_by=somebody())


class HearingSlotFactory(factory.django.DjangoModelFactory):
    """Half an hour of the sitting, after the slots that it has."""

    class Meta:
        model = HearingSlot

    plan = factory.SubFactory(HearingPlanFactory, invited=True)
    starts_at = factory.LazyAttribute(
        lambda slot: slot.plan.sitting.meets_at + timedelta(minutes=30 * slot.plan.slots.count())
    )
    ends_at = factory.LazyAttribute(lambda slot: slot.starts_at + timedelta(minutes=20))
    link = "https://visio.fabrique.example/salle-4"


class HearingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Hearing

    slot = factory.SubFactory(HearingSlotFactory)
    item = factory.SubFactory(
        AgendaItemFactory, sitting=factory.SelfAttribute("..slot.plan.sitting")
    )
    chosen_by = somebody()
