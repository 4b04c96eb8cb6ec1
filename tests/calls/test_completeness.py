import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from base.calendar import today
from calls.models import Application, Correction, Export
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    AttachmentFactory,
    CallFactory,
    UserFactory,
)


FILES = [{"kind": "files", "label": "Une maquette ?"}]


def joined(state):
    """A deposit whose only answer is a file in a state."""
    call = CallFactory(questions=FILES)
    application = ApplicationFactory(call=call, answers={}, deposited=True)
    AttachmentFactory(application=application, key="q1", state=state)
    return application


def taken_away():
    """A refused file that its answer no longer names."""
    application = joined("accepted")
    kept = application.answers.get().text
    AttachmentFactory(application=application, key="q1", state="refused")
    application.answers.update(text=kept)
    return application


def corrected():
    application = ApplicationFactory()
    application.deposit(by=application.author)
    Correction.request(
        application,
        by=UserFactory(staff=True),
        keys=["q1"],
        words="Précisez.",
        ends_on=today() + timezone.timedelta(days=5),
    )
    return application


def signed(**traits):
    return ApprovalFactory(
        application__call__approval_required=True, application__deposited=True, **traits
    ).application


STATES = {
    "answered": lambda: ApplicationFactory(deposited=True),
    "signed": lambda: signed(approved=True),
    "signed under conditions": lambda: signed(conditional=True),
    "a file": lambda: joined("accepted"),
    "a file that waits": lambda: joined("pending"),
    "a refused file taken away": taken_away,
    "not signed, and nobody asks": lambda: (
        ApprovalFactory(application__deposited=True, refused=True).application
    ),
}
GAPS = {
    "not answered by the manager": lambda: signed(),
    "refused by the manager": lambda: signed(refused=True),
    "a signature that lapsed": lambda: signed(lapsed=True),
    "a refused file": lambda: joined("refused"),
    "a complement awaited": corrected,
}


@pytest.mark.parametrize("state", [*STATES, *GAPS])
def test_a_deposit_is_complete_when_and_only_when_it_has_no_gap(state):
    application = (STATES | GAPS)[state]()
    whole = Application.objects.filter(pk=application.pk)

    application = whole.get()
    has_gaps = bool(application.gaps()) or application.correction is not None

    assert has_gaps == (state in GAPS)
    assert whole.complete().exists() is not has_gaps
    assert whole.incomplete().exists() is has_gaps
    assert whole.with_completeness().get().lacks is has_gaps


def test_the_desk_its_views_and_its_exports_ask_for_it(client):
    client.force_login(UserFactory(staff=True))
    complete, incomplete = STATES["signed"](), GAPS["refused by the manager"]()
    address = reverse("calls:desk")

    found = {
        value: [row.pk for row in client.get(f"{address}?complet={value}").context["page"]]
        for value in ["oui", "non", "x"]
    }
    told = client.get(f"{address}?complet=non&col=complet")
    view = {"name": "À compléter", "query": "complet=non&col=complet"}
    kept = client.post(reverse("calls:saved-view-new"), view)
    client.post(reverse("calls:export-new"), {"query": view["query"], "format": "csv"})

    assert (found["oui"], found["non"]) == ([complete.pk], [incomplete.pk])
    assert [cell for _row, cells in told.context["rows"] for _key, cell in cells] == ["incomplet"]
    assertContains(told, "un complément est attendu")
    assert kept.url == f"{address}?{view['query']}"
    assert Export.objects.get().subjects == [incomplete.pk]
