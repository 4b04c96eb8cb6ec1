"""In a blind round nothing that a member can open says whose a dossier is."""

import io
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader
from pytest_django.asserts import assertContains, assertNotContains

from base.lifecycle import Refused
from committees.models import Deliberation, Minutes, Round
from notifications.models import Message
from tests.committees.room import Room, decided
from tests.factories import (
    AgendaItemFactory,
    ApplicationFactory,
    ApprovalFactory,
    AssignmentFactory,
    AttachmentFactory,
    CallFactory,
    CoApplicantFactory,
    CommitteeFactory,
    EntityFactory,
    RoundFactory,
    SeatFactory,
    SittingFactory,
    TermReviewFactory,
    UserFactory,
)


CANARY = "canari"
QUESTIONS = [
    {"kind": "long", "label": "Quel problème ?"},
    {"kind": "short", "label": "Qui êtes-vous ?", "names_people": True},
    {"kind": "files", "label": "Votre organigramme", "names_people": True},
    {"kind": "files", "label": "Une maquette ?"},
]


@pytest.fixture
def staff():
    return UserFactory(staff=True)


@pytest.fixture
def application():
    """A dossier that says « canari » wherever it says whose it is."""
    service = EntityFactory(name="Direction Canariservice", acronym="CANARIS")
    author = UserFactory(
        email="canari.auteur@example.gouv.fr", last_name="Canariauteur", entity=service
    )
    application = ApplicationFactory(
        call=CallFactory(questions=QUESTIONS),
        author=author,
        entity=service,
        admissible=True,
        answers={"q1": "L’eau manque.", "q2": "Une équipe de Canariville."},
    )
    CoApplicantFactory(
        application=application,
        accepted=True,
        person=UserFactory(last_name="Canaricollègue", email="canari.collegue@example.gouv.fr"),
    )
    ApprovalFactory(
        application=application,
        approved=True,
        manager_name="Camille Canarichef",
        manager_email="canari.chef@example.gouv.fr",
    )
    content = b"%PDF-1.7 canari"
    AttachmentFactory(application=application, key="q3", name="canari.pdf", content=content)
    AttachmentFactory(application=application, key="q4", name="plan.pdf")
    return application


@pytest.fixture
def room(application, staff):
    return session_on(application, staff, blind=True)


def session_on(application, staff, *, blind):
    """The dossier before a committee in session, through the verb that sends it there."""
    committee = CommitteeFactory()
    round = RoundFactory(committee=committee, blind=blind)
    deliberation = application.examine(by=staff, round=round)
    if blind:
        deliberation.masking.approve(by=staff)
    sitting = SittingFactory(committee=committee, open=True)
    item = AgendaItemFactory(sitting=sitting, deliberation=deliberation)
    room = Room(sitting, item, None, None)
    room.chair, room.secretary = room.seat(chair=True), room.seat(secretary=True)
    room.members = [room.seat() for _ in range(2)]
    return room


def read_by(client, person, room):
    """Every page, file and paper that a person may open from where a member begins: path → text."""
    client.force_login(person)
    deliberation, sitting = room.deliberation, room.sitting
    names = ["deliberation", "review", "assignments", "interest", "decision"]
    awaiting = ["/mon-espace/", "/mon-espace/messages/", "/comites/", "/comites/deliberations/"]
    awaiting += [reverse(f"committees:{name}", args=[deliberation.pk]) for name in names[:4]]
    awaiting += [reverse("committees:interests", args=[deliberation.round_id])]
    awaiting += [reverse(f"committees:{n}", args=[sitting.pk]) for n in ["minutes", "minutes-pdf"]]
    pages = {}
    while awaiting:
        path = awaiting.pop()
        if path in pages or path.startswith("/comptes/"):
            continue
        pages[path] = text = words_of(client.get(path))
        awaiting += re.findall(r'(?:href|src)="(/[^"#?]*)', text)
    return pages


def words_of(response):
    if response.status_code != 200:
        return ""
    content = b"".join(response) if response.streaming else response.content
    if content.startswith(b"%PDF") and b"%%EOF" in content:
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8", "replace")


def telling(pages):
    return sorted(path for path, text in pages.items() if CANARY in text.lower())


def concluded(room):
    """The same room once it has voted, decided and signed its minutes."""
    decided(room)
    room.deliberation.conclude(by=room.chair.user, outcome="selected")
    room.sitting.close(by=room.chair.user)
    minutes = Minutes.generate(by=room.secretary.user, sitting=room.sitting)
    for seat in [room.chair, room.secretary]:
        minutes.sign(by=seat.user)
    return room


