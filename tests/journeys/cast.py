"""Who plays in the story: people with an account, the committee where some sit, its grid."""

from dataclasses import dataclass
from datetime import date

from accounts.models import AllowedDomain
from base.search import plain
from committees.models import Committee, Grid
from tests.factories import (
    CommitteeFactory,
    EntityFactory,
    GridFactory,
    SeatFactory,
    UserFactory,
)
from tests.journeys.person import Person


COMMITTEE = "Comité de sélection des intrapreneurs"
GRID = "Grille de la promotion 2"


@dataclass
class Cast:
    public: Person
    agent: Person
    colleague: Person
    manager: Person
    team: Person
    teammate: Person
    chair: Person
    member: Person
    other_member: Person
    secretary: Person
    coach: Person
    committee: Committee
    grid: Grid

    @property
    def voters(self):
        return [self.chair, self.member, self.other_member]


def person(first_name, last_name, **fields):
    email = f"{plain(first_name)}.{plain(last_name)}@example.gouv.fr"
    return Person(UserFactory(first_name=first_name, last_name=last_name, email=email, **fields))


def gather():
    """The house as it stands before the story, in January 2025."""
    AllowedDomain.objects.get_or_create(domain="example.gouv.fr")
    committee = CommitteeFactory(name=COMMITTEE)
    water = EntityFactory(name="Bureau de la ressource en eau", acronym="BRE")
    people = {
        "agent": person("Inès", "Martin", entity=water),
        "colleague": person("Hugo", "Petit", entity=water),
        "team": person("Lou", "Bernard", is_staff=True),
        "teammate": person("Léa", "Fontaine", is_staff=True),
        "chair": person("Nadia", "Robert"),
        "member": person("Paul", "Durand"),
        "other_member": person("Rose", "Moreau"),
        "secretary": person("Tom", "Simon"),
        "coach": person("Zoé", "Laurent"),
    }
    mandate = {"committee": committee, "starts_on": date(2025, 1, 1)}
    SeatFactory(user=people["chair"].user, chair=True, **mandate)
    SeatFactory(user=people["member"].user, **mandate)
    SeatFactory(user=people["other_member"].user, **mandate)
    SeatFactory(user=people["secretary"].user, secretary=True, **mandate)
    return Cast(
        public=Person(),
        manager=Person(),
        committee=committee,
        grid=GridFactory(name=GRID),
        **people,
    )
