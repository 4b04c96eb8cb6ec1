import pytest

from base.lifecycle import Refused
from calls.models import Application
from calls.models.answer import Entry
from calls.models.heading import HEADING
from journal.models import Event
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    EntityFactory,
    IrritantFactory,
    UserFactory,
)


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def verbs(subject):
    return [event.verb for event in Event.objects.about(subject)]


def fresh(application):
    return Application.objects.get(pk=application.pk)


def test_starting_opens_a_draft_in_one_s_own_service_from_an_irritant():
    agent, irritant = UserFactory(), IrritantFactory()

    application = Application.start(by=agent, call=CallFactory(), irritant=irritant)

    assert (application.status, application.author) == ("draft", agent)
    assert (application.entity, application.irritant) == (agent.entity, irritant)
    assert verbs(application) == ["application.started"]


def test_starting_again_finds_the_same_draft():
    agent, call = UserFactory(), CallFactory()

    drafts = [Application.start(by=agent, call=call) for _time in range(2)]

    assert drafts[0] == drafts[1]
    assert verbs(drafts[0]) == ["application.started"]


@pytest.mark.parametrize("traits", [{"upcoming": True}, {"closed": True}, {"in_grace": True}])
def test_nobody_starts_outside_the_opening(traits):
    with pytest.raises(Refused, match="n’est pas ouvert"):
        Application.start(by=UserFactory(), call=CallFactory(**traits))


def test_what_is_typed_is_kept_field_by_field():
    application = ApplicationFactory(blank=True)
    author, irritant = application.author, IrritantFactory()

    conflicts = application.write(
        by=author,
        entries=[
            Entry("title", "Alerte", 0),
            Entry("irritant", irritant, 0),
            Entry("q1", "Un problème.", 0),
        ],
    )

    application = fresh(application)
    answer = application.answers.get()
    assert conflicts == []
    assert (application.title, application.irritant) == ("Alerte", irritant)
    assert [application.version_of(key) for key in HEADING] == [1, 0, 1]
    assert (answer.key, answer.text, answer.version) == ("q1", "Un problème.", 1)
    assert answer.edited_by == author
    assert application.first_edited_at == application.edited_at is not None
    assert verbs(application) == []


def test_a_stale_version_overwrites_nothing_and_both_texts_come_back():
    application = ApplicationFactory(answers={"q1": "Premier texte."})
    author = application.author
    application.write(by=author, entries=[Entry("q1", "Celui de l’autre onglet.", 1)])

    conflicts = fresh(application).write(
        by=author, entries=[Entry("q1", "Le mien.", 1), Entry("q2", "Sans conflit.", 0)]
    )

    assert conflicts == [("q1", "Le mien.", "Celui de l’autre onglet.", 2)]
    assert fresh(application).value_of("q1") == "Celui de l’autre onglet."
    assert fresh(application).value_of("q2") == "Sans conflit."


def test_a_stale_heading_overwrites_nothing():
    application = ApplicationFactory()
    author = application.author
    application.write(by=author, entries=[Entry("title", "Nouveau nom", 0)])

    conflicts = fresh(application).write(by=author, entries=[Entry("title", "Autre nom", 0)])

    assert conflicts == [("title", "Autre nom", "Nouveau nom", 1)]


def test_two_fields_of_the_heading_are_not_in_conflict():
    application = ApplicationFactory()
    author, entity, irritant = application.author, EntityFactory(), IrritantFactory()
    tabs = [fresh(application) for _field in HEADING]

    entries = [
        Entry("title", "Alerte", 0),
        Entry("entity", entity, 0),
        Entry("irritant", irritant, 0),
    ]
    conflicts = [tab.write(by=author, entries=[e]) for tab, e in zip(tabs, entries, strict=True)]

    stored = fresh(application)
    assert conflicts == [[], [], []]
    assert [stored.value_of(key) for key in HEADING] == ["Alerte", entity, irritant]
    assert [stored.version_of(key) for key in HEADING] == [1, 1, 1]


def test_saving_what_is_already_there_changes_nothing():
    application = ApplicationFactory(answers={"q1": "Le texte."})
    edited_at = application.edited_at

    assert application.write(by=application.author, entries=[Entry("q1", "Le texte.", 0)]) == []
    assert (fresh(application).version_of("q1"), fresh(application).edited_at) == (1, edited_at)


def test_in_grace_only_those_who_were_writing_go_on():
    call = CallFactory(in_grace=True)
    before = ApplicationFactory(call=call)
    after = ApplicationFactory(call=call, blank=True)

    before.write(by=before.author, entries=[Entry("q1", "La fin.", 1)])
    with pytest.raises(Refused, match="close"):
        after.write(by=after.author, entries=[Entry("q1", "Le début.", 0)])


@pytest.mark.parametrize("traits", [{"call__closed": True}, {"deposited": True}])
def test_writing_ends_and_every_typed_character_stays(traits):
    application = ApplicationFactory(**traits)

    with pytest.raises(Refused, match="La rédaction est close"):
        application.write(by=application.author, entries=[Entry("q1", "Trop tard.", 1)])

    assert "pénurie d’eau" in fresh(application).value_of("q1")
