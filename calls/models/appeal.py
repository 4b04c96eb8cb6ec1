"""A gracious appeal: who was told a decision asks that others examine the dossier again."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import end_of_day
from base.fields import Prose
from base.lifecycle import Lifecycle, Refused
from base.wording import day
from calls import answer_notices
from calls.appealing import day_of_silence, last_day_to_appeal
from calls.models.application import Application
from committees.impartiality import keep_away
from committees.models import Deliberation, Round
from journal.models import Event


class AppealStatus(models.TextChoices):
    FILED = "filed", gettext_lazy("déposé")
    EXAMINED = "examined", gettext_lazy("en cours d’examen")
    DECIDED = "decided", gettext_lazy("décidé")
    WITHDRAWN = "withdrawn", gettext_lazy("retiré")


LIVE = [AppealStatus.FILED, AppealStatus.EXAMINED]


class AppealQuerySet(models.QuerySet):
    def live(self):
        return self.filter(status__in=LIVE)

    def visible_to(self, user):
        """To those who carry the application, and to the team save where it has an interest."""
        return self.filter(application__in=Application.objects.visible_to(user))

    def handled_by(self, user):
        return self.filter(application__in=Application.objects.handled_by(user))

    def examinable_by(self, user):
        """Filed on what was not withdrawn since, for the team to send before other members."""
        filed = self.handled_by(user).filter(status=AppealStatus.FILED)
        return filed.filter(application__in=Application.objects.decided())

    def withdrawable_by(self, user):
        """Filed by the user, and before no committee yet."""
        return self.filter(status=AppealStatus.FILED, filed_by=user)


class Appeal(Lifecycle):
    """What the author of an application says against the decision told to her, in time.

    Other members examine it: its decision replaces the one that it contests. Silence for two months
    rejects it (CRPA L231-4, 2°); a decision may still come later.
    """

    Status = AppealStatus
    TRANSITIONS = {
        Status.FILED: {Status.EXAMINED, Status.WITHDRAWN},
        Status.EXAMINED: {Status.DECIDED},
    }

    application = models.ForeignKey(
        "calls.Application", models.CASCADE, editable=False, related_name="appeals"
    )
    decision = models.ForeignKey(
        "committees.Decision", models.PROTECT, editable=False, related_name="+"
    )
    deliberation = models.OneToOneField(
        "committees.Deliberation", models.PROTECT, null=True, editable=False, related_name="+"
    )
    text = Prose(
        gettext_lazy("votre recours"),
        max_length=6000,
        help_text=gettext_lazy(
            "Dites ce que vous contestez et pourquoi : un fait mal compris, une pièce oubliée, un"
            " motif qui ne s’applique pas."
        ),
    )
    status = models.CharField(
        max_length=10, choices=AppealStatus, default=AppealStatus.FILED, editable=False
    )
    filed_at = models.DateTimeField(db_default=Now(), editable=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("recours gracieux")
        verbose_name_plural = gettext_lazy("recours gracieux")
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(status__in=LIVE),
                name="appeal_live_once_per_decision",
                violation_error_message=gettext_lazy("Un recours est déjà en cours."),
            ),
            models.CheckConstraint(
                name="appeal_says_why",
                condition=Q(text__regex=r"\S"),
                violation_error_message=gettext_lazy("Dites ce que vous contestez."),
            ),
            models.CheckConstraint(
                name="appeal_examined_has_its_examination",
                condition=Q(
                    status__in=[AppealStatus.EXAMINED, AppealStatus.DECIDED],
                    deliberation__isnull=False,
                )
                | Q(status__in=[AppealStatus.FILED, AppealStatus.WITHDRAWN], deliberation=None),
            ),
        ]

    def __str__(self):
        return _("Recours gracieux sur « %(it)s »") % {"it": self.application}

    def get_absolute_url(self):
        return reverse("calls:team-appeal", args=[self.pk])

    @classmethod
    @transaction.atomic
    def file(cls, application, *, by, text):
        """Contest the decision that was told, by the end of its last day, and acknowledge it."""
        application.hold(
            Application.objects.appealable_by(by),
            refusal=_(
                "Cette décision ne se conteste pas ici : elle est favorable, répond déjà à un"
                " recours, ou un recours est en cours."
            ),
        )
        decision = application.told_decision()
        last = last_day_to_appeal(decision.notified_at)
        now = Application.objects.annotate(now=Now()).values_list("now", flat=True)
        if now.get(pk=application.pk) >= end_of_day(last):
            raise Refused(
                _("Trop tard : le recours gracieux pouvait être formé jusqu’au %(day)s inclus.")
                % {"day": day(last)},
                subject=application,
            )
        appeal = cls.objects.create(
            application=application, decision=decision, text=text, filed_by=by
        )
        appeal.refresh_from_db()
        Event.record("appeal.filed", actor=by, subject=application)
        answer_notices.appeal_received(appeal)
        return appeal

    @transaction.atomic
    def withdraw(self, *, by):
        """Give it up before anybody examines it; the decision stays."""
        self.hold(
            Appeal.objects.withdrawable_by(by), refusal=_("Ce recours ne peut plus être retiré.")
        )
        self.move(self.Status.WITHDRAWN)
        Event.record("appeal.withdrawn", actor=by, subject=self.application)

    @transaction.atomic
    def examine(self, *, by, round):
        """Put the dossier and the appeal before other members, in another round than the first.

        Those who reviewed it, sat or voted at first are kept away. Not in a blind round: the
        appeal is its author's own words.
        """
        self.hold(
            Appeal.objects.examinable_by(by),
            refusal=_("Ce recours n’attend pas d’être soumis à un comité."),
        )
        former = self.decision.deliberation
        if round.pk == former.round_id:
            raise Refused(
                _("Choisissez un autre tour que celui de la décision contestée."), subject=self
            )
        if round.blind:
            raise Refused(
                _("Un recours dit qui le forme : choisissez un tour qui n’est pas à l’aveugle."),
                subject=self,
            )
        deliberation = Deliberation.prepare(self.application, by=by, round=round)
        keep_away(deliberation, former=former, by=by)
        self.move(self.Status.EXAMINED, deliberation=deliberation)
        Event.record("appeal.examined", actor=by, subject=self.application)
        return deliberation

    @property
    def silence_on(self):
        """The day from which silence rejects it."""
        return day_of_silence(self.filed_at)

    def rounds_receptive_to(self, user):
        """The rounds, of any committee, where it may be examined."""
        rounds = Round.objects.receptive_to(user).filter(blind=False)
        return rounds.exclude(pk=self.decision.deliberation.round_id).order_by("closes_at", "pk")