def newcomer(room):
    """A member who has declared nothing yet."""
    return SeatFactory(committee=room.sitting.committee).user


def reviewer(room):
    seat = room.members[0]
    AssignmentFactory(deliberation=room.deliberation, seat=seat, accepted=True)
    return seat.user


def voter(room):
    return concluded(room).members[0].user


READERS = {"who declares": newcomer, "who reviews": reviewer, "who has voted": voter}


@pytest.mark.parametrize("reader", READERS)
def test_no_page_nor_paper_tells_whose_it_is(client, room, reader):
    person = READERS[reader](room)

    pages = read_by(client, person, room)

    assert telling(pages) == []
    assert any(str(room.deliberation) in text for text in pages.values())
    members = room.sitting.committee.seats.values("user")
    letters = Message.objects.filter(recipient__in=members)
    assert CANARY not in " ".join(f"{m.subject} {m.body}" for m in letters).lower()


@pytest.mark.parametrize("reader", READERS)
def test_the_same_walk_tells_it_in_a_round_that_is_not_blind(client, application, staff, reader):
    room = session_on(application, staff, blind=False)

    assert telling(read_by(client, READERS[reader](room), room))


def test_what_is_frozen_holds_the_rest_word_for_word(room, application):
    sections = dict(room.deliberation.snapshot.sections)

    assert list(sections) == ["Appel à candidatures", "Quel problème ?", "Une maquette ?"]
    assert sections["Quel problème ?"] == "L’eau manque."
    assert [file.name for file in room.deliberation.enclosures()] == ["plan.pdf"]
    assert room.deliberation.snapshot.is_genuine
    assert application.freeze() != room.deliberation.snapshot


def test_no_name_nor_service_can_be_searched(client, room):
    client.force_login(reviewer(room))

    for word in ["Canariauteur", "Canariservice", "Canariville"]:
        response = client.get("/comites/deliberations/", {"text": word})
        assertNotContains(response, room.deliberation.snapshot.title)


def test_a_member_of_the_service_is_kept_away_all_the_same(application, staff):
    committee = CommitteeFactory()
    near = SeatFactory(committee=committee, user__entity=application.entity).user

    deliberation = application.examine(
        by=staff, round=RoundFactory(committee=committee, blind=True)
    )

    assert near in [interest.person for interest in deliberation.interests.standing()]
    assert not Deliberation.objects.visible_to(near).exists()


def test_the_page_says_that_the_round_is_blind(client, room):
    client.force_login(reviewer(room))

    assertContains(client.get(room.deliberation.get_absolute_url()), "masqué : tour à l’aveugle")
    assertContains(client.get(room.deliberation.round.get_absolute_url()), "à l’aveugle")


@pytest.mark.parametrize("blind", [True, False])
def test_a_round_stays_blind_or_not(blind):
    round = RoundFactory(blind=blind)

    with pytest.raises(IntegrityError, match="round_stays_blind_or_not"), transaction.atomic():
        Round.objects.filter(pk=round.pk).update(blind=not blind)

    assert Round.objects.get().blind is blind


def test_the_team_knows_it_where_it_sends_dossiers(client, application, staff):
    client.force_login(staff)
    committee = application.call.committee
    RoundFactory(committee=committee, name="Tour 1", blind=True)
    RoundFactory(committee=committee, name="Tour 2")

    response = client.get(reverse("calls:referral", args=[application.call.slug]))

    assertContains(response, "Tour 1, à l’aveugle</option>")
    assertContains(response, "Tour 2</option>")


def test_what_cannot_be_told_without_its_people_is_refused(staff):
    review = TermReviewFactory(submitted=True)

    with pytest.raises(Refused, match="qui n’est pas à l’aveugle"):
        review.examine(by=staff, round=RoundFactory(blind=True))


def test_the_team_makes_a_round_blind_when_it_plans_it(client, staff):
    client.force_login(staff)
    committee = CommitteeFactory()
    address = reverse("committees:round-new", args=[committee.pk])
    model = RoundFactory(committee=committee)
    typed = {
        "grid": model.grid_id,
        "name": "À l’aveugle",
        "opens_at": "2099-01-01T08:00",
        "soft_closes_at": "2099-02-01T08:00",
        "closes_at": "2099-03-01T08:00",
        "reviews_wanted": 3,
        "blind": "on",
        "reading": "after_mine",
    }

    client.post(address, typed)

    assert Round.objects.get(name="À l’aveugle").blind
