"""What the demonstration must show: page after page, to whom, in which words."""

from calls.models import (
    Appeal,
    Application,
    Approval,
    CoApplicant,
    Inquiry,
    Irritant,
    Release,
)
from committees.models import Contest, Deliberation, Rectification, Round, Sitting
from projects.models import Project


WINTER = "appel-a-intrapreneurs-hiver"
LETTERS = "defi-des-lettres-que-lon-comprend-du-premier-coup"
PAGES = "une-page-pour-simplifier-la-vie-des-associations"
SPRING = "appel-a-intrapreneurs-printemps"
TITLES = {
    "queues": "Files d’attente visibles",
    "book": "Carnet de coupe partagé",
    "field": "Le carnet de terrain partagé",
    "plan": "Un plan de prévention que l’on sait lire",
    "paths": "Qui entretient ce chemin rural\u00a0?",
    "prices": "Un comparateur des prix des petits achats",
    "guide": "Trois usagers avant d’écrire une circulaire",
    "offers": "Les emplois que le département ne trouve pas à pourvoir",
    "trial": "Essayer un service avant de le publier",
    "readers": "Relire les lettres avec ceux qui les reçoivent",
    "dunning": "La relance d’impôt en une page",
    "phone": "Un automate d’appel pour expliquer les lettres",
    "heard": "Des lettres que l’on peut écouter",
}


def numbers():
    """The rows that the addresses below name."""
    found = {name: Application.objects.get(title=title).pk for name, title in TITLES.items()}
    irritants = Irritant.objects.published()
    awaited = Approval.objects.answerable()
    return found | {
        "low_water": irritants.get(title__startswith="Les niveaux d’eau").pk,
        "tax": irritants.get(title__startswith="J’imprime").pk,
        "counter": irritants.get(title__startswith="Un tiers").pk,
        "pieces": Irritant.objects.get(title__startswith="Au guichet").pk,
        "unpublished": Irritant.objects.get(title__startswith="La dame").pk,
        "asked": awaited.get(manager_email__startswith="presidente").pk,
        "delegated": awaited.get(manager_email__startswith="membre").pk,
        "invited": CoApplicant.objects.invited().get(email__startswith="porteur").pk,
        "inquiry": Inquiry.objects.waiting().get().pk,
        "past": Round.objects.get(name="Sélection, hiver dernier").pk,
        "summer": Round.objects.get(name="Sélection, été").pk,
        "blind": Round.objects.get(name="Choix des investigations").pk,
        "held": Sitting.objects.filter(status="signed").earliest("meets_at").pk,
        "prepared": Sitting.objects.get(status="prepared").pk,
        "contest": Contest.objects.get().pk,
        "act": Rectification.objects.get().pk,
        "piece": Deliberation.objects.get(snapshot__title__startswith="La bonne pièce").pk,
        "bilan": Deliberation.objects.get(snapshot__title__startswith="Bilan carbone").pk,
        "terms": Round.objects.get(name="Fins de mandat en cours").pk,
        "release": Release.objects.prepared().get().pk,
        "appeal": Appeal.objects.live().get().pk,
        "huts": Application.objects.get(title__startswith="La réservation des refuges").pk,
        "badge": Application.objects.get(title="Badge unique des sites forestiers").pk,
        "balance": Application.objects.get(title="Bilan en continu").pk,
        "lanes": Project.objects.get(title="Guichet des chemins ruraux").slug,
    }


