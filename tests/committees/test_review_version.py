from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from committees.models import Review, ReviewVersion, Round
from committees.tasks import forget_review_versions
from tests.committees.test_permissions import seated
from tests.committees.test_review import answers, author
from tests.factories import ReviewFactory


@pytest.fixture
def review():
    return ReviewFactory()


def earlier(review):
    """As if the last save had been made ten minutes ago."""
    for version in review.versions.all():
        ReviewVersion.objects.filter(pk=version.pk).update(
            slot=version.slot - timedelta(minutes=10)
        )


def test_each_five_minutes_of_writing_keep_their_last_save(review):
    by = author(review)
    review.save_draft(by=by, version=0, answers=answers(review, 1), comment="Un.")
    review.save_draft(by=by, version=1, answers=answers(review, 2), comment="Deux.")
    earlier(review)

    review.save_draft(by=by, version=2, answers=answers(review, 3), comment="Trois.")

    kept = ReviewVersion.objects.visible_to(by).latest_first()
    assert [(version.number, version.comment) for version in kept] == [(3, "Trois."), (2, "Deux.")]
    assert kept[1].answers == [["Impact", "Bon", "Des entretiens le montrent."]]


def test_what_is_handed_in_is_the_last_version(review):
    review.hand_in(by=author(review), version=0, answers=answers(review, 1, None), feedback="Oui.")

    (version,) = review.versions.all()
    assert (version.number, version.feedback) == (1, "Oui.")
    assert [answer[1] for answer in version.answers] == ["Faible", "sans objet"]


def test_versions_are_their_author_s_own(review):
    review.hand_in(by=author(review), version=0, answers=answers(review, 1, 1))

    chair = seated(review.deliberation, chair=True)
    assert Review.objects.visible_to(chair).contains(review)
    assert not ReviewVersion.objects.visible_to(chair).exists()
    assert ReviewVersion.objects.visible_to(author(review)).exists()


def test_one_version_is_kept_of_each_five_minutes(review):
    review.save_draft(by=author(review), version=0, answers=[])
    (version,) = review.versions.all()
    version.pk = None

    with pytest.raises(IntegrityError, match="reviewversion_once_per_five_minutes"):
        version.save(force_insert=True)


def test_drafts_are_forgotten_once_the_round_is_closed_for_long(review):
    by = author(review)
    review.save_draft(by=by, version=0, answers=[], comment="Brouillon.")
    earlier(review)
    review.hand_in(by=by, version=1, answers=answers(review, 1, 1), comment="Remis.")
    forget_review_versions()
    assert review.versions.count() == 2

    past = timezone.now() - timedelta(days=61)
    Round.objects.update(opens_at=past - timedelta(days=9), soft_closes_at=past, closes_at=past)
    forget_review_versions()
    forget_review_versions()

    assert [version.comment for version in review.versions.all()] == ["Remis."]
