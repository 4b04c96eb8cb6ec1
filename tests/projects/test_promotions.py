import pytest
from django.db import IntegrityError
from django.utils import timezone

from base.lifecycle import Refused
from journal.models import Event
from projects.models import Promotion
from tests.factories import CommitteeFactory, PromotionFactory, UserFactory


def test_the_team_founds_amends_and_shows_a_promotion():
    staff = UserFactory(staff=True)

    promotion = Promotion.found(
        by=staff,
        name="Promotion d’été",
        summary="Sept produits.",
        starts_on="2026-08-31",
        committee=CommitteeFactory(),
    )
    promotion.amend(by=staff, summary="Huit produits.")
    promotion.publish(by=staff)
    promotion.withdraw(by=staff)

    assert (promotion.slug, promotion.summary) == ("promotion-d-ete", "Huit produits.")
    assert [e.verb.partition(".")[2] for e in Event.objects.about(promotion)] == [
        "founded",
        "amended",
        "published",
        "withdrawn",
    ]


def test_a_promotion_is_shown_once_and_withdrawn_once():
    staff = UserFactory(staff=True)

    with pytest.raises(Refused, match="déjà publiée"):
        PromotionFactory(published=True).publish(by=staff)
    with pytest.raises(Refused, match="n’est pas publiée"):
        PromotionFactory().withdraw(by=staff)


@pytest.mark.parametrize(
    "verb",
    [
        lambda promotion, user: promotion.amend(by=user, summary=""),
        lambda promotion, user: promotion.publish(by=user),
        lambda promotion, user: promotion.withdraw(by=user),
        lambda promotion, user: Promotion.found(
            by=user, name="Autre", summary="", starts_on="2026-01-01", committee=CommitteeFactory()
        ),
    ],
    ids=["amend", "publish", "withdraw", "found"],
)
def test_a_promotion_is_the_teams(verb):
    with pytest.raises(Refused, match="Seule l’équipe de l’incubateur"):
        verb(PromotionFactory(), UserFactory())


def test_a_refused_promotion_leaves_nothing():
    with pytest.raises(Refused):
        Promotion.found(
            by=UserFactory(),
            name="Autre",
            summary="",
            starts_on="2026-01-01",
            committee=CommitteeFactory(),
        )

    assert not Promotion.objects.exists()


def test_the_database_refuses_two_promotions_of_one_name():
    with pytest.raises(IntegrityError, match="promotion_named_once"):
        PromotionFactory(name=PromotionFactory().name)


def test_the_database_refuses_a_publication_by_nobody():
    promotion = PromotionFactory()

    with pytest.raises(IntegrityError, match="promotion_published_by_someone"):
        Promotion.objects.filter(pk=promotion.pk).update(published_at=timezone.now())
