"""From a selected application to a second term: the project, its coach, its milestones, its end."""

from datetime import date

from incubator.demo.clock import at
from tests.journeys import examining
from tests.journeys.applying import CALL, IDEA, WHY
from tests.journeys.letters import letter_to


PROMOTION = "Promotion 2"
PROJECT = "/projets/prevenir-les-prefets-avant-la-penurie/"
ROUND = "Tour d’août"
REVIEW = f"{IDEA}, revue du mandat nº 1"
MILESTONES = [
    ["Lancement de l’équipe", "8 avril 2025"],
    ["Retour des premiers utilisateurs", "1er juillet 2025"],
    ["Date du comité réservée", "18 août 2025"],
    ["Bilan de mandat remis au comité", "25 août 2025"],
    ["Revue de fin de mandat devant le comité", "1er septembre 2025"],
]
TERMS = [
    ["Mandat nº 2", "1er octobre 2025", "31 mars 2026"],
    ["Mandat nº 1", "1er avril 2025", "30 septembre 2025"],
]
PRIVATE = "Elle doute de son directeur."
SUMMARY = "Trois préfectures ont accepté de nous recevoir."
ACTION = "Appeler la préfecture de la Drôme"


def a_project_is_opened(cast):
    with at(date(2025, 3, 17), 10):
        cast.team.goes_to("/equipe/promotions/")
        cast.team.follows("Créer une promotion")
        words = {"Nom": PROMOTION, "Présentation": "Elle commence par l’eau."}
        links = {"Comité": str(cast.committee), "Appel à candidatures": CALL}
        cast.team.presses("Créer la promotion", words | links | {"Début": "2025-04-01"})
        cast.team.attends_to("Ouvrir 1 projet d’une candidature retenue")
        cast.team.follows("Ouvrir les projets")
        assert IDEA in cast.team.page.text
        cast.team.presses("Ouvrir les projets", {"Entrée en incubation": "2025-04-01"})
        cast.team.presses("Publier la promotion")
        assert not cast.team.is_awaited("Ouvrir 1 projet")
    with at(date(2025, 4, 1), 10):
        page = cast.agent.goes_to(f"{PROJECT}suivi/")
        assert "nº 1, jusqu’au 30 septembre 2025" in page.text
        cast.agent.follows("Jalons")
        assert [row[:2] for row in cast.agent.page.rows()] == MILESTONES


def a_coach_is_found(cast):
    with at(date(2025, 4, 2), 9):
        cast.team.goes_to("/equipe/coachs/")
        cast.team.follows("Inscrire un coach")
        answers = {"Adresse électronique": cast.coach.email, "Domaines": ["gestion de produit"]}
        cast.team.presses("Inscrire", answers | {"Jours": 4, "Projets": 2})
        cast.team.goes_to("/equipe/coachs/projets/")
        cast.team.follows("Proposer un coach")
        cast.team.presses("Classer les coachs", {"Besoins du projet": ["gestion de produit"]})
        reasons = "Elle connaît les produits publics et la Drôme."
        cast.team.presses("Envoyer la proposition", {"Coach": str(cast.coach), "Raisons": reasons})
        cast.coach.attends_to("Répondre : accompagner")
        assert reasons in cast.coach.page.text
        cast.coach.presses("Accepter")
        assert not cast.coach.is_awaited("Répondre")


def a_session_is_held(cast):
    with at(date(2025, 4, 15), 17):
        cast.coach.goes_to("/accompagnement/")
        cast.coach.follows(IDEA, "Enregistrer une séance")
        cast.coach.presses(
            "Enregistrer la séance",
            {
                "Durée en minutes": 90,
                "Compte rendu partagé": SUMMARY,
                "Note privée": PRIVATE,
                "Action 1 : quoi": ACTION,
                "Action 1 : qui": str(cast.agent),
                "Action 1 : pour quand": "2025-04-18",
            },
        )
        assert PRIVATE in cast.coach.page.text
    with at(date(2025, 4, 16), 9):
        cast.agent.attends_to(ACTION)
        cast.agent.presses("C’est fait")
        assert not cast.agent.is_awaited(ACTION)
        for person in [cast.agent, cast.team]:
            person.goes_to(f"{PROJECT}accompagnement/")
            assert SUMMARY in person.page.text
            assert PRIVATE not in person.page.text


