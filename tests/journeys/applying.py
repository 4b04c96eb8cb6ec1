"""From what hurts to a deposited application: irritant, call, draft, visa, receipt."""

from datetime import date

from incubator.demo.clock import at
from tests.journeys.letters import letter_to, link_in


PAIN = "La pénurie d’eau s’apprend par la presse"
CALL = "Promotion 2 : l’eau"
IDEA = "Prévenir les préfets avant la pénurie"
OTHER_IDEA = "Un annuaire des puits"
MANAGER = "responsable@example.gouv.fr"
WHY = "Les préfets apprennent la pénurie trop tard pour décider.\nEn 2022, onze fois."
FOR_WHOM = "Les directions départementales"
QUESTIONS = [
    {
        "Question": "Quel problème voulez-vous résoudre ?",
        "Type de réponse": "texte long",
        "Nombre maximal de mots": 100,
    },
    {"Question": "Pour qui ?", "Type de réponse": "texte court"},
    {
        "Question": "Où commencer ?",
        "Type de réponse": "un choix parmi plusieurs",
        "Choix proposés": "Un département\nUne région",
    },
    {
        "Question": "Avez-vous un prototype ?",
        "Type de réponse": "oui ou non",
        "Réponse obligatoire pour déposer": False,
    },
]


def an_irritant_is_shared(cast):
    with at(date(2025, 1, 6), 10):
        cast.agent.goes_to("/irritants/signaler/")
        pain = {"En une phrase": PAIN, "Ce qui ne va pas": WHY}
        often = {"Qui en souffre": "des agents", "À quelle fréquence": "chaque semaine"}
        cast.agent.presses("Signaler", pain | often)
        assert "L’équipe relit votre irritant" in cast.agent.page.said
        assert PAIN not in cast.public.goes_to("/irritants/").text
    with at(date(2025, 1, 6), 11):
        cast.team.goes_to(cast.agent.page.address)
        cast.team.presses("Publier")
        assert cast.team.page.said == "L’irritant est publié ; la personne en est prévenue."
        letter_to(cast.agent.email, f"Votre irritant « {PAIN} » est publié")
    with at(date(2025, 1, 6), 14):
        cast.colleague.goes_to("/irritants/")
        cast.colleague.follows(PAIN)
        cast.colleague.presses("Moi aussi")
        assert "1 autre personne dit « moi aussi »." in cast.colleague.page.text


def a_call_is_published(cast):
    with at(date(2025, 1, 7), 10):
        cast.team.goes_to("/equipe/appels/")
        cast.team.follows("Préparer un appel")
        cast.team.presses(
            "Enregistrer et écrire les questions",
            {
                "Titre": CALL,
                "Résumé": "Une idée pour mieux partager l’eau ?",
                "Qui peut candidater": "Tous les agents publics.",
                "Consignes": "Partez de ce que **vivent** les usagers.",
                "Adresse de contact": "equipe@example.gouv.fr",
                "Ouverture": "2025-01-13T09:00",
                "Clôture": "2025-02-14T12:00",
                "Le visa hiérarchique est exigé": True,
                "Comité": str(cast.committee),
                "Grille d’évaluation": str(cast.grid),
                "Début prévu de la promotion": "2025-04-01",
            },
        )
        for question in QUESTIONS:
            cast.team.follows("Ajouter une question")
            cast.team.presses("Ajouter la question", question)
        cast.team.follows("Revenir à l’appel")
        assert CALL not in cast.public.goes_to("/appels/").text
        cast.team.presses("Publier l’appel")
    with at(date(2025, 1, 7), 11):
        cast.public.goes_to("/appels/")
        cast.public.follows(CALL)
        assert "Vous pourrez candidater à partir du" in cast.public.page.text
        assert "lundi 13 janvier 2025 à 9 h 00 (heure de Paris)" in cast.public.page.text
    with at(date(2025, 1, 13), 9):
        cast.public.goes_to("/appels/")
        cast.public.follows(CALL)
        assert "Il reste 32 jours" in cast.public.page.all("lf-countdown")[0]


