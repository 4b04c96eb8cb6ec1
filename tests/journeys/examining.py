"""From admissible applications to told results: the committee's round, its sitting, its answer."""

from dataclasses import dataclass
from datetime import date

from committees.tasks import sweep_plans
from incubator.demo.clock import at
from tests.journeys.applying import CALL, IDEA, OTHER_IDEA
from tests.journeys.letters import letter_to


@dataclass
class Case:
    """A dossier before the committee, and what becomes of it."""

    title: str
    outcome: str
    reason: str = ""


SELECTED = Case(IDEA, "candidature retenue")
DECLINED = Case(OTHER_IDEA, "candidature non retenue", "Un annuaire existe déjà au BRGM.")


def dossiers_are_sent(cast):
    with at(date(2025, 2, 17), 9):
        for idea in [IDEA, OTHER_IDEA]:
            cast.team.goes_to("/equipe/candidatures/")
            cast.team.follows(idea)
            cast.team.presses("Déclarer recevable")
        assert "recevable" in cast.agent.goes_to("/candidatures/").text
        plan_a_round(
            cast, "Tour de février", "2025-02-18T09:00", "2025-02-28T18:00", "2025-03-03T18:00"
        )
    with at(date(2025, 2, 17), 11):
        cast.team.goes_to("/equipe/appels/")
        cast.team.follows(CALL, "Envoyer au comité")
        page = cast.team.presses("Vérifier avant d’envoyer", {"Tour d’examen": "Tour de février"})
        assert "Envoyer 2 dossiers au comité" in page.title
        cast.team.presses("Envoyer ces 2 dossiers")
        assert "2 dossiers transmis." in cast.team.page.said


def plan_a_round(cast, name, opens_at, soft_closes_at, closes_at):
    cast.team.goes_to("/comites/")
    cast.team.follows(str(cast.committee), "Prévoir un tour")
    dates = {
        "Ouverture": opens_at,
        "Remise attendue": soft_closes_at,
        "Clôture définitive": closes_at,
    }
    answers = {"Grille": str(cast.grid), "Nom": name, "Évaluations par dossier": 2}
    cast.team.presses("Prévoir le tour", answers | dates)


def interests_are_declared(cast, round, on):
    """Nothing is read before: the dossiers open to whoever declared, and to nobody else."""
    with at(on, 10):
        for person in [*cast.voters, cast.secretary]:
            person.attends_to(f"Déclarer mes liens d’intérêt : {round}")
            person.presses("Je n’ai aucun lien d’intérêt avec les dossiers de cette page")
            assert not person.is_awaited(f"Déclarer mes liens d’intérêt : {round}")


def dossiers_are_reviewed(cast, round, titles, on):
    with at(on, 11):
        cast.secretary.goes_to("/comites/")
        cast.secretary.follows(str(cast.committee), round)
        cast.secretary.follows("Répartition des dossiers")
        cast.secretary.presses("Préparer un plan")
    with at(on, 12):
        sweep_plans()
        cast.secretary.follows("Actualiser")
        cast.secretary.presses("Appliquer ce plan")
    with at(on, 14):
        for person in cast.voters:
            for title in titles:
                review_if_asked(person, title)
    with at(on, 17):
        for person in cast.voters:
            assert [duty for duty in person.duties() if "valuer" in duty] == []


def review_if_asked(person, title):
    if not person.is_awaited(f"Accepter ou refuser d’évaluer « {title}"):
        return
    person.follows(f"Accepter ou refuser d’évaluer « {title}")
    person.presses("Accepter")
    criteria = [legend for legend in person.page.legends() if "poids" in legend]
    sheet = dict.fromkeys(criteria, "Bon")
    person.presses("Enregistrer le brouillon", sheet)
    person.attends_to(f"Évaluer « {title}")
    person.presses("Remettre au comité", {"Retour à l’équipe candidate": "Précisez la mesure."})
    assert "Votre évaluation est remise au comité." in person.page.said


