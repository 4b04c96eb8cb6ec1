from django.db import models
from django.utils.translation import gettext_lazy

from committees.models.examinable import Examinable


class Expertise(models.Model):
    """A subject that a member knows, in the words of what their committee may examine."""

    seat = models.ForeignKey(
        "committees.Seat", models.CASCADE, related_name="expertises", editable=False
    )
    subject = models.CharField(gettext_lazy("compétence"), max_length=40)

    class Meta:
        verbose_name = gettext_lazy("compétence")
        verbose_name_plural = gettext_lazy("compétences")
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "subject"],
                name="expertise_once_per_seat",
                violation_error_message=gettext_lazy("Ce membre a déjà cette compétence."),
            )
        ]

    def __str__(self):
        return str(subjects().get(self.subject, self.subject))


def subjects():
    """What dossiers may be about, code → words: all that is examined has its say."""
    return {
        code: label for heir in Examinable.__subclasses__() for code, label in heir.Subject.choices
    }
