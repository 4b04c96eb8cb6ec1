"""What tells a decision to its people: the letter, as it left, and when each took note of it."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Min
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.lifecycle import Held
from calls.letters import parts_of, subject_of
from committees.account import EDITION, sections_of
from journal.models import Event, Snapshot


class LetterQuerySet(models.QuerySet):
    def readable_by(self, user):
        """Those of the applications that one carries, once told."""
        carried = self.model.application.field.related_model.objects.carried_by(user)
        return self.filter(application__in=carried)

    def visible_to(self, user):
        """To those who carry the application, and to the team save where it has an interest."""
        applications = self.model.application.field.related_model.objects
        return self.filter(application__in=applications.visible_to(user))

    def with_readings(self):
        """Each with `read_at`, when its people said first that they had read it, or None."""
        return self.annotate(read_at=Min("readings__read_at"))

    def unread(self):
        """Nobody has said that they took note of them."""
        return self.filter(readings=None)

    def acknowledgeable_by(self, user):
        """Those that they carry and have not said to have read."""
        return self.readable_by(user).exclude(readings__person=user)


class Letter(Held):
    """The answer that told a decision: its words, and how the dossier was evaluated, both frozen.

    One for a decision that was told, written in the transaction that tells it.
    """

    application = models.ForeignKey(
        "calls.Application", models.CASCADE, editable=False, related_name="letters"
    )
    decision = models.OneToOneField(
        "committees.Decision", models.PROTECT, editable=False, related_name="+"
    )
    release = models.ForeignKey(
        "calls.Release", models.PROTECT, null=True, editable=False, related_name="letters"
    )
    words = models.ForeignKey("journal.Snapshot", models.PROTECT, editable=False, related_name="+")
    account = models.ForeignKey(
        "journal.Snapshot", models.PROTECT, editable=False, related_name="+"
    )
    edition = models.PositiveSmallIntegerField(editable=False)  # of the account: `account.EDITION`
    sent_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("lettre")

    def __str__(self):
        return _("Lettre sur « %(it)s »") % {"it": self.application}

    def get_absolute_url(self):
        return reverse("calls:letter", args=[self.application_id, self.pk])

    @classmethod
    def write(cls, application, decision, *, release=None, severities=None):
        """Freeze the words and the account of a decision that the verb above has just notified."""
        return cls.objects.create(
            application=application,
            decision=decision,
            release=release,
            edition=EDITION,
            words=cls.freeze(application, subject_of, lambda: parts_of(application, decision)),
            account=cls.freeze(
                application,
                account_title,
                lambda: sections_of(decision, at=decision.notified_at, severities=severities),
            ),
        )

    @staticmethod
    def freeze(application, title, sections):
        """Freeze words about an application, in the house's language whoever reads."""
        with translation.override(settings.LANGUAGE_CODE):
            return Snapshot.take(application, title=title(application), sections=sections())

    @transaction.atomic
    def acknowledge(self, *, by):
        """Note that someone concerned took note of it, and when: once for each."""
        self.hold(
            Letter.objects.acknowledgeable_by(by),
            refusal=_("Vous avez déjà pris connaissance de cette lettre."),
        )
        reading = self.readings.create(person=by)
        Event.record("letter.read", actor=by, subject=self.application)
        return reading

    def parts(self):
        """Its words in the reader’s language, by the function that wrote them."""
        return parts_of(self.application, self.decision)


class Reading(models.Model):
    """The word of someone concerned that they took note of a letter, with its instant."""

    letter = models.ForeignKey(
        "calls.Letter", models.CASCADE, editable=False, related_name="readings"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    read_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = gettext_lazy("prise de connaissance")
        constraints = [
            models.UniqueConstraint(fields=["letter", "person"], name="reading_once_per_person")
        ]

    def __str__(self):
        return f"{self.person}, {self.letter}"


def account_title(application):
    return _("Comment votre candidature « %(title)s » a été évaluée") % {"title": application.title}
