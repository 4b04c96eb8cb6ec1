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


def sufferers_of(irritant):
    """Who reported it, with and without an account, and who shares it."""
    merged = IrritantFactory(outside=True, status="merged", merged_into=irritant)
    return {
        irritant.author.email,
        SupportFactory(irritant=irritant).person.email,
        merged.reporter_email,
    }


def test_all_who_suffer_from_it_learn_that_it_is_taken_up(staff):
    irritant = IrritantFactory()
    people = sufferers_of(irritant)

    irritant.take_up(by=staff)

    assert (irritant.status, verbs(irritant)) == ("taken_up", ["irritant.taken_up"])
    assert {m.address for m in Message.objects.all()} == people


def test_all_who_suffer_from_it_learn_why_it_is_closed(staff):
    irritant = IrritantFactory(taken_up=True)
    people = sufferers_of(irritant)

    irritant.close(by=staff, reason="Un décret l’a réglé.")

    assert (irritant.status, verbs(irritant)) == ("closed", ["irritant.closed"])
    assert {m.address for m in Message.objects.all()} == people
    assert all("Un décret l’a réglé." in message.body for message in Message.objects.all())


def test_a_closed_irritant_is_published_again_without_its_reason(staff):
    irritant = IrritantFactory(closed=True)

    irritant.publish(by=staff)

    assert (irritant.status, irritant.closed_reason) == ("published", "")


def test_the_team_puts_it_under_a_theme(staff):
    irritant = IrritantFactory()

    irritant.classify(by=staff, theme="ecology")

    assert (irritant.theme, verbs(irritant)) == ("ecology", ["irritant.classified"])


def test_only_the_team_moderates():
    agent = UserFactory()

    with pytest.raises(Refused):
        IrritantFactory(reported=True).publish(by=agent)
    with pytest.raises(Refused):
        IrritantFactory().hide(by=agent, reason="Non.")
    with pytest.raises(Refused):
        IrritantFactory().take_up(by=agent)
    with pytest.raises(Refused):
        IrritantFactory().close(by=agent, reason="Non.")
    with pytest.raises(Refused):
        IrritantFactory().classify(by=agent, theme="ecology")


def test_a_user_of_the_service_reports_without_an_account_and_is_told(staff):
    irritant = Irritant.report(
        by=None, title="Attente", description="Trois heures.", email="Usager@Example.org"
    )
    assert (irritant.author, irritant.status) == (None, "reported")
    assert not Irritant.objects.visible_to(AnonymousUser()).exists()

    irritant.publish(by=staff)

    assert [m.address for m in Message.objects.all()] == ["usager@example.org"]


def test_one_says_me_too_once_and_may_take_it_back():
    irritant, agent = IrritantFactory(), UserFactory()

    irritant.support(by=agent)
    irritant.support(by=agent)
    assert Irritant.objects.counted().get().support_count == 1

    irritant.withdraw_support(by=agent)
    irritant.withdraw_support(by=agent)
    assert Irritant.objects.counted().get().support_count == 0
    assert verbs(irritant) == ["irritant.supported", "irritant.unsupported"]


@pytest.mark.parametrize("traits", [{"reported": True}, {"hidden": True}, {"closed": True}])
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
SEEN = {"visible_to", "reachable_by"}
SETTLED = {"hideable_by", "mergeable_by", "classifiable_by"}
REPORTED = {"author": SEEN, "staff": SEEN | SETTLED | {"publishable_by"}}
PUBLISHED = {
    "author": SEEN,
    "supporter": SEEN | {"supported_by"},
    "agent": SEEN | {"supportable_by"},
    "staff": SEEN | SETTLED | {"supportable_by", "takeable_by", "closable_by"},
    "anonymous": SEEN,
}
TAKEN_UP = PUBLISHED | {"staff": PUBLISHED["staff"] - {"takeable_by"}}
CLOSED = {
    "author": SEEN,
    "supporter": SEEN | {"supported_by"},
    "agent": SEEN,
    "staff": SEEN | {"publishable_by", "classifiable_by"},
    "anonymous": SEEN,
}
MERGED = {
    "author": SEEN,
    "supporter": {"reachable_by", "supported_by"},
    "agent": {"reachable_by"},
    "staff": SEEN,
    "anonymous": {"reachable_by"},
}
HIDDEN = {"author": SEEN, "staff": SEEN | {"publishable_by", "classifiable_by"}}
RIGHTS = sorted(PUBLISHED["staff"] | {"supported_by", "publishable_by"})


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize(
    ("traits", "rights"),
    [
        ({"reported": True}, REPORTED),
        ({}, PUBLISHED),
        ({"taken_up": True}, TAKEN_UP),
        ({"closed": True}, CLOSED),
        ({"merged": True}, MERGED),
        ({"hidden": True}, HIDDEN),
    ],
    ids=["reported", "published", "taken up", "closed", "merged", "hidden"],
)
def test_rights_on_an_irritant(who, right, traits, rights):
    if who == "supporter":
        rights = {"supporter": {"supported_by"}} | rights
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
        ({"closed": True, "closed_reason": " "}, "irritant_closed_has_its_reason"),
        ({"closed_reason": "Réglé."}, "irritant_closed_has_its_reason"),
        ({"merged": True, "merged_into": None}, "irritant_merged_into_another_when_merged"),
        ({"reporter_email": "a@b.fr"}, "irritant_reporter_has_an_account_or_an_address"),
    ],
)
def test_the_database_refuses(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        IrritantFactory(**fields)


def test_the_database_refuses_two_supports_of_one_person():
    support = SupportFactory()

    with pytest.raises(IntegrityError, match="support_once_per_person"):
        SupportFactory(irritant=support.irritant, person=support.person)
