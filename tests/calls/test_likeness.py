import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls.likeness import ALIKE, BANDS, bands_of, likeness, words_of
from calls.models import Sketch
from calls.models.sketch import near_applications
from calls.tasks import sketch_deposits
from tests.factories import (
    ApplicationFactory,
    DeliberationFactory,
    InterestFactory,
    UserFactory,
)


WORDS = st.lists(st.integers(0, 2**31 - 1), unique=True)
WATER = (
    "Les préfets apprennent trop tard la pénurie d’eau : les mesures des stations arrivent par"
    " courrier, un agent les recopie dans un tableur, la carte de la sécheresse est en retard."
)
SAME_WATER = (
    "La pénurie d’eau s’apprend trop tard en préfecture. Un agent recopie les mesures des stations"
    " dans son tableur ; la carte des sécheresses arrive en retard au préfet."
)
CONTRACTS = (
    "Chaque petit achat demande de réécrire le même cahier des charges : les acheteurs des"
    " collectivités perdent une semaine à reprendre un marché que le voisin a déjà passé."
)


@given(WORDS, WORDS)
def test_a_likeness_is_a_share_that_does_not_depend_on_who_is_first(one, other):
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1
    assert likeness(one, one) == (1 if one else 0)


@given(WORDS.filter(bool))
def test_the_same_words_have_the_same_bands_in_any_order(words):
    assert bands_of(words) == bands_of(words[::-1])
    assert len(bands_of(words)) == BANDS


def test_the_same_idea_in_other_words_is_alike_and_another_is_not():
    water, same, other = (words_of(text) for text in (WATER, SAME_WATER, CONTRACTS))

    assert likeness(water, same) > ALIKE > 3 * likeness(water, other)
    assert set(bands_of(water)) & set(bands_of(same))


@pytest.mark.parametrize("text", ["", "le la de", "!!!"])
def test_a_text_without_words_is_like_nothing(text):
    assert (words_of(text), bands_of(words_of(text))) == ([], [])


def deposited(text, **fields):
    return ApplicationFactory(deposited=True, title="Idée", answers={"q1": text}, **fields)


def test_deposits_alike_are_found_the_closest_first():
    application, same, copy = deposited(WATER), deposited(SAME_WATER), deposited(WATER)
    deposited(CONTRACTS)
    sketch_deposits()

    found = near_applications(application, UserFactory(staff=True))

    assert [other for _rate, other in found] == [copy, same]


def test_a_deposit_is_read_once_and_again_when_it_changes():
    application = deposited(WATER)
    ApplicationFactory(title="Brouillon")
    sketch_deposits()
    first = Sketch.objects.get()

    sketch_deposits()
    assert Sketch.objects.get().drawn_at == first.drawn_at

    Sketch.objects.update(drawn_at=application.deposited_at.replace(year=2020), words=[])
    sketch_deposits()
    assert Sketch.objects.get().words == first.words


def test_what_an_interest_keeps_away_is_not_found():
    application, kept = deposited(WATER), deposited(WATER)
    staff = UserFactory(staff=True)
    deliberation = DeliberationFactory(subject=kept)
    InterestFactory(person=staff, deliberation=deliberation, effect="exclusion")
    sketch_deposits()

    assert near_applications(application, staff) == []
    assert near_applications(application, UserFactory()) == []
