"""The form of a call: questions that keep their key, in revisions that never change."""

from django.db import models, transaction
from django.db.models import Max, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.lifecycle import Refused
from calls.models import condition
from calls.models.call import Call
from calls.models.question import Question
from journal.models import Event


class FormRevision(models.Model):
    """The questions of a call as they stood when it was published; none changes afterwards."""

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

    def freeze(self):
        """Seal the questions; the database refuses any change from now on."""
        FormRevision.objects.filter(pk=self.pk, published_at=None).update(published_at=Now())
        self.refresh_from_db()

    def hold_editing(self, by):
        """Lock the call; refused once it is published."""
        self.call.hold(
            Call.objects.editable_by(by),
            refusal=_("Le formulaire d’un appel publié ne change plus."),
        )

    def check_conditions(self):
        """Refuse, inside the transaction of a change, what would leave a condition in the air."""
        if fault := condition.fault_in(self.questions.in_order()):
            raise Refused(fault, subject=self.call)
