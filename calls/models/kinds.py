"""The kinds of answers: what each takes, what is wrong with one, how it is read."""

import re
from datetime import date
from decimal import Decimal

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Entity
from base.wording import NBSP, day, in_french


SHORT_LENGTH, LONG_LENGTH = 300, 20_000
# Minutes that people take, guessed and to be corrected by what is observed: the name, the service
# and the irritant together, then each kind; a long text at twenty words a minute.
PAGE_WORDS = 500  # what a page holds, the first step of a call in two
HEADING_MINUTES, TEXT_MINUTES, WORDS_A_MINUTE = 5, 15, 20


class QuestionKind(models.TextChoices):
    SHORT = "short", gettext_lazy("texte court")
    LONG = "long", gettext_lazy("texte long")
    NUMBER = "number", gettext_lazy("nombre")
    DATE = "date", gettext_lazy("date")
    YES_NO = "yes_no", gettext_lazy("oui ou non")
    CHOICE = "choice", gettext_lazy("un choix parmi plusieurs")
    SEVERAL = "several", gettext_lazy("plusieurs choix possibles")
    EMAIL = "email", gettext_lazy("adresse électronique")
    LINK = "link", gettext_lazy("adresse d’un site")
    ENTITY = "entity", gettext_lazy("service de l’administration")
    SHARE = "share", gettext_lazy("part de temps, en pourcentage")
    FILES = "files", gettext_lazy("fichiers")
    INFO = "info", gettext_lazy("texte d’information, sans réponse")


OFFERING = [QuestionKind.CHOICE, QuestionKind.SEVERAL]


def effort_of(question):
    """The minutes that one answer takes, as a whole number."""
    if question.kind == QuestionKind.LONG and question.max_words:
        return max(3, question.max_words // WORDS_A_MINUTE)
    return {QuestionKind.LONG: TEXT_MINUTES, QuestionKind.SHORT: 2}.get(question.kind, 1)


def fits_one_page(questions):
    """Whether every long text has its limit, and all of them hold in a page."""
    limits = [question.max_words for question in questions if question.kind == QuestionKind.LONG]
    return None not in limits and sum(limits) <= PAGE_WORDS


def number_in(text):
    """A number as people type it (« 1 200,5 », "1200.5"), or None."""
    plain = "".join(text.split()).replace(",", ".")
    return Decimal(plain) if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", plain) else None


def number_shown(number):
    """« 1 200,5 », "1,200.5"."""
    text = f"{number:,f}"
    return text.replace(",", NBSP).replace(".", ",") if in_french() else text


def fault_of_number(question, text):
    number = number_in(text)
    if number is None:
        return _("Écrivez un nombre, par exemple 12 ou 12,5.")
    if question.at_least is not None and number < question.at_least:
        return _("Au moins %(bound)s.") % {"bound": number_shown(question.at_least.normalize())}
    if question.at_most is not None and number > question.at_most:
        return _("Au plus %(bound)s.") % {"bound": number_shown(question.at_most.normalize())}
    return ""


def fault_of_share(_question, text):
    number = number_in(text.removesuffix("%"))
    if number is None or number != int(number) or not 1 <= number <= 100:
        return _("Écrivez un nombre entier de 1 à 100.")
    return ""


def fault_of_date(_question, text):
    return "" if day_in(text) else _("Écrivez une date, par exemple 2027-03-31.")


def day_in(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def fault_of_email(_question, text):
    return _broken(EmailValidator(), text) and _(
        "Écrivez une adresse électronique complète, par exemple prenom.nom@ministere.gouv.fr."
    )


def fault_of_link(_question, text):
    """Http and https only: no other address may ever become a link."""
    return _broken(URLValidator(schemes=["http", "https"]), text) and _(
        "Écrivez une adresse complète, qui commence par https:// ou http://."
    )


def fault_of_long(question, text):
    words = len(text.split())
    if question.max_words and words > question.max_words:
        return _("%(words)s mots pour %(limit)s au plus.") % {
            "words": words,
            "limit": question.max_words,
        }
    return ""


def fault_of_choice(question, text):
    offered = {value for value, _label in question.choices}
    return "" if offered.issuperset(text.split("\n")) else _("Ce choix n’est plus proposé.")


def entity_in(text):
    """The service whose number was stored, or None."""
    return Entity.objects.filter(pk=text).first() if text.isdecimal() and len(text) < 10 else None


def fault_of_entity(_question, text):
    return "" if entity_in(text) else _("Ce service n’existe plus : choisissez-en un autre.")


def files_in(text):
    """The files that an answer names; their model stands above this one."""
    return list(apps.get_model("calls", "Attachment").objects.named_in(text))


def fault_of_files(_question, text):
    found = files_in(text)
    if not found or len(found) != len(text.split("\n")):
        return _("Un fichier manque : joignez-le de nouveau.")
    if refused := [file.name for file in found if file.state == file.State.REFUSED]:
        return _("L’antivirus refuse %(names)s : retirez ce fichier.") % {
            "names": ", ".join(refused)
        }
    return ""


def _broken(validator, text):
    try:
        validator(text)
    except ValidationError:
        return True
    return ""


FAULTS = {
    QuestionKind.LONG: fault_of_long,
    QuestionKind.NUMBER: fault_of_number,
    QuestionKind.DATE: fault_of_date,
    QuestionKind.YES_NO: fault_of_choice,
    QuestionKind.CHOICE: fault_of_choice,
    QuestionKind.SEVERAL: fault_of_choice,
    QuestionKind.EMAIL: fault_of_email,
    QuestionKind.LINK: fault_of_link,
    QuestionKind.ENTITY: fault_of_entity,
    QuestionKind.SHARE: fault_of_share,
    QuestionKind.FILES: fault_of_files,
}


def shown_number(_question, text):
    number = number_in(text)
    return text if number is None else number_shown(number)


def shown_date(_question, text):
    return day(day_in(text)) or text


def shown_choice(question, text):
    labels = dict(question.choices)
    return "\n".join(labels.get(line, line) for line in text.split("\n"))


def shown_entity(_question, text):
    return str(entity_in(text) or "")


def shown_files(_question, text):
    """In the snapshot: name, size, hash."""
    return "\n".join(file.in_words for file in files_in(text))


def shown_share(_question, text):
    number = text.removesuffix("%").strip()
    return f"{number}{NBSP}%"


SHOWN = {
    QuestionKind.NUMBER: shown_number,
    QuestionKind.DATE: shown_date,
    QuestionKind.YES_NO: shown_choice,
    QuestionKind.CHOICE: shown_choice,
    QuestionKind.SEVERAL: shown_choice,
    QuestionKind.ENTITY: shown_entity,
    QuestionKind.SHARE: shown_share,
    QuestionKind.FILES: shown_files,
}