def a_sitting_is_convened(cast, titles, *, on, meets_at):
    with at(on, 9):
        cast.secretary.goes_to("/comites/seances/")
        cast.secretary.follows(str(cast.committee))
        plan = {"Date et heure": meets_at, "Lieu": "Salle 4"}
        cast.secretary.presses(cast.secretary.page.buttons()[-1], plan)
        cast.secretary.presses("Inscrire à l’ordre du jour", {"Dossiers à inscrire": titles})
        cast.secretary.follows("Passer à la convocation")
        cast.secretary.presses("Envoyer la convocation")
    return cast.secretary.page.address


def a_sitting_is_held(cast, sitting, cases, *, on, hour):
    """Opened by the chair; each marks their presence; each dossier is voted on and decided."""
    with at(on, hour):
        cast.chair.goes_to(sitting)
        cast.chair.presses("Ouvrir la séance")
        for person in cast.voters:
            person.goes_to(sitting)
            person.presses("Je suis sur place")
    for number, case in enumerate(cases):
        with at(on, hour, 10 + 20 * number):
            a_case_is_decided(cast, sitting, case)
    with at(on, hour + 2):
        cast.chair.goes_to(sitting)
        cast.chair.presses("Lever la séance")
        cast.secretary.goes_to(sitting)
        cast.secretary.presses("Établir le procès-verbal")
        for person in [cast.secretary, cast.chair]:
            person.goes_to(sitting)
            person.follows("Lire le procès-verbal")
            person.presses("Signer le procès-verbal")
        for case in cases:
            assert case.title in cast.chair.page.text


def a_case_is_decided(cast, sitting, case):
    chair = cast.chair
    chair.goes_to(sitting)
    chair.presses(f"Examiner « {case.title}")
    chair.goes_to(sitting)
    assert "Le quorum est atteint." in chair.page.text
    chair.follows("Préparer un scrutin")
    chair.presses("Préparer le scrutin", {"Issue proposée": case.outcome})
    chair.presses("Ouvrir le scrutin")
    ballot = chair.page.address
    for person in cast.voters:
        person.goes_to(sitting)
        person.follows("Voter")
        person.presses("Voter", {"Vote": "pour"})
    chair.goes_to(ballot)
    chair.presses("Clore le scrutin")
    chair.presses("Proclamer le résultat")
    chair.follows("Passer à la décision", "Enregistrer la décision")
    answers = {"Issue": case.outcome}
    if case.reason:
        answers |= {"Motif principal": "autre motif", "Motif écrit": case.reason}
    chair.presses("Enregistrer la décision", answers)
    assert "La décision est prise." in chair.page.said


def results_are_told(cast):
    """Nobody knows before; then the page and the letter say the same thing."""
    with at(date(2025, 3, 12), 9):
        for person in [cast.agent, cast.colleague]:
            assert "en cours d’examen" in person.goes_to("/candidatures/").text
        cast.team.goes_to("/equipe/appels/")
        cast.team.follows(CALL, "Résultats")
        letters_leave(cast, 2)
        for person, case in [(cast.agent, SELECTED), (cast.colleague, DECLINED)]:
            letter = letter_to(person.email, f"Réponse à votre candidature « {case.title} »")
            person.goes_to("/candidatures/")
            person.follows(case.title)
            for said in [case.outcome, case.reason]:
                assert said in person.page.text
                assert said in letter.body
            assert "Vous en avez pris connaissance" in person.presses("J’ai pris connaissance").text
            person.follows("Comment ma candidature a été évaluée")
            assert "Impact" in person.page.text


def letters_leave(cast, count):
    """Prepared by one of the team, read and confirmed by another, who finds it awaiting her."""
    letters = f"{count} lettre{'s' if count > 1 else ''}"
    cast.team.presses(f"Préparer l’envoi de {letters}")
    assert "une autre personne de l’équipe" in cast.team.page.text
    cast.teammate.attends_to("Confirmer l’envoi des résultats")
    cast.teammate.presses(f"Confirmer et envoyer {letters}")
