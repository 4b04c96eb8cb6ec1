"""The results of a call leave by two people: one prepares the letters, another sends them."""

import hashlib

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from base.fields import Line
from base.lifecycle import Lifecycle, Refused
from calls import answer_notices
from calls.letters import fingerprint
from calls.models.application import Application
from calls.models.call import Call
from calls.models.release_rights import ReleaseQuerySet, ReleaseStatus
from calls.models.reserve import Reserve
from committees.feedback import feedback_for
from journal.models import Event


class Release(Lifecycle):
    """The letters of a call, or of a round of a rolling one: prepared by one, sent by another."""

    Status = ReleaseStatus
    TRANSITIONS = {Status.PREPARED: {Status.SENT, Status.CANCELLED}}

    call = models.ForeignKey("calls.Call", models.PROTECT, editable=False, related_name="releases")
    round = models.ForeignKey(
        "committees.Round", models.PROTECT, null=True, editable=False, related_name="+"
    )
    status = models.CharField(
        max_length=10, choices=ReleaseStatus, default=ReleaseStatus.PREPARED, editable=False
    )
    count = models.PositiveIntegerField(gettext_lazy("lettres"), editable=False)
    digest = models.CharField(gettext_lazy("empreinte"), max_length=64, editable=False)
    prepared_at = models.DateTimeField(db_default=Now(), editable=False)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    cancel_reason = Line(gettext_lazy("motif"), max_length=500, blank=True)
    reminded_at = models.DateTimeField(null=True, editable=False)
    reminded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("envoi des résultats")
        verbose_name_plural = gettext_lazy("envois des résultats")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "round"],
                condition=Q(status=ReleaseStatus.PREPARED),
                nulls_distinct=False,
                name="release_prepared_once_at_a_time",
                violation_error_message=gettext_lazy("Un envoi est déjà préparé."),
            ),
            models.CheckConstraint(
                name="release_has_two_people",
                condition=Q(sent_by=None) | ~Q(sent_by=F("prepared_by")),
                violation_error_message=gettext_lazy(
                    "Une autre personne que celle qui l’a préparé confirme un envoi."
                ),
            ),
            models.CheckConstraint(name="release_tells_somebody", condition=Q(count__gte=1)),
            models.CheckConstraint(
                name="release_sent_at_and_by_once_sent",
                condition=Q(status=ReleaseStatus.SENT, sent_at__isnull=False, sent_by__isnull=False)
                | ~Q(status=ReleaseStatus.SENT) & Q(sent_at=None, sent_by=None),
            ),
            models.CheckConstraint(
                name="release_cancelled_says_why",
                condition=Q(
                    status=ReleaseStatus.CANCELLED,
                    cancelled_at__isnull=False,
                    cancelled_by__isnull=False,
                    cancel_reason__regex=r"\S",
                )
                | ~Q(status=ReleaseStatus.CANCELLED)
                & Q(cancelled_at=None, cancelled_by=None, cancel_reason=""),
                violation_error_message=gettext_lazy("Dites pourquoi cet envoi est annulé."),
            ),
            models.CheckConstraint(
                name="release_reminds_of_what_left",
                condition=Q(reminded_at=None, reminded_by=None)
                | Q(
                    status=ReleaseStatus.SENT,
                    reminded_at__isnull=False,
                    reminded_by__isnull=False,
                ),
            ),
        ]

    def __str__(self):
        return _("Envoi des résultats de « %(it)s »") % {"it": self.round or self.call}

    def get_absolute_url(self):
        return reverse("calls:release", args=[self.pk])

    @classmethod
    @transaction.atomic
    def prepare(cls, call, *, by, round=None):
        """Set what would leave, for somebody else to read and send; refused as its sending is."""
        cls.hold_call(call, round, by)
        release = cls(call=call, round=round, prepared_by=by)
        if call.releases.prepared().filter(round=round).exists():
            raise Refused(_("Un envoi est déjà préparé : une autre personne le confirme."))
        letters = release.letters_to_send(by)
        release.count, release.digest = len(letters), digest_of(letters)
        release.save(force_insert=True)
        release.refresh_from_db()
        Event.record("release.prepared", actor=by, subject=call, letters=release.count)
        return release

    @transaction.atomic
    def confirm(self, *, by):
        """Send exactly what was prepared, all or none; how many letters were written.

        Refused to who prepared it, and when a decision, a feedback or a dossier changed since.
        """
        self.hold_call(self.call, self.round, by)
        self.hold(
            Release.objects.confirmable_by(by),
            refusal=_(
                "Cet envoi n’attend plus de confirmation, ou c’est à une autre personne que celle"
                " qui l’a préparé de le confirmer."
            ),
        )
        letters = self.letters_to_send(by)
        if digest_of(letters) != self.digest:
            raise Refused(
                _(
                    "Une décision ou une lettre a changé depuis la préparation : rien n’est parti."
                    " Annulez cet envoi, puis préparez-le de nouveau."
                ),
                subject=self,
            )
        self.move(self.Status.SENT, sent_at=Now(), sent_by=by)
        Reserve.freeze(self.call, letters)
        severities = {}
        for application, _decision in letters:
            application.tell(by=by, release=self, severities=severities)
        Call.objects.filter(pk=self.call_id).update(
            results_released_at=Coalesce("results_released_at", Now()),
            results_released_by=Coalesce("results_released_by", Value(by.pk)),
        )
        self.call.refresh_from_db()
        said = {"actor": by, "subject": self.call, "letters": len(letters)}
        if self.round:
            Event.record("call.batch_released", round=self.round, **said)
        else:
            Event.record("call.results_released", **said)
        return len(letters)

    @transaction.atomic
    def cancel(self, *, by, reason):
        """Give it up, or back to who prepared it, for a reason: nothing has left."""
        self.hold(Release.objects.cancellable_by(by), refusal=_("Cet envoi n’est plus à annuler."))
        self.refuse_in_part(by)
        self.move(self.Status.CANCELLED, cancelled_at=Now(), cancelled_by=by, cancel_reason=reason)
        Event.record("release.cancelled", actor=by, subject=self.call, reason=reason)
        if by != self.prepared_by:
            answer_notices.release_returned(self)

    @transaction.atomic
    def remind(self, *, by):
        """Write once more to those who have not said that they read their letter; how many."""
        self.hold(
            Release.objects.remindable_by(by),
            refusal=_("Cet envoi a déjà été rappelé, ou tout le monde l’a lu."),
        )
        self.refuse_in_part(by)
        unread = list(self.letters.unread().select_related("application__call"))
        for letter in unread:
            answer_notices.letter_unread(letter)
        Release.objects.filter(pk=self.pk).update(reminded_at=Now(), reminded_by=by)
        self.refresh_from_db()
        Event.record("release.reminded", actor=by, subject=self.call, letters=len(unread))
        return len(unread)

    def refuse_in_part(self, user):
        """Refuse an act on all its letters to whoever may not read them all."""
        if not Release.objects.whole_for(user).contains(self):
            raise Refused(_("Ces lettres ne sont pas de votre ressort."), subject=self.call)

    @property
    def is_prepared(self):
        return self.status == self.Status.PREPARED

    @staticmethod
    def hold_call(call, round, by):
        """Lock the call: of two releases at once the second finds what the first has sent."""
        if round is None:
            ready, refusal = Call.objects.releasable_by(by), _("Il n’y a aucun résultat à publier.")
        else:
            ready = Call.objects.answering_by_rounds(by)
            refusal = _("Les résultats de cet appel ne se communiquent pas tour par tour.")
        call.hold(ready, refusal=refusal)

    def letters_to_send(self, by):
        """The (application, decision) pairs of what leaves, locked; refused when it may not."""
        dossiers = self.dossiers()
        pending = dossiers.decided().untold()
        waiting = dossiers.under_way() if self.round else dossiers.awaiting_a_decision()
        every = dossiers.filter(Q(pk__in=pending.values("pk")) | Q(pk__in=waiting.values("pk")))
        if every.exclude(pk__in=Application.objects.handled_by(by).values("pk")).exists():
            raise Refused(
                _("Ces lettres ne sont pas à préparer ni à envoyer par vous."), subject=self.call
            )
        if count := waiting.count():
            raise Refused(self.says_who_waits(count), subject=self.call)
        letters = [
            (application, application.decision_to_tell())
            for application in pending.order_by("pk").select_for_update(of=["self"])
        ]
        if not letters:
            raise Refused(_("Ce tour n’a aucun résultat à communiquer."), subject=self.call)
        for application, decision in letters:
            selected = decision.outcome == Application.Outcome.SELECTED
            if not (selected or decision.reason or feedback_for(decision.deliberation)):
                raise Refused(
                    _("« %(it)s » n’est pas retenue et n’a ni motif écrit ni retour.")
                    % {"it": application},
                    subject=self.call,
                )
        return letters

    def dossiers(self):
        """The applications that it may tell: those of the call, or of its round."""
        every = self.call.applications.select_related("call", "author")
        return every.examined_in(self.round) if self.round else every

    def says_who_waits(self, count):
        if self.round:
            said = ngettext(
                "%(count)s dossier de ce tour attend une décision : aucun résultat n’est parti.",
                "%(count)s dossiers de ce tour attendent une décision : aucun résultat n’est"
                " parti.",
                count,
            )
        else:
            said = ngettext(
                "%(count)s dossier attend une décision : aucun résultat n’est parti.",
                "%(count)s dossiers attendent une décision : aucun résultat n’est parti.",
                count,
            )
        return said % {"count": count}


def digest_of(letters):
    """SHA-256 (hex) of the decisions in force and of every word that tells them."""
    said = hashlib.sha256()
    for application, decision in letters:
        said.update(fingerprint(application, decision).encode())
    return said.hexdigest()
