"""On a call without a closing nothing ever names one: no countdown, no empty date, in no state."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from calls import tasks
from calls.calendar import calendar_of
from calls.models import Correction
from committees.models import Sense
from notifications.models import Message
from tests.calls.releasing import release
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    CallFactory,
    CoApplicantFactory,
    DecisionFactory,
    DeliberationFactory,
    RoundFactory,
    UserFactory,
)
from tests.journeys.page import Page


# What may be said of a closing where there is none: that there is none, or that one may come.
TRUE = [
    "Sans date de clôture : déposez quand vous êtes prêt.",
    "sans date de clôture",
    "Clôture aucune : appel permanent",
    "Annoncer la clôture",
    "ce que vous annonciez sa clôture",
    "Cet appel n’a pas de clôture",
    "Une prolongation a un sens une fois la clôture annoncée.",
    "n’est pas publié, n’a pas de clôture",
    "Cet appel est permanent : il n’a pas de clôture.",
    "Clôture Dossiers déposés",  # the headings of the team's list
    "sa clôture s’annonce plus tard",
    "Clôture (heure de Paris)",
    "Après la clôture, pour finir une candidature commencée avant elle.",
]
FALSE = re.compile(r"None|lôture|Il reste|C’est fini|ferme le|[Cc]los depuis|s’est clos|se clôt")
EMPTY = re.compile(r"(?:\b(?:le|au|du|depuis)|jusqu’au)\s*(?:[.,;)]|: |$)")
STATES = {}
CARRIED = [
    *["application", "writing", "deposit", "amendment", "co-applicant-list", "approval-request"],
    *["receipt", "version-list", "withdrawal"],
]
PUBLIC = ["call", "inquiry-list", "application-start"]
PREPARED = [
    *["team-call", "team-call-edit", "team-call-preview", "team-call-copy", "team-call-closing"],
    *["personal-extensions", "referral", "results", "team-call-questions", "form-versions"],
]


def state(make):
    STATES[make.__name__.replace("_", " ")] = make
    return make


@state
def blank(staff):
    return ApplicationFactory(call__rolling=True, blank=True)


@state
def draft(staff):
    return ApplicationFactory(call__rolling=True, call__grace_minutes=30)


@state
def drowsy(staff):
    return ApplicationFactory(dormant=True, edited_at=timezone.now() - timedelta(days=170))


@state
def dormant(staff):
    return ApplicationFactory(dormant=True)


@state
def deposited(staff):
    application = draft(staff)
    application.deposit(by=application.author)
    return application


@state
def amended(staff):
    application = deposited(staff)
    application.amend(by=application.author)
    return application


@state
def to_complete(staff):
    application = deposited(staff)
    ends_on = timezone.localdate() + timedelta(days=9)
    Correction.request(application, by=staff, keys=["q1"], words="Précisez.", ends_on=ends_on)
    return application


@state
def admissible(staff):
    application = deposited(staff)
    application.admit(by=staff)
    return application


@state
def inadmissible(staff):
    application = deposited(staff)
    application.dismiss(by=staff, reason="Hors du champ.")
    return application


@state
def examined(staff):
    application = admissible(staff)
    application.examine(by=staff, round=RoundFactory(committee=application.call.committee))
    return application


@state
def decided(staff):
    application = ApplicationFactory(call__rolling=True, selected=True)
    round = RoundFactory(committee=application.call.committee)
    deliberation = DeliberationFactory(subject=application, round=round, concluded=True)
    DecisionFactory(deliberation=deliberation, outcome="selected", sense=Sense.FAVOURABLE)
    return application


@state
def told(staff):
    application = decided(staff)
    round = application.deliberation().round
    release(application.call, by=staff, round=round)
    return application


@state
def withdrawn(staff):
    application = deposited(staff)
    application.withdraw(by=application.author)
    return application


def addresses(names, *args):
    return [reverse(f"calls:{name}", args=args) for name in names]


def faults_in(text):
    """Each thing that a text wrongly says of a closing, with the words around it."""
    text = re.sub(r"\s+", " ", text)
    for sentence in TRUE:
        text = text.replace(sentence, "")
    found = [*FALSE.finditer(text), *EMPTY.finditer(text)]
    return [text[max(0, match.start() - 60) : match.end() + 60] for match in found]


def read(client, person, pages):
    """(address, fault) of each page that this person may read and that is wrong."""
    client.force_login(person)
    for address in pages:
        response = client.get(address, follow=True)
        if response.status_code == 200:
            page = Page(address, response)
            for fault in faults_in(f"{page.title} {page.text}"):
                yield address, fault


def without_its_correction(faults):
    """A correction has a date of its own, that is counted down."""
    return [(address, fault) for address, fault in faults if "Il reste" not in fault]


def invite_and_ask(application):
    """Letters that name a closing where there is one: a reminder to a manager, to a colleague."""
    soon, past = timezone.now() + timedelta(days=2), timezone.now() - timedelta(days=9)
    CoApplicantFactory(application=application, sent_at=past, expires_at=soon)
    ApprovalFactory(application=application, sent_at=past, expires_at=soon)


@pytest.mark.parametrize("name", STATES)
def test_nothing_names_a_closing_that_does_not_exist(name, client):
    staff, stranger = UserFactory(staff=True), UserFactory()
    application = STATES[name](staff)
    if application.status == "draft":
        invite_and_ask(application)
    call = application.call

    carried = addresses(CARRIED, application.pk) + addresses(["application-list"])
    public = addresses(PUBLIC, call.slug) + addresses(["call-list"]) + ["/", "/mon-espace/"]
    team = addresses(PREPARED, call.slug) + addresses(["team-application"], application.pk)
    team += addresses(["team-call-list", "desk"]) + ["/equipe/", "/mon-espace/"]
    faults = [
        *read(client, application.author, carried + public),
        *read(client, stranger, public),
        *read(client, staff, team + public),
    ]

    if application.status == "in_correction":
        faults = without_its_correction(faults)
    assert faults == []
    assert faults_in(calendar_of(call).decode()) == []


@pytest.mark.parametrize("name", STATES)
def test_no_letter_names_a_closing_that_does_not_exist(name):
    application = STATES[name](UserFactory(staff=True))
    if application.status == "draft":
        invite_and_ask(application)

    for task in [
        *[tasks.remind_drafts, tasks.rest_drafts, tasks.expire_drafts],
        *[tasks.carry_out_deposit_orders, tasks.remind_awaited_approvals],
        *[tasks.remind_awaited_invitations, tasks.expire_corrections],
    ]:
        task()

    letters = Message.objects.values_list("subject", "body")
    assert [fault for letter in letters for text in letter for fault in faults_in(text)] == []


@pytest.mark.parametrize("traits", [{"draft": True}, {"upcoming": True}, {}])
def test_no_page_of_an_empty_call_names_one_either(traits, client):
    call = CallFactory(rolling=True, grace_minutes=30, **traits)

    pages = addresses(PREPARED + PUBLIC, call.slug) + addresses(["team-call-list", "call-list"])

    assert list(read(client, UserFactory(staff=True), pages)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Clôture : None",
        "L’appel ferme le .",
        "Il reste 3 jours",
        "Déposez jusqu’au , sinon rien.",
        "Tout est enregistré depuis le .",
    ],
)
def test_the_net_catches_what_it_looks_for(text):
    assert faults_in(text)
    assert faults_in("Sans date de clôture : déposez quand vous êtes prêt.") == []
