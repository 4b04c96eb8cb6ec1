"""Who plays in the demonstration: the eight accounts, and the others by their office, unnamed."""

from datetime import date
from types import SimpleNamespace

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import AllowedDomain, Entity, User


PASSWORD = "fabrique-demo"  # noqa: S105  (printed by `make run`; refused outside DEBUG)
DOMAINS = [("fabrique.example", "Démonstration"), ("gouv.fr", "Administrations de l’État")]
SERVICES = [  # (key, name, acronym, kind, parent, department if it is of one)
    ("ecology", "Ministère de la Transition écologique", "MTE", "central", None),
    ("water", "Direction de l’eau et de la biodiversité", "DEB", "central", "ecology"),
    ("risks", "Direction générale de la prévention des risques", "DGPR", "central", "ecology"),
    (
        "planning",
        "Direction générale de l’aménagement, du logement et de la nature",
        "DGALN",
        "central",
        "ecology",
    ),
    (
        "transport",
        "Direction générale des infrastructures, des transports et de la mer",
        "DGITM",
        "central",
        "ecology",
    ),
    ("cgdd", "Commissariat général au développement durable", "CGDD", "central", "ecology"),
    ("interior", "Ministère de l’Intérieur", "MI", "central", None),
    ("prefecture", "Préfecture du Pas-de-Calais", "", "territorial", "interior", "62"),
    (
        "ddtm",
        "Direction départementale des territoires et de la mer",
        "DDTM 62",
        "territorial",
        "prefecture",
        "62",
    ),
    ("creuse", "Préfecture de la Creuse", "", "territorial", "interior", "23"),
    (
        "ddt",
        "Direction départementale des territoires de la Creuse",
        "DDT 23",
        "territorial",
        "creuse",
        "23",
    ),
    ("economy", "Ministère de l’Économie et des Finances", "MEF", "central", None),
    ("dgfip", "Direction générale des finances publiques", "DGFiP", "central", "economy"),
    ("services", "Services du Premier ministre", "SPM", "central", None),
    ("dinum", "Direction interministérielle du numérique", "DINUM", "central", "services"),
    (
        "ditp",
        "Direction interministérielle de la transformation publique",
        "DITP",
        "central",
        "services",
    ),
    ("labour", "Ministère du Travail", "", "central", None),
    ("culture", "Ministère de la Culture", "MC", "central", None),
    ("ofb", "Office français de la biodiversité", "OFB", "operator", "ecology"),
]
ACCOUNTS = [  # (key, first name, last name, office, service, rights)
    ("agent", "Agente", "de préfecture", "Chargée de mission", "prefecture", {}),
    ("porteur", "Porteur", "de projet", "Hydrologue", "ddtm", {}),
    ("presidente", "Présidente", "du comité", "Directrice", "ditp", {}),
    ("membre", "Membre", "du comité", "Sous-directeur", "labour", {}),
    ("secretaire", "Secrétaire", "du comité", "Chargé de mission", "ditp", {}),
    ("coach", "Coach", "de la Fabrique", "Coach produit", "dinum", {}),
    (
        "equipe",
        "Équipe",
        "de la Fabrique",
        "Responsable de l’incubateur",
        "dinum",
        {"is_staff": True},
    ),
    (
        "admin",
        "Administratrice",
        "du portail",
        "Administratrice",
        "dinum",
        {"is_staff": True, "is_superuser": True},
    ),
]
EXTRAS = [
    ("directrice.territoires", "Directrice", "des territoires", "Directrice", "cgdd", {}),
    ("directeur.finances", "Directeur", "des études", "Directeur", "dgfip", {}),
    ("directrice.numerique", "Directrice", "du numérique", "Directrice", "services", {}),
    ("agente.voirie", "Agente", "de la voirie", "Instructrice", "transport", {}),
    ("agent.marches", "Agent", "des marchés", "Acheteur", "planning", {}),
    ("agente.risques", "Agente", "des risques", "Inspectrice", "risks", {}),
    ("agent.accueil", "Agent", "d’accueil", "Agent d’accueil", "interior", {}),
    ("agente.bilan", "Agente", "du bilan carbone", "Chargée d’études", "economy", {}),
    ("agent.forets", "Agent", "des forêts", "Technicien", "water", {}),
    ("agente.emploi", "Agente", "de l’emploi", "Chargée de mission", "labour", {}),
    ("agente.creuse", "Agente", "de la Creuse", "Instructrice", "ddt", {}),
    ("agente.archives", "Agente", "des archives", "Archiviste", "culture", {}),
    ("agent.ports", "Agent", "des ports", "Officier de port", "transport", {}),
    ("agente.parcs", "Agente", "des parcs naturels", "Technicienne", "ofb", {}),
    ("developpeuse", "Développeuse", "de la Fabrique", "Développeuse", "dinum", {}),
    ("coach.usages", "Coach", "des usages", "Coach en recherche d’usages", "ditp", {}),
]


def settle():
    """The services, the domains and the people, by their keys."""
    for domain, note in DOMAINS:
        AllowedDomain.objects.create(domain=domain, note=note)
    entities = {}
    for key, name, acronym, kind, parent, *department in SERVICES:
        entities[key] = Entity.found(
            name=name,
            acronym=acronym,
            kind=kind,
            parent=entities.get(parent),
            department="".join(department),
        )
    people = SimpleNamespace(entities=entities)
    password = make_password(PASSWORD)
    for key, first_name, last_name, job_title, entity, rights in ACCOUNTS + EXTRAS:
        user = User.objects.create(
            email=f"{key}@fabrique.example",
            password=password,  # hashed once: the slowness of the hash is for real accounts
            first_name=first_name,
            last_name=last_name,
            job_title=job_title,
            entity=entities[entity],
            **rights,
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        setattr(people, key.replace(".", "_"), user)
    return people


def seat(committee, people, *, starts_on=date(2017, 9, 1)):
    """The committee of the demonstration: five voices, and a secretary without one."""
    offices = [
        (people.presidente, "chair"),
        (people.membre, "member"),
        (people.directrice_territoires, "member"),
        (people.directeur_finances, "member"),
        (people.directrice_numerique, "member"),
        (people.secretaire, "secretary"),
    ]
    for user, capacity in offices:
        committee.give_seat(by=people.equipe, user=user, capacity=capacity, starts_on=starts_on)
    return committee
