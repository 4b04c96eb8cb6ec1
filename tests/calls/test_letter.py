import re
from html import unescape

import pytest

from calls.letters import parts_of
from calls.models import Release
from committees.account import sections_of
from committees.models import Condition, Demand, Feedback, Review, Sense, Vote
from journal.models.snapshot import digest_of
from tests.calls.addresses import page
from tests.calls.releasing import release
from tests.calls.test_results import decided, letters
from tests.committees.room import decided as voted
from tests.committees.room import room_of
from tests.factories import (
    AssignmentFactory,
    CallFactory,
    InterestFactory,
    ReviewFactory,
    UserFactory,
)


def told():
    """A reserve with reasons, a condition and a feedback, whose people know it."""
    call = CallFactory(closed=True)
    application = decided(call, "reserve", Sense.CONDITIONAL, "Le besoin est déjà couvert.")
    deliberation = application.deliberation()
    Condition.attach(application.decision(), [Demand("Rencontrer dix usagers.", days=42)])
    Feedback.compose(deliberation, by=UserFactory(staff=True), text="Continuez <ainsi> !")
    release(call)
    application.refresh_from_db()
    return application


def words(text):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_page_the_letter_and_what_is_frozen_say_the_same(client):
    application = told()
    client.force_login(application.author)
    shown = words(client.get(application.get_absolute_url()).content.decode())
    mailed = words(letters().get().body.replace("<ainsi>", "&lt;ainsi&gt;"))

    parts = parts_of(application, application.decision())

    assert [heading for heading, _text in parts] == [
        "La décision",
        "Ses motifs",
        "Ses conditions",
        "Ce que le comité vous dit",
        "Contester cette décision",
        "Comprendre cette décision",
    ]
    for heading, text in parts:
        said = words(f"{heading} {text.replace('<', '&lt;')}")
        assert said in shown
        assert said in mailed
    assert application.letters.get().words.sections == [list(part) for part in parts]


def test_a_letter_is_worded_from_its_decision_alone():
    application = told()
    decision = application.decision()

    assert parts_of(application, decision) == parts_of(application, decision)
    assert "jusqu’au" in dict(parts_of(application, decision))["Contester cette décision"]


def test_a_selection_says_no_remedy():
    application = decided(CallFactory(closed=True), "selected")

    assert "Contester cette décision" not in dict(parts_of(application, application.decision()))


def test_the_letter_and_the_account_are_documents(client):
    application = told()
    letter = application.letters.get()
    client.force_login(application.author)

    for address in [
        page("letter-pdf", application.pk, letter.pk),
        page("explanation-pdf", application.pk),
    ]:
        assert client.get(address).content.startswith(b"%PDF-")


@pytest.fixture
def evaluated():
    """Two reviews, a vote, a decision, told: the application."""
    room = room_of(3)
    for levels in [(3, 1), (2, None)]:
        assignment = AssignmentFactory(deliberation=room.deliberation, accepted=True)
        review = ReviewFactory(assignment=assignment)
        answers = []
        for criterion, score in zip(review.grid.criteria.in_order(), levels, strict=True):
            level = None if score is None else criterion.levels.get(score=score)
            answers.append((criterion, level, level is None, "Parce que."))
        review.hand_in(
            by=assignment.seat.user,
            version=0,
            answers=answers,
            feedback="Bravo.",
            comment="Entre nous.",
        )
    voted(room)
    room.deliberation.conclude(by=room.chair.user, outcome="selected")
    application = room.deliberation.subject
    application.tell(by=UserFactory(staff=True))
    return application


def test_the_account_writes_out_the_calculation_and_the_vote(evaluated):
    said = dict(evaluated.letters.get().account.sections)

    assert said["La note de chaque évaluation"].split("\n") == [
        "Évaluation 1 : (2 × 100,00 + 1 × 33,33) ÷ 3 = 77,78 sur 100",
        "Évaluation 2 : (2 × 66,67) ÷ 2 = 66,67 sur 100",
    ]
    assert said["La note du dossier"] == "(77,78 + 66,67) ÷ 2 = 72,23 sur 100"
    assert "Critère « Impact », poids 2 sur 3" in said
    assert "Pour : 3" in said["Le vote"]
    assert "la note est de" in said["La sévérité des évaluateurs"]
    assert said["Ce que les évaluateurs vous disent"] == "Bravo.\n\nBravo."


def test_the_account_names_nobody(evaluated):
    said = str(evaluated.letters.get().account.sections)

    for review in Review.objects.all():
        assert str(review.assignment.seat.user) not in said
    assert "Entre nous" not in said


def test_the_account_computes_again_to_the_same_words_whatever_is_neutralised_since(evaluated):
    letter, decision = evaluated.letters.get(), evaluated.decision()
    first = Review.objects.order_by("pk").first()
    interest = InterestFactory(
        deliberation=decision.deliberation, person=first.assignment.seat.user, seat=None
    )
    decision.deliberation.neutralise(interest)
    decision.deliberation.neutralise_votes(Vote.objects.first().seat.user)

    again = sections_of(decision, at=decision.notified_at)

    assert digest_of(letter.account.title, [list(s) for s in again]) == letter.account.digest
    now = sections_of(decision, at=Review.objects.get(pk=first.pk).neutralised_at)
    assert now != again


def test_the_page_shows_what_was_frozen(evaluated, client):
    client.force_login(evaluated.author)

    shown = words(client.get(page("explanation", evaluated.pk)).content.decode())

    letter = evaluated.letters.get()
    for heading, text in letter.account.sections:
        assert words(f"{heading} {text}") in shown
    assert letter.account.digest in shown


def test_what_was_told_before_letters_were_kept_is_computed_for_its_day(evaluated, client):
    frozen = evaluated.letters.get().account.sections
    evaluated.letters.all().delete()
    client.force_login(evaluated.author)

    shown = client.get(page("explanation", evaluated.pk))

    assert [list(s) for s in shown.context["sections"]] == frozen
    assert client.get(page("explanation-pdf", evaluated.pk)).status_code == 404
    assert not Release.objects.exists()
