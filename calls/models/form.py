"""The form of a call: questions that keep their key, in revisions that never change."""

from django.db import models, transaction
from django.db.models import Max, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.lifecycle import Refused
from calls import notices
from calls.models import condition
from calls.models.call import Call
from calls.models.kinds import HEADING_MINUTES, PAGE_WORDS, effort_of, fits_one_page
from calls.models.question import Question
from calls.models.rewording import reworded
from calls.models.status import ApplicationStatus
from journal.models import Event


REFUSAL = gettext_lazy(
    "Le formulaire d’un appel publié ne change plus, sauf dans une nouvelle version."
)


class FormRevision(models.Model):
    """A version of a call's questions; once published, none changes: another follows."""

    call = models.ForeignKey("calls.Call", models.PROTECT, editable=False, related_name="revisions")
    number = models.PositiveSmallIntegerField(editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = gettext_lazy("formulaire")
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="form_revision_number_once"),
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(published_at=None),
                name="form_revision_one_draft_per_call",
            ),
        ]

    def __str__(self):
        return _("%(call)s, formulaire nº %(number)s") % {"call": self.call, "number": self.number}

    @classmethod
    @transaction.atomic
    def prepare(cls, call, *, by):
        """Begin the next version of a published form, from the last: same keys, same words."""
        call.hold(Call.objects.rewritable_by(by), refusal=REFUSAL)
        if call.revisions.filter(published_at=None).exists():
            raise Refused(_("Une nouvelle version est déjà en préparation."), subject=call)
        last = call.revisions.order_by("number").last()
        revision = call.revisions.create(number=last.number + 1)
        revision.take_questions(last)
        Event.record("form.prepared", actor=by, subject=call, number=revision.number)
        return revision

    @transaction.atomic
    def publish(self, *, by):
        """Put it in the place of the former: drafts follow, what is deposited stays where it is.

        No answer is touched: each is found by its key, and one whose question is gone is shown
        to those who wrote it.
        """
        self.hold_editing(by)
        if self.call.status == Call.Status.DRAFT:
            raise Refused(_("Ce formulaire est publié avec son appel."), subject=self.call)
        if missing := self.missing():
            raise Refused(" ".join(missing), subject=self.call)
        if not any(row.change for row in reworded(self.previous(), self)):
            raise Refused(_("Rien n’a changé depuis la version publiée."), subject=self.call)
        self.freeze()
        drafts = self.call.applications.filter(status=ApplicationStatus.DRAFT)
        drafts.update(revision=self)
        Event.record("form.published", actor=by, subject=self.call, number=self.number)
        for application in drafts.select_related("call", "author").order_by("pk").iterator():
            notices.form_changed(application, self)

    @transaction.atomic
    def discard(self, *, by):
        """Give up a version that nobody has answered yet."""
        self.hold_editing(by)
        if self.call.status == Call.Status.DRAFT:
            raise Refused(_("Un appel en préparation garde son formulaire."), subject=self.call)
        Event.record("form.discarded", actor=by, subject=self.call, number=self.number)
        self.delete()

    @transaction.atomic
    def add_question(self, *, by, **fields):
        """Ask one more thing, after the others; its key is never given again in this call."""
        self.hold_editing(by)
        every = Question.objects.filter(revision__call=self.call_id)
        last = self.questions.aggregate(position=Max("position"))["position"] or 0
        number = max((int(key[1:]) for key in every.values_list("key", flat=True)), default=0) + 1
        question = self.questions.create(key=f"q{number}", position=last + 1, **fields)
        Event.record("question.added", actor=by, subject=self.call, label=question.label)
        return question

    def take_questions(self, other):
        """The same questions as another form, under the same keys."""
        for question in other.questions.in_order():
            question.pk, question.revision, question._state.adding = None, self, True
            question.save(force_insert=True)

    def freeze(self):
        """Seal the questions; the database refuses any change from now on."""
        FormRevision.objects.filter(pk=self.pk, published_at=None).update(published_at=Now())
        self.refresh_from_db()

    def hold_editing(self, by):
        """Lock the call; refused once this version is published."""
        self.call.hold(Call.objects.rewritable_by(by), refusal=REFUSAL)
        if not FormRevision.objects.filter(pk=self.pk, published_at=None).exists():
            raise Refused(REFUSAL, subject=self.call)

    def previous(self):
        """The version published before it, or None."""
        return self.call.revisions.filter(number__lt=self.number).order_by("number").last()

    def missing(self):
        """What keeps it from being published, in sentences."""
        questions = list(self.questions.all())
        sentences = [] if questions else [_("Ajoutez au moins une question au formulaire.")]
        if self.call.kind == Call.Kind.TWO_STEP and not fits_one_page(questions):
            sentences.append(
                _(
                    "La première étape tient en une page : limitez chaque texte long,"
                    " et l’ensemble à %(words)s mots."
                )
                % {"words": PAGE_WORDS}
            )
        return sentences

    def minutes(self):
        """How long it takes to fill in, in minutes, rounded up to five."""
        return -5 * (-sum(map(effort_of, self.questions.all()), HEADING_MINUTES) // 5)

    def check_conditions(self):
        """Refuse, inside the transaction of a change, what would leave a condition in the air."""
        if fault := condition.fault_in(self.questions.in_order()):
            raise Refused(fault, subject=self.call)
