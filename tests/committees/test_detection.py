"""Each rule that ties a person with a dossier, alone, then as it suspects."""

import pytest

from committees.detection import Facts, ties
from committees.models import Deliberation, Interest
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    AssignmentFactory,
    CallFactory,
    CoApplicantFactory,
    DeliberationFactory,
    EntityFactory,
    ReviewFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)


def facts(**fields):
    return Facts(**{"services": [], "distance": 1} | fields)


def test_what_the_dossier_says_of_a_person_is_a_tie():
    person = UserFactory()

    assert ties(person, facts(told={person: ["Porte.", "A signé."]})) == ["Porte. A signé."]


@pytest.mark.parametrize(("distance", "found"), [(0, False), (1, True)])
def test_a_service_one_level_above_is_too_near_within_one_level(distance, found):
    above = EntityFactory(name="Direction générale")
    below = EntityFactory(name="Bureau", parent=above)

    said = ties(UserFactory(entity=above), facts(services=[below], distance=distance))

    sentence = "Travaille à Direction générale, dans la même hiérarchie que Bureau."
    assert said == ([sentence] if found else [])


def test_the_same_service_is_too_near_and_a_neighbour_is_not():
    above = EntityFactory()
    one, other = EntityFactory(name="Bureau", parent=above), EntityFactory(parent=above)

    assert ties(UserFactory(entity=one), facts(services=[one])) == [
        "Travaille dans le même service : Bureau."
    ]
    assert ties(UserFactory(entity=one), facts(services=[other])) == []
    assert ties(UserFactory(entity=None), facts(services=[other])) == []


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("zoe l'heritier m'a conseille", True),
        ("voyez zoe.lheritier@example.gouv.fr", True),
        ("zoe et paul l'heritier", False),
        ("mazoe l'heritiere", False),
        ("", False),
    ],
)
def test_whoever_the_applicants_name_in_full_is_tied(named, found):
    zoe = UserFactory(
        first_name="Zoé", last_name="L’Héritier", email="zoe.lheritier@example.gouv.fr"
    )

    assert bool(ties(zoe, facts(named=named))) is found


def test_who_reviewed_another_dossier_of_the_same_people_is_tied():
    person = UserFactory()

    assert ties(person, facts(reviewed={person.pk: "Pluie"})) == [
        "A déjà évalué un autre dossier des mêmes personnes : « Pluie »."
    ]


def again(author):
    return ApplicationFactory(author=author, admissible=True)


def test_a_review_of_an_earlier_dossier_of_the_applicant_is_found_unless_the_committee_says_no():
    earlier = ReviewFactory(handed_in=True)
    seat, author = earlier.assignment.seat, earlier.deliberation.subject.author
    round = RoundFactory(committee=seat.committee)
    drafted = AssignmentFactory(deliberation=earlier.deliberation, accepted=True).seat

    deliberation = again(author).examine(by=UserFactory(staff=True), round=round)

    assert [interest.person for interest in suspicions(deliberation, seat, drafted)] == [seat.user]
    seat.committee.earlier_review_is_a_tie = False
    assert Facts.of(reread(deliberation, seat.committee)).reviewed == {}


def suspicions(deliberation, *seats):
    return deliberation.interests.filter(person__in=[seat.user for seat in seats])


def reread(deliberation, committee):
    deliberation.round.committee = committee
    return deliberation


def test_a_former_partner_of_an_applicant_is_found():
    earlier = CoApplicantFactory(accepted=True, application__deposited=True)
    application = again(earlier.application.author)

    assert (
        earlier.person,
        f"Cette personne a porté une autre candidature avec {application.author}.",
    ) in application.interested_people()


def test_who_only_drafted_with_an_applicant_is_no_partner():
    earlier = CoApplicantFactory(accepted=True)

    assert again(earlier.application.author).partners() == []


def test_a_member_named_in_an_answer_that_names_people_is_suspected():
    asked = [{"kind": "long", "label": "Qui vous a conseillé ?", "names_people": True}]
    application = ApplicationFactory(
        call=CallFactory(questions=asked), admissible=True, answers={"q1": "Merci à Ada Lovelace !"}
    )
    named = SeatFactory(user__first_name="Ada", user__last_name="Lovelace")
    round = RoundFactory(committee=named.committee)

    deliberation = application.examine(by=UserFactory(staff=True), round=round)

    (interest,) = suspicions(deliberation, named)
    assert interest.reason == (
        "Cette personne est nommée par celles et ceux qui portent le dossier."
    )


def test_several_ties_of_a_person_are_said_together():
    service = EntityFactory(name="Bureau")
    application = ApplicationFactory(admissible=True, entity=service)
    signed = ApprovalFactory(application=application, approved=True)
    manager = UserFactory(email=signed.manager_email, entity=service)
    seat = SeatFactory(user=manager)

    deliberation = application.examine(
        by=UserFactory(staff=True), round=RoundFactory(committee=seat.committee)
    )

    assert suspicions(deliberation, seat).get().reason == (
        "Cette personne a signé la mise à disposition.\nTravaille dans le même service : Bureau."
    )


def test_who_joins_the_committee_is_compared_by_every_rule():
    earlier = ReviewFactory(handed_in=True)
    author, person = earlier.deliberation.subject.author, earlier.assignment.seat.user
    deliberation = DeliberationFactory(subject__author=author)

    Interest.detect_for(person, committee=deliberation.committee)

    assert Interest.objects.get(deliberation=deliberation).person == person
    assert not Deliberation.objects.visible_to(person).contains(deliberation)
