import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from base.lifecycle import Refused
from calls.models import Irritant
from journal.models import Event
from notifications.models import Message
from tests.factories import EntityFactory, IrritantFactory, SupportFactory, UserFactory


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def verbs(subject):
    return [event.verb for event in Event.objects.about(subject)]


def test_an_agent_reports_and_the_team_reads_first():
    agent, entity = UserFactory(), EntityFactory()

    irritant = Irritant.report(
        by=agent, title="Deux saisies", description="Les congés.", entity=entity
    )

    assert (irritant.status, irritant.author, irritant.entity) == ("reported", agent, entity)
    assert verbs(irritant) == ["irritant.reported"]


@pytest.mark.parametrize("traits", [{"reported": True}, {"hidden": True}])
def test_the_team_publishes_and_the_author_is_told(staff, traits):
    irritant = IrritantFactory(**traits)

    irritant.publish(by=staff)

    assert (irritant.status, irritant.moderated_by, irritant.hidden_reason) == (
        "published",
        staff,
        "",
    )
    assert verbs(irritant) == ["irritant.published"]
    assert [m.recipient for m in Message.objects.all()] == [irritant.author]


def test_the_team_hides_with_a_reason_that_the_author_reads(staff):
    irritant = IrritantFactory()

    irritant.hide(by=staff, reason="Un nom de personne y figure.")

    letter = Message.objects.get()
    assert irritant.status == "hidden"
    assert letter.recipient == irritant.author
    assert "Un nom de personne y figure." in letter.body
    assert verbs(irritant) == ["irritant.hidden"]


def test_only_the_team_moderates():
    with pytest.raises(Refused):
        IrritantFactory(reported=True).publish(by=UserFactory())
    with pytest.raises(Refused):
        IrritantFactory().hide(by=UserFactory(), reason="Non.")


def test_one_says_me_too_once_and_may_take_it_back():
    irritant, agent = IrritantFactory(), UserFactory()

    irritant.support(by=agent)
    irritant.support(by=agent)
    assert Irritant.objects.counted().get().support_count == 1

    irritant.withdraw_support(by=agent)
    irritant.withdraw_support(by=agent)
    assert Irritant.objects.counted().get().support_count == 0
    assert verbs(irritant) == ["irritant.supported", "irritant.unsupported"]


@pytest.mark.parametrize("traits", [{"reported": True}, {"hidden": True}])
def test_one_says_me_too_to_what_is_published(traits):
    with pytest.raises(Refused):
        IrritantFactory(**traits).support(by=UserFactory())


def test_nobody_supports_their_own_irritant():
    irritant = IrritantFactory()

    with pytest.raises(Refused):
        irritant.support(by=irritant.author)


@pytest.mark.parametrize(
    "words", ["penurie", "PÉNURIES", "eau", "l’eau", "sécheresses trop tard", "secheresse"]
)
def test_accents_endings_and_apostrophes_do_not_count_in_a_search(words):
    irritant = IrritantFactory()

    assert list(Irritant.objects.search(words)) == [irritant]


def test_a_search_finds_only_what_holds_every_word():
    IrritantFactory()

    assert not Irritant.objects.search("sécheresse neige").exists()


def test_what_looks_alike_is_found_the_closest_first():
    close = IrritantFactory(title="Sécheresse annoncée trop tard", description="Par la presse.")
    IrritantFactory(title="Deux saisies", description="Les congés.")

    assert list(Irritant.objects.similar_to("on annonce les sécheresses trop tardivement")) == [
        close
    ]


PEOPLE = {
    "author": lambda irritant: irritant.author,
    "supporter": lambda irritant: SupportFactory(irritant=irritant).person,
    "agent": lambda irritant: UserFactory(),
    "staff": lambda irritant: UserFactory(staff=True),
    "anonymous": lambda irritant: AnonymousUser(),
}
REPORTED = {
    "author": {"visible_to"},
    "staff": {"visible_to", "publishable_by", "hideable_by"},
}
PUBLISHED = {
    "author": {"visible_to"},
    "supporter": {"visible_to", "supported_by"},
    "agent": {"visible_to", "supportable_by"},
    "staff": {"visible_to", "supportable_by", "hideable_by"},
    "anonymous": {"visible_to"},
}
HIDDEN = {"author": {"visible_to"}, "staff": {"visible_to", "publishable_by"}}
RIGHTS = ["visible_to", "supportable_by", "supported_by", "publishable_by", "hideable_by"]


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize(
    ("traits", "rights"),
    [({"reported": True}, REPORTED), ({}, PUBLISHED), ({"hidden": True}, HIDDEN)],
    ids=["reported", "published", "hidden"],
)
def test_rights_on_an_irritant(who, right, traits, rights):
    if who == "supporter" and traits:
        rights = rights | {"supporter": {"supported_by"}}
    irritant = IrritantFactory(**traits)
    user = PEOPLE[who](irritant)

    granted = getattr(Irritant.objects, right)(user).contains(irritant)

    assert granted == (right in rights.get(who, set()))


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"hidden": True, "hidden_reason": " "}, "irritant_hidden_has_its_reason"),
        ({"hidden_reason": "Motif."}, "irritant_hidden_has_its_reason"),
        ({"status": "reported"}, "irritant_moderated_at_unless_just_reported"),
    ],
)
def test_the_database_refuses(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        IrritantFactory(**fields)


def test_the_database_refuses_two_supports_of_one_person():
    support = SupportFactory()

    with pytest.raises(IntegrityError, match="support_once_per_person"):
        SupportFactory(irritant=support.irritant, person=support.person)
