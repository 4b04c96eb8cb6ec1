"""A call without a closing, page by page: dossiers and answers as they come, then its end."""

from datetime import date

from incubator.demo.clock import at
from tests.journeys import applying, examining
from tests.journeys.applying import FOR_WHOM, IDEA, OTHER_IDEA, QUESTIONS, WHY
from tests.journeys.examining import SELECTED
from tests.journeys.letters import letter_to


CALL = "L’eau, toute l’année"
LATE_IDEA = "Une carte des fuites"
ROUND, NEXT_ROUND = "Tour de janvier", "Tour de février"


def a_rolling_call_is_published(cast):
    words = {
        "Titre": CALL,
        "Nature de l’appel": "appel permanent",
        "Résumé": "Une idée pour mieux partager l’eau ?",
        "Qui peut candidater": "Tous les agents publics.",
        "Adresse de contact": "equipe@example.gouv.fr",
        "Ouverture": "2025-01-13T09:00",
        "Comité": str(cast.committee),
        "Grille d’évaluation": str(cast.grid),
    }
    with at(date(2025, 1, 7), 10):
        cast.team.goes_to("/equipe/appels/nouveau/")
        button = "Enregistrer et écrire les questions"
        refused = cast.team.presses(button, words | {"Clôture": "2025-02-14T12:00"}, status=422)
        assert "Un appel permanent n’a pas de date de clôture" in refused.text
        cast.team.presses(button, {"Clôture": ""})
        for question in QUESTIONS:
            cast.team.follows("Ajouter une question")
            cast.team.presses("Ajouter la question", question)
        cast.team.follows("Revenir à l’appel")
        cast.team.presses("Publier l’appel")
    with at(date(2025, 1, 13), 9):
        cast.public.goes_to("/appels/")
        assert "On y dépose à tout moment" in cast.public.page.text
        cast.public.follows(CALL)
        assert "Vous pouvez déposer à tout moment." in cast.public.page.text
        assert cast.public.page.all("lf-countdown") == []


def a_draft_is_written(person, idea):
    person.goes_to("/appels/")
    person.follows(CALL, "Candidater")
    person.presses("Commencer ma candidature")
    answers = {"Quel problème": WHY, "Pour qui": FOR_WHOM, "Où commencer": "Un département"}
    person.presses("Vérifier avant de déposer", {"Nom de l’idée": idea, **answers})
    assert "Sans date de clôture" in person.page.text


def a_dossier_is_deposited(person, idea, on):
    with at(on, 10):
        a_draft_is_written(person, idea)
        applying.deposit(person, idea)
        letter_to(person.email, "Récépissé nº 2025-")


def a_dossier_is_sent(cast, idea, round, on, bounds):
    with at(on, 9):
        cast.team.goes_to("/equipe/candidatures/")
        cast.team.follows(idea)
        cast.team.presses("Déclarer recevable")
        examining.plan_a_round(cast, round, *bounds)
        cast.team.goes_to("/equipe/appels/")
        cast.team.follows(CALL, "Envoyer au comité")
        cast.team.presses("Vérifier avant d’envoyer", {"Tour d’examen": round})
        cast.team.presses("Envoyer ce dossier")


def the_first_round_is_decided(cast):
    examining.interests_are_declared(cast, ROUND, date(2025, 1, 28))
    examining.dossiers_are_reviewed(cast, ROUND, [IDEA], date(2025, 1, 29))
    sitting = examining.a_sitting_is_convened(
        cast, [IDEA], on=date(2025, 2, 4), meets_at="2025-02-18T14:00"
    )
    with at(date(2025, 2, 5), 9):
        cast.public.goes_to("/appels/")
        cast.public.follows(CALL)
        said = "Prochaine séance prévue du comité : le 18 février 2025."
        assert said in cast.public.page.text
    return sitting


def its_results_are_told(cast):
    with at(date(2025, 2, 19), 9):
        for person in [cast.agent, cast.colleague]:
            assert "en cours d’examen" in person.goes_to("/candidatures/").text
        cast.team.attends_to(f"Communiquer les résultats de « {CALL} »")
        assert NEXT_ROUND in cast.team.page.text
        cast.team.follows(ROUND)
        examining.letters_leave(cast, 1)
        letter = letter_to(cast.agent.email, f"Réponse à votre candidature « {IDEA} »")
        assert SELECTED.outcome in letter.body
        assert SELECTED.outcome in cast.agent.follows(IDEA).text
        assert "en cours d’examen" in cast.colleague.goes_to("/candidatures/").text
        assert SELECTED.outcome not in cast.colleague.follows(OTHER_IDEA).text
        assert not cast.team.is_awaited("Communiquer les résultats")


def its_closing_is_announced(cast):
    with at(date(2025, 2, 20), 9):
        a_draft_is_written(cast.agent, LATE_IDEA)
        cast.team.goes_to("/equipe/appels/")
        cast.team.follows(CALL, "Annoncer la clôture")
        refused = cast.team.presses(
            "Annoncer la clôture", {"Clôture": "2025-03-01T12:00"}, status=409
        )
        assert "au moins 30 jours à l’avance" in refused.text
        cast.team.presses("Annoncer la clôture", {"Clôture": "2025-04-01T12:00"})
        letter = letter_to(cast.agent.email, f"L’appel permanent « {CALL} » aura une fin")
        assert "1er avril 2025 à 12" in letter.body.replace("\u00a0", " ")
    with at(date(2025, 3, 30), 9):
        cast.public.goes_to("/appels/")
        cast.public.follows(CALL)
        assert "Il reste 2 jours" in cast.public.page.all("lf-countdown")[0]


def a_late_draft_is_refused_and_kept(cast):
    with at(date(2025, 4, 1), 11, 59):
        cast.agent.goes_to("/candidatures/")
        cast.agent.follows(LATE_IDEA, "Vérifier et déposer")
    with at(date(2025, 4, 1), 12, 1):
        refused = cast.agent.presses("Déposer ma candidature", status=409)
        assert "L’appel est clos depuis le" in refused.text
        cast.agent.goes_to("/candidatures/")
        cast.agent.follows(LATE_IDEA, "Relire ce que j’ai écrit")
        assert WHY.split("\n")[1] in cast.agent.page.text


def test_a_rolling_call_from_its_opening_to_its_end(cast):
    a_rolling_call_is_published(cast)
    a_dossier_is_deposited(cast.agent, IDEA, date(2025, 1, 20))
    bounds = ["2025-01-28T09:00", "2025-02-01T18:00", "2025-02-03T18:00"]
    a_dossier_is_sent(cast, IDEA, ROUND, date(2025, 1, 27), bounds)
    sitting = the_first_round_is_decided(cast)
    a_dossier_is_deposited(cast.colleague, OTHER_IDEA, date(2025, 2, 12))
    bounds = ["2025-02-14T09:00", "2025-02-27T18:00", "2025-02-28T18:00"]
    a_dossier_is_sent(cast, OTHER_IDEA, NEXT_ROUND, date(2025, 2, 13), bounds)
    examining.a_sitting_is_held(cast, sitting, [SELECTED], on=date(2025, 2, 18), hour=14)
    its_results_are_told(cast)
    its_closing_is_announced(cast)
    a_late_draft_is_refused_and_kept(cast)
