from pytest_django.asserts import assertContains

from committees.rulebook import rules_of
from tests.factories import CommitteeFactory, UserFactory


def test_each_number_says_whether_it_is_the_common_rule_or_a_choice(client):
    committee = CommitteeFactory(quorum_percent=60)
    client.force_login(UserFactory(staff=True))

    rules = {rule.label: (rule.value, rule.source) for rule in rules_of(committee)}

    assert rules["Quorum, en pourcentage de la composition"] == ("60", "choix de ce comité")
    assert rules["Pouvoirs par personne"] == (
        "1",
        "règle commune\u00a0: décret n° 2006-672, art. 10, CRPA R133-9",
    )
    assert rules["La voix de la présidence départage"][0] == "oui"
    assert rules["Base de la majorité"][0] == "suffrages exprimés"
    assertContains(client.get(committee.get_absolute_url()), "choix de ce comité", count=1)
