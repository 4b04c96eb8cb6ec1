from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from base.lifecycle import Refused
from calls.models import Call
from journal.models import Event
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    CommitteeFactory,
    GridFactory,
    RoundFactory,
    UserFactory,
)


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def words(**fields):
    return {
        "title": "Œuvrer ensemble",
        "summary": "Des idées.",
        "eligibility": "Tous les agents.",
        "contact": "fabrique@example.gouv.fr",
        "opens_at": timezone.now() + timedelta(days=1),
        "closes_at": timezone.now() + timedelta(days=30),
    } | fields


def verbs(subject):
    return [event.verb for event in Event.objects.about(subject)]


def test_a_call_is_drafted_with_a_form_and_an_address_made_of_its_title(staff):
    call = Call.draft(by=staff, **words())

    assert (call.slug, call.status, call.revisions.count()) == ("oeuvrer-ensemble", "draft", 1)
    assert verbs(call) == ["call.drafted"]


def test_two_calls_of_the_same_title_have_two_addresses(staff):
    slugs = [Call.draft(by=staff, **words()).slug for _time in range(3)]

    assert slugs == ["oeuvrer-ensemble", "oeuvrer-ensemble-2", "oeuvrer-ensemble-3"]


def test_only_the_team_prepares_a_call():
    with pytest.raises(Refused):
        Call.draft(by=UserFactory(), **words())

    assert not Call.objects.exists()


def test_a_draft_is_edited_and_keeps_its_address(staff):
    call = CallFactory(draft=True)

    call.edit(by=staff, title="Autre titre", months=10)

    call.refresh_from_db()
    assert (call.title, call.months, call.slug.startswith("promotion")) == ("Autre titre", 10, True)
    assert verbs(call) == ["call.edited"]


def test_a_published_call_is_not_edited(staff):
    with pytest.raises(Refused, match="prolonger"):
        CallFactory().edit(by=staff, title="Autre titre")


def test_publishing_freezes_the_form(staff):
    call = CallFactory(draft=True)

    call.publish(by=staff)

    assert (call.status, call.published_by) == ("published", staff)
    assert call.form.published_at is not None
    assert verbs(call) == ["call.published"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"committee": None}, "Choisissez le comité"),
        ({"grid": None}, "Choisissez la grille"),
        ({"questions": []}, "au moins une question"),
        ({"closed": True}, "déjà passée"),
    ],
)
def test_an_incomplete_call_is_not_published(staff, fields, sentence):
    call = CallFactory(draft=True, **fields)

    with pytest.raises(Refused, match=sentence):
        call.publish(by=staff)


def test_a_call_is_not_published_on_a_grid_that_may_still_change(staff):
    call = CallFactory(draft=True, grid=GridFactory(published=False))

    with pytest.raises(Refused, match="Publiez d’abord la grille"):
        call.publish(by=staff)


def test_an_open_call_is_extended_and_never_shortened(staff):
    call = CallFactory()
    later, sooner = call.closes_at + timedelta(days=7), call.closes_at - timedelta(days=1)

    call.extend(by=staff, closes_at=later)
    with pytest.raises(Refused, match="ne se raccourcit pas"):
        call.extend(by=staff, closes_at=sooner)

    call.refresh_from_db()
    assert call.closes_at == later
    assert verbs(call) == ["call.extended"]