def milestones_are_reported(cast):
    with at(date(2025, 4, 8), 9):
        cast.agent.attends_to("Rendre le jalon « Lancement de l’équipe »")
        cast.agent.presses("Rendre le jalon", {"Compte rendu": "Nous sommes trois."})
        assert not cast.agent.is_awaited("Rendre le jalon « Lancement")
    with at(date(2025, 4, 9), 9):
        cast.team.attends_to("Relire le jalon « Lancement de l’équipe »")
        cast.team.follows("Donner un avis")
        cast.team.presses(cast.team.page.buttons()[0], {"Avis": "atteint"})
        assert not cast.team.is_awaited("Relire le jalon « Lancement")
    with at(date(2025, 7, 1), 9):
        cast.agent.goes_to(f"{PROJECT}jalons/")
        cast.agent.follows("Retour des premiers utilisateurs")
        cast.agent.presses("Rendre le jalon", {"Compte rendu": "Douze préfectures visitées."})


def the_term_is_reviewed(cast):
    with at(date(2025, 8, 11), 10):
        cast.agent.attends_to("Remettre la revue du mandat nº 1")
        words = dict.fromkeys(["Ce que nous avons fait", "Ce que cela change"], "Douze visites.")
        words |= {"Ce que nous avons appris": "Le SMS ne suffit pas."}
        cast.agent.presses("Enregistrer", words | {"Ce que nous demandons": "Six mois."})
        cast.agent.presses("Remettre la revue")
        assert not cast.agent.is_awaited("Remettre la revue")
        dates = ["2025-08-12T09:00", "2025-08-18T18:00", "2025-08-20T18:00"]
        examining.plan_a_round(cast, ROUND, *dates)
        cast.team.attends_to("Transmettre au comité la revue du mandat nº 1")
        cast.team.follows("Transmettre au comité")
        cast.team.presses("Transmettre au comité", {"Tour du comité": ROUND})
        assert not cast.team.is_awaited("Transmettre au comité")
    review = examining.Case(REVIEW, "prolonger de six mois", "Les visites portent.")
    examining.interests_are_declared(cast, ROUND, date(2025, 8, 12))
    examining.dossiers_are_reviewed(cast, ROUND, [review.title], date(2025, 8, 13))
    sitting = examining.a_sitting_is_convened(
        cast, [review.title], on=date(2025, 8, 21), meets_at="2025-08-28T14:00"
    )
    examining.a_sitting_is_held(cast, sitting, [review], on=date(2025, 8, 28), hour=14)


def a_second_term_begins(cast):
    with at(date(2025, 8, 29), 9):
        letter = letter_to(cast.agent.email, "Décision du comité sur")
        cast.agent.goes_to(f"{PROJECT}mandats/")
        assert [row[:3] for row in cast.agent.page.rows()] == TERMS
        cast.agent.follows("Mandat nº 1")
        for said in ["prolonger de six mois", "Les visites portent."]:
            assert said.lower() in cast.agent.page.text.lower()
            assert said.lower() in letter.body.lower()


def the_public_sees(cast):
    """Nothing before the team agrees; then the promotion, the project, and no private word."""
    with at(date(2025, 10, 1), 9):
        assert IDEA not in cast.public.goes_to("/projets/").text
        cast.agent.goes_to(f"{PROJECT}publication/")
        cast.agent.follows("Modifier la présentation")
        cast.agent.presses("Enregistrer", {"Le problème": WHY})
        cast.agent.presses("Donner l’accord de l’équipe")
        cast.team.goes_to(f"{PROJECT}publication/")
        cast.team.presses("Publier la page")
        cast.public.goes_to("/promotions/")
        cast.public.follows(PROMOTION, IDEA)
        for said in [WHY.split("\n")[1], "nº 2, jusqu’au 31 mars 2026", PROMOTION]:
            assert said in cast.public.page.text
        for kept in [PRIVATE, SUMMARY, ACTION]:
            assert kept not in cast.public.page.text
