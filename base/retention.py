"""How long each kind of personal data is kept: what the purge applies and the public page says.

Source: article 5, paragraph 1, point e of the GDPR; docs/decisions/0018-retention.md.
"""

from datetime import timedelta
from typing import NamedTuple

from django.db.models import DateTimeField, Func
from django.utils.translation import gettext_lazy as _


# People are told this long before their dossier is erased, and never less.
NOTICE = timedelta(days=30)
# Counted from the closing, or where none is to come from the last touch; from what ended it, for
# a deposit; from its closure, for an irritant; from the day it left, for a message.
DRAFT_MONTHS, DEPOSIT_MONTHS, IRRITANT_MONTHS, MESSAGE_MONTHS = 12, 24, 60, 12


def months_after(at, months):
    """For a query: the same day and hour so many months later, or that month's last day."""
    return Func(
        at,
        template=f"(%(expressions)s + make_interval(months => {months:d}))",
        output_field=DateTimeField(),
    )


class Kind(NamedTuple):
    """A line of the public table: what is kept, of what it is made, for how long.

    The portal itself erases what has its months here, and what follows it (`follows`).
    """

    what: str
    content: str
    kept: str
    months: int = 0
    follows: bool = False

    @property
    def is_automatic(self):
        return self.months > 0 or self.follows

    @property
    def period(self):
        return self.kept % {"months": self.months} if self.months else self.kept


KINDS = [
    Kind(
        _("Compte d’un agent"),
        _("nom, prénom, adresse professionnelle, fonction, service, langue"),
        _("tant que le compte sert, puis deux ans"),
    ),
    Kind(
        _("Irritant clos ou masqué"),
        _("auteur, adresse, « moi aussi » ; le texte public reste, sans nom"),
        _("%(months)s mois après sa clôture"),
        months=IRRITANT_MONTHS,
    ),
    Kind(
        _("Brouillon de candidature non déposé"),
        _("texte, fichiers joints, auteurs, invitations, visa hiérarchique"),
        _("%(months)s mois après la clôture de l’appel, ou sans clôture après le dernier ajout"),
        months=DRAFT_MONTHS,
    ),
    Kind(
        _("Candidature irrecevable, retirée ou non retenue"),
        _("texte, fichiers joints, auteurs, récépissés, compléments, visa hiérarchique"),
        _("%(months)s mois après la réponse ou le retrait"),
        months=DEPOSIT_MONTHS,
    ),
    Kind(
        _("Candidature retenue"),
        _("texte figé, auteurs, visa hiérarchique"),
        _("avec le projet"),
    ),
    Kind(
        _("Évaluations, liens d’intérêt et décisions du comité"),
        _("notes, avis, motifs, noms des porteurs"),
        _("avec les procès-verbaux"),
    ),
    Kind(
        _("Projet et mandats"),
        _("équipe, jalons, indicateurs, revues"),
        _("cinq ans après la fin du projet, puis versement aux archives"),
    ),
    Kind(
        _("Accompagnement"),
        _("séances, synthèses partagées, notes du coach"),
        _("deux ans après la fin de l’accompagnement"),
    ),
    Kind(
        _("Procès-verbaux et décisions"),
        _("composition du comité, votes non secrets, décisions"),
        _("dix ans, puis versement aux archives"),
    ),
    Kind(
        _("Messages envoyés"),
        _("adresse, objet, texte"),
        _("%(months)s mois après leur départ"),
        months=MESSAGE_MONTHS,
    ),
    Kind(
        _("Journal des actions sur une candidature ou un irritant"),
        _("qui, quoi, quand"),
        _("comme la candidature ou l’irritant : restent les dates et une empreinte"),
        follows=True,
    ),
    Kind(
        _("Journaux techniques"),
        _("identifiant de compte, adresse IP, page"),
        _("un an"),
    ),
]
