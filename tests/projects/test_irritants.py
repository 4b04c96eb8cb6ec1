"""From impact back to the first report."""

from datetime import date, timedelta

from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from base.calendar import today
from calls.models import Irritant
from journal.models import Event
from notifications.models import Message
from projects.irritant_thread import thread_of
from projects.models import Project
from tests.factories import (
    ApplicationFactory,
    IndicatorFactory,
    IrritantFactory,
    ObservationFactory,
    ProjectFactory,
    PromotionFactory,
    SupportFactory,
    UserFactory,
)


def opened_from(irritant, **fields):
    application = ApplicationFactory(selected=True, told=True, irritant=irritant, **fields)
    return Project.open_from(
        application,
        by=UserFactory(staff=True),
        promotion=PromotionFactory(),
        anchor=date(2026, 8, 31),
    )


def told():
    return {m.address: m.subject for m in Message.objects.filter(notice="calls/irritant_bore")}


def test_all_who_suffer_from_it_learn_which_project_it_gave():
    irritant = IrritantFactory()
    supporter = SupportFactory(irritant=irritant).person
    outside = IrritantFactory(outside=True, status="merged", merged_into=irritant)

    opened_from(irritant)

    irritant.refresh_from_db()
    assert irritant.status == "taken_up"
    assert [e.verb for e in Event.objects.about(irritant)] == ["irritant.bore"]
    subject = "Votre irritant a donné le projet « Alerte sécheresse »"
    letters = {who: words.replace("\u00a0", " ") for who, words in told().items()}
    assert letters == dict.fromkeys(
        [irritant.author.email, supporter.email, outside.reporter_email], subject
    )


def test_whoever_carries_the_project_is_not_told_twice():
    irritant = IrritantFactory()

    opened_from(irritant, author=irritant.author)

    assert told() == {}


def test_a_project_of_a_merged_irritant_is_the_survivor_s():
    survivor, supporter = IrritantFactory(), UserFactory()
    merged = IrritantFactory(status="merged", merged_into=survivor)
    survivor.support(by=supporter)

    project = opened_from(merged)

    people = [survivor.author, merged.author, supporter]
    assert set(told()) == {person.email for person in people}
    assert project.irritant() == survivor


def test_the_page_goes_from_impact_back_to_the_first_report(client):
    first = IrritantFactory(reported_at=timezone.now() - timedelta(days=400))
    later = IrritantFactory(
        status="merged", merged_into=first, reported_at=timezone.now() - timedelta(days=300)
    )
    application = ApplicationFactory(selected=True, told=True, irritant=later)
    project = ProjectFactory(application=application, published=True)
    indicator = IndicatorFactory(project=project, public=True, name="Usagers", unit="préfets")
    ObservationFactory(indicator=indicator, on=today(), value=12)

    said = [step.title.replace("\u00a0", " ") for step in thread_of(first, UserFactory())]

    assert said == [
        "Usagers : 12 préfets",
        "Le projet « Alerte sécheresse » commence",
        "Signalé de nouveau",
        "Signalé une première fois",
    ]
    page = client.get(first.get_absolute_url())
    assertContains(page, project.get_absolute_url())
    assertContains(client.get(project.get_absolute_url()), first.get_absolute_url())


def test_a_project_that_is_not_published_is_not_named_on_the_page(client):
    irritant = IrritantFactory()
    application = ApplicationFactory(selected=True, told=True, irritant=irritant)
    project = ProjectFactory(application=application, title="Secret")

    assertNotContains(client.get(irritant.get_absolute_url()), "Secret")
    client.force_login(UserFactory(staff=True))
    assertContains(client.get(irritant.get_absolute_url()), project.title)


def test_a_project_does_not_lead_to_an_irritant_that_is_hidden(client):
    application = ApplicationFactory(
        selected=True, told=True, irritant=IrritantFactory(hidden=True)
    )
    project = ProjectFactory(application=application, published=True)

    assert project.irritant() is None
    assertNotContains(client.get(project.get_absolute_url()), "D’où il vient")


def test_the_thread_says_how_it_was_settled():
    irritant = IrritantFactory(closed=True)

    said = [step.title for step in thread_of(irritant, UserFactory())]

    assert sorted(said) == ["L’irritant est clos", "Signalé une première fois"]
    assert Irritant.objects.get().closed_reason in {
        step.text for step in thread_of(irritant, UserFactory())
    }
