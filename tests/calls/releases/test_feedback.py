import pytest
from django.db import IntegrityError
from pytest_django.asserts import assertContains, assertNotContains

from base.lifecycle import Refused
from calls.models import Release
from committees.models import Feedback, Sense
from tests.calls.test_results import decided, letters
from tests.factories import (
    DeliberationFactory,
    InterestFactory,
    ReviewFactory,
    UserFactory,
)


def test_a_feedback_is_frozen_once_told(call, first, second):
    application = decided(call, "declined", Sense.UNFAVOURABLE, "Trop tôt.")
    deliberation = application.deliberation()
    Feedback.compose(deliberation, by=first, text="Rencontrez dix usagers.")
    Release.prepare(call, by=first).confirm(by=second)

    assert "Rencontrez dix usagers." in letters().get().body
    with pytest.raises(Refused, match="déjà communiqué"):
        Feedback.compose(deliberation, by=first, text="Autre chose.")


def test_only_who_conducts_composes_a_feedback_and_only_once_decided(call, first):
    application = decided(call, "selected")
    deliberation = application.deliberation()
    undecided = DeliberationFactory()
    interested = InterestFactory(deliberation=deliberation, chair=True).person

    for by in [UserFactory(), interested]:
        with pytest.raises(Refused, match="pas à vous"):
            Feedback.compose(deliberation, by=by, text="Bravo.")
    with pytest.raises(Refused, match="Aucune décision"):
        Feedback.compose(undecided, by=first, text="Bravo.")
    with pytest.raises(IntegrityError, match="feedback_says_something"):
        Feedback.compose(deliberation, by=first, text=" ")


def test_the_feedback_starts_from_the_reviews_and_never_from_their_comments(call, first, client):
    application = decided(call, "selected")
    deliberation = application.deliberation()
    ReviewFactory(
        handed_in=True,
        assignment__deliberation=deliberation,
        feedback="Rencontrez des usagers.",
        comment="Entre nous.",
    )
    client.force_login(first)

    response = client.get(f"/comites/deliberations/{deliberation.pk}/retour/")
    client.post(f"/comites/deliberations/{deliberation.pk}/retour/", {"text": "Bravo."})

    assertContains(response, "Rencontrez des usagers.")
    assertNotContains(response, "Entre nous.")
    assert deliberation.feedback.text == "Bravo."