DESK = "/equipe/candidatures/"
SHOWN = [  # (account, address, what is read there)
    # The calls, of every kind and at every stage.
    ("agent", "/appels/", ["hiver", "Défi :", "Une page", "été"]),
    ("agent", f"/appels/{WINTER}/", ["texte d’information", "seulement si", "part de temps"]),
    ("agent", f"/appels/{LETTERS}/", ["Un défi proposé par", "Direction générale des finances"]),
    ("agent", f"/appels/{PAGES}/", ["Un appel en deux étapes", "investigation de 3 mois"]),
    ("agent", "/appels/vos-idees-toute-lannee/", ["Un appel permanent", "prochaine séance"]),
    ("agent", f"/appels/{WINTER}/questions/", ["Que devient mon poste", "Deux collègues"]),
    ("agente.creuse", f"/appels/{WINTER}/questions/", ["Mon contrat se termine en juin"]),
    ("equipe", "/equipe/appels/", ["printemps", "en préparation"]),
    ("equipe", f"/equipe/appels/{WINTER}/", ["Rien encore de", "Ministère de la Culture"]),
    ("equipe", f"/equipe/appels/{WINTER}/versions/", ["ajoutée", "retirée", "modifiée"]),
    ("equipe", f"/equipe/appels/{WINTER}/prolongations/", ["Agente de la voirie", "En arrêt"]),
    ("equipe", f"/equipe/appels/{SPRING}/questions/", ["seulement si", "À quoi verra-t-on"]),
    ("equipe", "/equipe/questions-des-agents/{inquiry}/", ["Mon contrat se termine en juin"]),
    # An application written by several, with what a form may ask.
    ("agent", "/candidatures/{queues}/rediger/", ["À qui en avez-vous déjà parlé", "La cheffe"]),
    ("agent", "/candidatures/{queues}/", ["ressources humaines", "Agent d’accueil"]),
    ("agent", "/candidatures/{queues}/co-porteurs/", ["invitation en attente", "peut lire"]),
    ("agent", "/candidatures/{queues}/depot/", ["À quoi verra-t-on", "Visa"]),
    ("agent", "/candidatures/{queues}/visa/", ["Directrice des ressources humaines"]),
    ("porteur", "/co-porteurs/{invited}/reponse/", ["Files d’attente visibles"]),
    ("secretaire", "/candidatures/{guide}/rediger/", ["Une circulaire se relit à dix"]),
    ("presidente", "/visas/{asked}/", ["hors des semaines de séance", "20"]),
    ("membre", "/visas/{delegated}/", ["Cheffe du service de l’emploi vous transmet", "50 %"]),
    ("developpeuse", "/candidatures/{trial}/visa/", ["L’équipe perd deux développeurs"]),
    ("agente.risques", "/candidatures/{plan}/", ["modifications non déposées"]),
    ("agente.risques", "/candidatures/{plan}/visa/", ["sous conditions", "campagne des crues"]),
    ("agent.forets", "/candidatures/{book}/versions/", ["Version 2", "Version 1"]),
    ("agent.forets", "/candidatures/{book}/versions/2/comparaison/", ["520", "450"]),
    (
        "agent.forets",
        "/candidatures/{book}/recepisse/",
        ["relevé de coupe.pdf", "SHA-256", "avenue de Ségur"],
    ),
    ("agent.marches", "/candidatures/{prices}/", ["retirée"]),
    ("developpeuse", "/candidatures/{heard}/", ["clos"]),
    # What the team asked, and what it decided.
    ("agent", "/candidatures/{readers}/rediger/", ["qui recrutera les dix personnes"]),
    ("agent.accueil", "/candidatures/{phone}/", ["achat d’un automate"]),
    ("equipe", f"{DESK}{{readers}}/", ["attendue", "qui recrutera", "convocation type.pdf"]),
    ("equipe", f"{DESK}{{dunning}}/", ["reçue", "Donnez l’article"]),
    ("equipe", "/candidatures/{dunning}/versions/2/comparaison/", ["690", "article L. 257"]),
    ("equipe", DESK, ["Défi : à vérifier", "Hiver, avec les visas", "retirée"]),
    ("admin", DESK, ["Sans thème"]),
    ("equipe", f"{DESK}exports/", ["prêt", "échoué", "Redemandez-le"]),
    ("equipe", f"{DESK}{{book}}/rapprochements/", ["Réunir les équipes", "parc"]),
    ("equipe", f"{DESK}{{paths}}/rapprochements/", ["Guichet des chemins ruraux"]),
    ("agente.parcs", "/mon-espace/messages/", ["se ressemblent"]),
    # The irritants, from the first report to the impact.
    ("agent", "/irritants/", ["eau, climat et biodiversité", "mobilités", "pris en charge"]),
    ("agent", "/irritants/{low_water}/", ["Alerte étiage", "Signalé de nouveau"]),
    ("agent", "/irritants/{tax}/", ["quotient familial", "clos"]),
    ("agent", "/irritants/{counter}/", ["pris en charge", "tous les jours"]),
    ("equipe", "/irritants/{unpublished}/", ["met en cause une personne"]),
    ("equipe", "/equipe/irritants/", ["signalé, à relire", "Le standard de la préfecture"]),
    ("equipe", "/irritants/{pieces}/", ["Au guichet on m’a demandé"]),
    # The committee, from its plan to its minutes.
    ("equipe", "/equipe/comites/tours/{summer}/repartition/", ["Plan n", "appliqué"]),
    ("secretaire", "/equipe/comites/tours/{summer}/interets/", ["Déclarations attendues"]),
    ("equipe", "/equipe/comites/tours/{blind}/masquages/", ["à vérifier"]),
    ("secretaire", "/comites/tours/{past}/resultats/", ["Sévérité", "Couverture"]),
    ("secretaire", "/comites/tours/{past}/etat/", ["Directrice du numérique"]),
    ("secretaire", "/comites/seances/{prepared}/auditions/", ["10 h 00", "libre"]),
    ("secretaire", "/comites/seances/{prepared}/ordre-propose/", ["mouvements"]),
    ("presidente", "/comites/classements/{contest}/", ["jugement majoritaire", "très bien"]),
    ("membre", "/comites/seances/{held}/pv/", ["Opinion dissidente", "Rectification n"]),
    ("membre", "/comites/rectifications/{act}/", ["entièrement à distance"]),
    (
        "membre",
        "/comites/evaluations/",
        ["1 à accepter ou refuser", "2 à écrire", "1 en retard", "remises", "La bonne pièce"],
    ),
    (
        "membre",
        "/comites/deliberations/{piece}/evaluation/",
        ["Quarante personnes", "je relis la mise à disposition", "Versions enregistrées"],
    ),
    (
        "membre",
        "/comites/deliberations/{piece}/evaluation/versions/",
        ["Version 2", "Version 1", "je reprends demain"],
    ),
    ("membre", "/comites/deliberations/{bilan}/", ["un seul service a compté", "par l’exemple"]),
    ("equipe", "/comites/tours/{summer}/resultats/?opinions=divergent", ["Bilan carbone"]),
    ("equipe", "/equipe/comites/tours/{terms}/avancement/", ["Membre du comité", "retard"]),
    ("directrice.numerique", "/comites/deliberations/{piece}/remarques/", ["service d’à côté"]),
    ("equipe", "/equipe/envois/{release}/", ["Confirmer et envoyer 2 lettres", "marées"]),
    ("admin", "/equipe/envois/{release}/", ["une autre personne de l’équipe"]),
    ("equipe", "/equipe/recours/", ["refuges", "déposé", "Badge unique", "retiré"]),
    ("equipe", "/equipe/recours/{appeal}/", ["n’ont pas de réseau", "Soumettre au comité"]),
    ("agente.parcs", "/candidatures/{huts}/", ["recours"]),
    ("agent.forets", "/candidatures/{badge}/", ["Contester", "a retiré son recours"]),
    ("agent.forets", "/candidatures/{badge}/explication/", ["poids 3 sur 10", "sévérité"]),
    ("agente.bilan", "/candidatures/{balance}/", ["Votre rang sur la liste de réserve"]),
    ("equipe", "/equipe/appels/appel-a-intrapreneurs-ete/promotion/", ["Les 2 meilleurs"]),
    ("porteur", "/projets/alerte-etiage/jalons/", ["Nommer qui tiendra la mesure"]),
    ("agent", "/methode/", ["poids"]),
]
AWAITED = {  # what « mon espace » asks of each, of the calls
    "agent": ["Déposer « Files d’attente visibles", "Répondre à la demande de complément"],
    "porteur": ["Répondre à l’invitation d’Agente de préfecture"],
    "presidente": ["Répondre à la demande de mise à disposition de Coach des usages"],
    "membre": [
        "Répondre à la demande de mise à disposition d’Agente de l’emploi",
        "Évaluer « La bonne pièce",
        "Accepter ou refuser d’évaluer « Clauses",
    ],
    "secretaire": ["Compléter « Trois usagers"],
    "coach": ["Répondre à l’invitation de Développeuse"],
    "equipe": [
        "Vérifier la recevabilité",
        "Envoyer 1 dossier",
        "Relire 3",
        "Répondre à 1",
        "Confirmer l’envoi des résultats de « Idées du mois",
        "Soumettre à d’autres membres le recours sur « La réservation",
    ],
    "admin": ["Vérifier la recevabilité", "Envoyer 1 dossier", "Relire 3", "Répondre à 1"],
}
