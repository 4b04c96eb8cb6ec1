from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.lifecycle import Refused
from committees.models.deliberation import Deliberation
from committees.models.round import Round
from journal.models import Event


class WishQuerySet(models.QuerySet):
    def of_seats(self, seats):
        return self.filter(seat__in=seats)


class Leaning(models.TextChoices):
    WANTED = "wanted", gettext_lazy("je souhaite l’évaluer")
    UNWANTED = "unwanted", gettext_lazy("plutôt pas")


class Wish(models.Model):
    """What a member would rather review, or rather not: followed where loads allow, never due."""

    Leaning = Leaning

    deliberation = models.ForeignKey(
        "committees.Deliberation", models.CASCADE, related_name="wishes", editable=False
    )
    seat = models.ForeignKey(
        "committees.Seat", models.CASCADE, related_name="wishes", editable=False
    )
    leaning = models.CharField(gettext_lazy("vœu"), max_length=8, choices=Leaning)
    expressed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("vœu")
        verbose_name_plural = gettext_lazy("vœux")
        constraints = [
            models.UniqueConstraint(fields=["deliberation", "seat"], name="wish_once_per_dossier")
        ]

    def __str__(self):
        return f"{self.seat} : {self.get_leaning_display()}"

    @classmethod
    @transaction.atomic
    def express(cls, round, *, by, leanings):
        """Say for each dossier (dossier → leaning, or nothing) what one would rather.

        Refused once the round is closed, to who reviews nothing there, and on a dossier that one
        has not declared on.
        """
        round.hold(
            Round.objects.running().visible_to(by),
            refusal=_("Ce tour est clos, ou vous ne siégez pas à ce comité."),
        )
        if not leanings:
            raise Refused(_("Aucun dossier n’attend vos vœux."), subject=round)
        seat = round.committee.seats.reviewing_today().filter(user=by).first()
        open_to = Deliberation.objects.filter(round=round).wishable_by(by)
        if seat is None or open_to.filter(pk__in=[d.pk for d in leanings]).count() < len(leanings):
            raise Refused(_("Vous n’évaluez pas tous ces dossiers."), subject=round)
        for deliberation, leaning in leanings.items():
            if leaning:
                deliberation.wishes.update_or_create(
                    seat=seat, defaults={"leaning": leaning, "expressed_at": timezone.now()}
                )
            else:
                deliberation.wishes.filter(seat=seat).delete()
        Event.record("wishes.expressed", actor=by, subject=round)