@pytest.mark.parametrize("traits", [{}, {"upcoming": True}, {"in_grace": True}, {"archived": True}])
def test_the_database_never_shortens_what_was_announced(traits):
    call = CallFactory(**traits)
    sooner = call.closes_at - timedelta(seconds=1)

    with pytest.raises(IntegrityError, match="call_is_never_shortened"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(closes_at=sooner)

    assert Call.objects.get().closes_at == call.closes_at


def test_the_database_never_shuts_a_call_that_has_opened():
    call, coming = CallFactory(), CallFactory(upcoming=True)
    later = coming.opens_at + timedelta(hours=1)

    with pytest.raises(IntegrityError, match="call_is_never_shortened"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(opens_at=later)
    Call.objects.filter(pk=coming.pk).update(opens_at=later)

    assert Call.objects.get(pk=call.pk).phase == "open"


def test_a_call_in_preparation_closes_when_its_team_likes(staff):
    call = CallFactory(draft=True)
    sooner = call.closes_at - timedelta(days=1)

    call.edit(by=staff, closes_at=sooner)

    assert Call.objects.get().closes_at == sooner


def test_a_call_is_not_extended_once_a_committee_has_a_dossier(staff):
    call = ApplicationFactory(examined=True).call

    with pytest.raises(Refused, match="examine déjà"):
        call.extend(by=staff, closes_at=call.closes_at + timedelta(days=7))


def test_a_call_is_copied_with_its_words_its_rule_and_its_questions(staff):
    call = CallFactory(promotion_starts_on=timezone.localdate())
    opens_at, closes_at = call.closes_at, call.closes_at + timedelta(days=30)

    copy = call.copy(by=staff, title="Promotion 7", opens_at=opens_at, closes_at=closes_at)

    assert (copy.status, copy.title, copy.closes_at) == ("draft", "Promotion 7", closes_at)
    assert (copy.summary, copy.grid, copy.committee) == (call.summary, call.grid, call.committee)
    assert copy.promotion_starts_on is None
    asked = [
        list(each.form.questions.in_order().values_list("key", "label")) for each in [call, copy]
    ]
    assert asked[0] == asked[1]
    assert verbs(copy) == ["call.drafted"]
    assert verbs(call) == []


def test_only_the_team_copies_a_call():
    call = CallFactory()

    with pytest.raises(Refused):
        call.copy(by=UserFactory(), title="x", opens_at=call.opens_at, closes_at=call.closes_at)


def test_a_finished_call_is_archived(staff):
    call = CallFactory(closed=True)

    call.archive(by=staff)

    assert (call.status, call.archived_by) == ("archived", staff)


@pytest.mark.parametrize("state", ["deposited", "admissible", "examined", "selected"])
def test_a_call_is_not_archived_while_someone_waits(staff, state):
    call = ApplicationFactory(call__closed=True, **{state: True}).call

    with pytest.raises(Refused):
        call.archive(by=staff)


@pytest.mark.parametrize(
    ("traits", "phase"),
    [
        ({"upcoming": True}, "upcoming"),
        ({}, "open"),
        ({"in_grace": True}, "grace"),
        ({"closed": True}, "closed"),
        ({"closed": True, "grace_minutes": 60}, "closed"),
    ],
)
def test_the_phase_is_what_the_clock_says(traits, phase):
    call = CallFactory(**traits)

    assert call.phase == phase
    assert Call.objects.timed().get(pk=call.pk).phase == phase


def test_a_closing_holds_until_the_end_of_its_second():
    now = timezone.now()

    assert CallFactory(closes_at=now - timedelta(milliseconds=300)).phase == "open"
    assert CallFactory(closes_at=now - timedelta(seconds=2)).phase == "closed"


def test_dossiers_go_to_the_committee_together_or_not_at_all(staff):
    call = CallFactory()
    ready = ApplicationFactory.create_batch(2, call=call, admissible=True)
    late = ApplicationFactory(call=call, deposited=True)
    round = RoundFactory(committee=call.committee)

    with pytest.raises(Refused):
        call.send_to_committee(by=staff, round=round, applications=[*ready, late])
    assert call.applications.filter(status="examined").count() == 0

    call.send_to_committee(by=staff, round=round, applications=ready)
    assert call.applications.filter(status="examined").count() == 2


def test_dossiers_go_to_no_other_committee_nor_with_those_of_another_call(staff):
    call = CallFactory()
    ready = ApplicationFactory(call=call, admissible=True)
    stranger = ApplicationFactory(admissible=True)

    with pytest.raises(Refused, match="n’est pas celui"):
        call.send_to_committee(by=staff, round=RoundFactory(), applications=[ready])
    with pytest.raises(Refused, match="de cet appel"):
        call.send_to_committee(
            by=staff,
            round=RoundFactory(committee=call.committee),
            applications=[ready, stranger],
        )


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"closes_at": timezone.now() - timedelta(days=60)}, "call_closes_after_it_opens"),
        ({"grace_minutes": 1441}, "call_grace_is_at_most_a_day"),
        ({"months": 25}, "call_terms_last_one_to_24_months"),
        ({"slug": "taken"}, "call_slug_once"),
        ({"committee": None}, "call_published_has_its_committee_and_grid"),
        ({"published_at": None}, "call_published_at_unless_draft"),
        ({"status": "archived"}, "call_archived_at_when_archived"),
        (
            {"results_released_at": timezone.now()},
            "call_results_released_at_and_by_go_together",
        ),
    ],
)
def test_the_database_refuses(fields, constraint):
    CallFactory(slug="taken")
    committee = CommitteeFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CallFactory(**{"committee": committee} | fields)