def a_draft_is_written(cast):
    with at(date(2025, 1, 13), 10):
        cast.agent.goes_to("/irritants/")
        cast.agent.follows(PAIN, f"Candidater à « {CALL} »")
        assert f"liée à « {PAIN} »" in cast.agent.page.text
        cast.agent.presses("Commencer ma candidature")
        cast.agent.presses("Enregistrer", {"Nom de l’idée": IDEA, "Quel problème": WHY})
        assert "Votre candidature n’est pas encore déposée" in cast.agent.page.said
    with at(date(2025, 1, 14), 9):
        cast.agent.goes_to("/candidatures/")
        cast.agent.follows(IDEA, "Continuer à écrire")
        form = cast.agent.page.form("Vérifier avant de déposer")
        assert form.value("Quel problème").replace("\r\n", "\n") == WHY
        cast.agent.presses(
            "Vérifier avant de déposer", {"Pour qui": FOR_WHOM, "Où commencer": "Une région"}
        )
        assert "Il manque 1 chose" in cast.agent.page.text


def a_manager_signs(cast, person):
    """By the link of the letter, without an account."""
    with at(date(2025, 1, 14), 10):
        person.follows("Visa hiérarchique")
        plan = {
            "Nom du responsable": "Marie Roux",
            "Son adresse électronique": MANAGER,
            "Part du temps libérée": 40,
            "À partir du": "2025-04-01",
            "Pendant, en mois": 6,
        }
        person.presses("Envoyer la demande de visa", plan)
    with at(date(2025, 1, 15), 8):
        letter = letter_to(MANAGER, f"Votre visa est demandé pour {person}")
        cast.manager.goes_to(link_in(letter))
        assert "40 % du temps" in cast.manager.page.text
        cast.manager.presses("Valider ma réponse", {"Votre réponse": "Je signe cette mise"})
        assert "Votre réponse est enregistrée" in cast.manager.page.text
        letter_to(person.email, "Marie Roux a signé votre mise à disposition")


def another_draft_is_written(cast):
    with at(date(2025, 1, 14), 9, 30):
        cast.colleague.goes_to("/appels/")
        cast.colleague.follows(CALL, "Candidater")
        cast.colleague.presses("Commencer ma candidature")
        answers = {"Quel problème": WHY, "Pour qui": FOR_WHOM, "Où commencer": "Un département"}
        words = {"Nom de l’idée": OTHER_IDEA, **answers}
        cast.colleague.presses("Vérifier avant de déposer", words)


def applications_are_deposited(cast):
    """The second in the last minutes that the call announced."""
    with at(date(2025, 2, 10), 16):
        deposit(cast.colleague, OTHER_IDEA)
    with at(date(2025, 2, 14), 11, 58):
        deposit(cast.agent, IDEA)
    check_receipt(cast)


def deposit(person, idea):
    person.goes_to("/candidatures/")
    person.follows(idea, "Vérifier et déposer")
    person.presses("Déposer ma candidature")


def check_receipt(cast):
    """What, when, by whom, what comes next: the same on the page, in the letter and on paper."""
    with at(date(2025, 2, 14), 12, 5):
        page = cast.agent.page
        letter = letter_to(cast.agent.email, "Récépissé nº 2025-")
        for said in [IDEA, CALL, str(cast.agent), "14 février 2025 à 11:5"]:
            assert said in page.text
            assert said in f"{letter.subject} {letter.body}".replace("\u00a0", " ")
        for said in ["Recevabilité", "Le comité lit exactement la version", WHY.split("\n")[1]]:
            assert said in page.text
        assert cast.agent.goes_to(link_in(letter)).title == page.title
        paper = cast.agent.follows("Télécharger ce récépissé PDF")
        assert (paper.type, paper.content[:5]) == ("application/pdf", b"%PDF-")
