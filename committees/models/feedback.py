from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Prose
from base.lifecycle import Refused
from committees.models.decision import Decision
from committees.models.deliberation import Deliberation
from journal.models import Event


class Feedback(models.Model):
    """What a committee tells the people of a dossier beside its decision, in one text.

    Written by the chair or the secretary over what each review says to the applicants; never from
    the comments to the committee. It no longer changes once the decision is told.
    """

    deliberation = models.OneToOneField(
        "committees.Deliberation", models.PROTECT, editable=False, related_name="feedback"
    )
    text = Prose(gettext_lazy("retour aux personnes qui candidatent"), max_length=8000)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    edited_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = gettext_lazy("retour")
        constraints = [
            models.CheckConstraint(
                name="feedback_says_something",
                condition=Q(text__regex=r"\S"),
                violation_error_message=gettext_lazy("Écrivez ce que le comité veut leur dire."),
            )
        ]

    def __str__(self):
        return _("Retour sur « %(it)s »") % {"it": self.deliberation}

    @classmethod
    @transaction.atomic
    def compose(cls, deliberation, *, by, text):
        """Write what the people of a decided dossier will read; refused once they are told."""
        refusal = _("Ce retour est déjà communiqué, ou ce n’est pas à vous de l’écrire.")
        decision = deliberation.decision_in_force()
        if decision is None:
            raise Refused(_("Aucune décision n’attend ce retour."), subject=deliberation)
        decision.hold(Decision.objects.notifiable(), refusal=refusal)
        if not Deliberation.objects.answerable_by(by).contains(deliberation):
            raise Refused(refusal, subject=deliberation)
        written = {"text": text, "edited_by": by, "edited_at": timezone.now()}
        feedback, _created = cls.objects.update_or_create(
            deliberation=deliberation, defaults=written
        )
        Event.record("feedback.composed", actor=by, subject=deliberation)
        return feedback
