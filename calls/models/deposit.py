"""Handing in what was written: once, then as a new version as long as the call is open."""

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from base.lifecycle import Refused
from base.wording import instant
from calls import notices
from calls.comparison import contents
from calls.models import condition
from calls.models.amendment import Amendment
from calls.models.draft import Draft
from calls.models.heading import HEADING, HEADING_COLUMNS
from calls.stems import stems
from journal.models import Event


class Deposit(Draft):
    """What counts is what was deposited last; what is written since is kept beside it."""

    class Meta:
        abstract = True

    @transaction.atomic
    def deposit(self, *, by):
        """Hand in what is written, against its receipt; again is the same receipt.

        Refused after the closing and while something is missing. The closing is held first, so
        that nobody moves it meanwhile; the clock is read after both locks, by the database, and
        once: the instant that is judged is the instant that is written.
        """
        self.call.hold_deadline()
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
        self.reread()
        if receipt := self._receipt_given_to(by):
            return receipt
        allowed = type(self).objects.depositable_by(by).filter(pk=self.pk)
        at = allowed.annotate(asked_at=Now()).values_list("asked_at", flat=True).first()
        if at is None:
            raise Refused(self.lateness(), subject=self)
        if gaps := self.gaps():
            raise Refused(
                _("Il manque : %(gaps)s.") % {"gaps": ", ".join(gap.label for gap in gaps)},
                subject=self,
            )
        return self._hand_in(by=by, at=at)

    @transaction.atomic
    def amend(self, *, by):
        """Open a deposited application for writing again, until the closing."""
        self.hold(
            type(self).objects.amendable_by(by),
            refusal=_("Cette candidature ne peut pas, ou ne peut plus, être modifiée."),
        )
        self.amendment = Amendment.begin(self, by=by)
        Event.record("application.reopened", actor=by, subject=self)

    @transaction.atomic
    def drop_changes(self, *, by):
        """Keep to what is deposited; what was written since stays readable."""
        self.hold(
            type(self).objects.amended_by(by),
            refusal=_("Il n’y a aucune modification à abandonner."),
        )
        self.set_changes_aside()
        Event.record("application.changes_dropped", actor=by, subject=self)

    def set_changes_aside(self):
        """Close what was written and not deposited, inside another verb's transaction."""
        for amendment in self.amendments.open():
            amendment.close()
        self.amendment = None

    @cached_property
    def amendment(self):
        """What is written since the deposit and not deposited, or None."""
        return self.amendments.select_related("entity", "irritant").open().first()

    @property
    def correction(self):
        """What the team is waiting for, or None."""
        return self.corrections.requested().first()

    @cached_property
    def has_changes(self):
        """Whether something was written since the deposit; `with_changes()` asks it for a list."""
        return self.amendments.open().typed().exists()

    @property
    def page(self):
        return self.amendment or self

    def reread(self):
        super().reread()
        for known in ["amendment", "asked_keys", "has_changes"]:
            self.__dict__.pop(known, None)
        self.as_written()

    def as_written(self, amendment=None):
        """Take on, in memory only, what was written since the deposit."""
        if written := amendment or self.amendment:
            self.take_heading(written)
            self.answers_by_key |= {answer.key: answer for answer in written.answers.all()}
        return self

    def is_open(self, key):
        return self.status != self.Status.IN_CORRECTION or key in self.asked_keys

    @cached_property
    def asked_keys(self):
        """What the team asks for, and the questions that appear with its answers."""
        correction = self.correction
        if correction is None:
            return []
        opened = list(correction.keys)
        for question in self.questions:
            if any(leaf["question"] in opened for leaf in condition.leaves(question.condition)):
                opened.append(question.key)
        return opened

    def choices_of_keys(self):
        """Each field with its name, for the team to point at."""
        heading = [(name, self._meta.get_field(name).verbose_name.capitalize()) for name in HEADING]
        labels = {question.key: question.label for question in self.questions}
        return [*heading, *((key, labels[key]) for key in self.keys() if key in labels)]

    def leave_correction(self):
        """Be a deposit again, or for who withdrew it meanwhile, come back as one."""
        if self.status == self.Status.WITHDRAWN:
            withdrawn = type(self).objects.filter(pk=self.pk)
            withdrawn.filter(withdrawn_from=self.Status.IN_CORRECTION).update(
                withdrawn_from=self.Status.DEPOSITED
            )
        else:
            self.move(self.Status.DEPOSITED)

    def blind_sections(self):
        """What a committee reads in a blind round: neither who carries it, nor from which service,
        nor who signed their release, nor the answers that say so."""
        answers = [
            (question.label, question.shown(self.value_of(question.key)))
            for question in self.asked_questions()
            if not question.names_people
        ]
        return [
            (_("Appel à candidatures"), self.call.title),
            *(pair for pair in answers if pair[1]),
        ]

    def contents(self):
        """What a version is compared by: the same pairs as those of a receipt."""
        with translation.override(settings.LANGUAGE_CODE):
            return contents(self, self.sections())

    def lateness(self):
        if self.status == self.Status.IN_CORRECTION:
            return _(
                "La date est passée : la version déposée le %(deposited)s compte telle quelle."
            ) % {"deposited": instant(self.deposited_at)}
        if self.status != self.Status.DEPOSITED or self.amendment is None:
            return super().lateness()
        return _(
            "L’appel est clos depuis le %(closing)s : la version déposée le %(deposited)s est celle"
            " qui compte, vos modifications sont conservées."
        ) % {"closing": instant(self.closes_at), "deposited": instant(self.deposited_at)}

    @property
    def standing(self):
        """What the applicants read of its state: written and deposited are never confused."""
        waiting = [self.Status.DEPOSITED, self.Status.IN_CORRECTION]
        if self.status in waiting and self.has_changes:
            return _("déposée, avec des modifications non déposées")
        return self.public_status.label

    def last_receipt(self):
        return self.receipts.order_by("version").last()

    def _stamp(self, by):
        super()._stamp(by)
        self.amendments.open().update(edited_at=Now())

    def _receipt_given_to(self, person):
        """The last receipt, for one of those who carry it, when nothing was written since."""
        if self.status == self.Status.WITHDRAWN or self.amendment:
            return None
        if not type(self).objects.carried_by(person).contains(self):
            return None
        return self.last_receipt()

    def _hand_in(self, *, by, at):
        amendment, before, correction = self.amendment, self.last_receipt(), self.correction
        if amendment:
            self._make_count()
        snapshot = self.freeze(by=by)
        if before and before.snapshot_id == snapshot.pk:
            raise Refused(_("Rien n’a changé depuis le dernier dépôt."), subject=self)
        self._mark_deposited(at)
        receipt = self.receipts.create(
            version=before.version + 1 if before else 1,
            snapshot=snapshot,
            call_title=self.call.title,
            depositor=str(by),
            deposited_by=by,
            deposited_at=at,
            **self.call.acknowledgement(at),
        )
        if amendment:
            amendment.close(receipt=receipt)
            self.amendment = None
        if correction:
            correction.resolve(by=by, receipt=receipt)
        Event.record("application.deposited", actor=by, subject=self, receipt=receipt.number)
        notices.application_received(receipt)
        return receipt

    def _mark_deposited(self, at):
        """A new version stays deposited, at its new instant; its search follows its words.

        What the team asked for comes after the closing: the instant stays that of the deposit.
        """
        own = type(self).objects.filter(pk=self.pk)
        if self.status == self.Status.IN_CORRECTION:
            self.move(self.Status.DEPOSITED)
        elif self.amendment:
            own.update(deposited_at=at)
        else:
            self.move(self.Status.DEPOSITED, deposited_at=at)
        own.update(search_text=stems(self.words()))
        self.refresh_from_db(fields=["deposited_at"])

    def _make_count(self):
        """Let what was written since the deposit take the place of what was deposited."""
        self.save(update_fields=HEADING_COLUMNS)
        for answer in self.amendment.answers.all():
            said = {"text": answer.text, "version": answer.version}
            who = {"edited_at": answer.edited_at, "edited_by": answer.edited_by}
            self.answers.update_or_create(key=answer.key, defaults=said | who)
