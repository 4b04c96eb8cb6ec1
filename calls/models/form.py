"""The form of a call: questions that keep their key, in revisions that never change."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Max, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Line, Prose
from base.lifecycle import Refused
from calls.models.call import Call
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


class QuestionKind(models.TextChoices):
    SHORT = "short", gettext_lazy("texte court")
    LONG = "long", gettext_lazy("texte long")
    CHOICE = "choice", gettext_lazy("un choix parmi plusieurs")
    YES_NO = "yes_no", gettext_lazy("oui ou non")


class QuestionQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("position")

    def editable_by(self, user):
        return self.filter(
            revision__published_at=None, revision__call__in=Call.objects.editable_by(user)
        )


class Question(models.Model):
    """One thing that a form asks; its key stays the same from one revision to the next."""

    Kind = QuestionKind
    SHORT_LENGTH, LONG_LENGTH = 300, 20_000

    revision = models.ForeignKey(
        "calls.FormRevision", models.CASCADE, editable=False, related_name="questions"
    )
    key = models.SlugField(max_length=20, editable=False)
    position = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField(gettext_lazy("type de réponse"), max_length=10, choices=QuestionKind)
    label = Line(gettext_lazy("question"), max_length=300)
    help = Prose(gettext_lazy("aide"), max_length=1000, blank=True)
    required = models.BooleanField(gettext_lazy("réponse obligatoire pour déposer"), default=True)
    max_words = models.PositiveSmallIntegerField(
        gettext_lazy("nombre maximal de mots"),
        null=True,
        blank=True,
        validators=[MinValueValidator(10), MaxValueValidator(2000)],
        help_text=gettext_lazy("Pour un texte long seulement."),
    )
    options = Prose(
        gettext_lazy("choix proposés"),
        max_length=2000,
        blank=True,
        help_text=gettext_lazy("Un par ligne, deux au moins ; pour « un choix » seulement."),
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("question")
        constraints = [
            models.UniqueConstraint(fields=["revision", "key"], name="question_key_once"),
            models.UniqueConstraint(
                fields=["revision", "position"],
                name="question_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="question_offers_two_choices_or_none",
                condition=Q(kind=QuestionKind.CHOICE, options__regex=r"\S[^\n]*\n\s*\S")
                | ~Q(kind=QuestionKind.CHOICE) & Q(options=""),
                violation_error_message=gettext_lazy(
                    "Une question à choix propose au moins deux choix, un par ligne ;"
                    " les autres n’en ont pas."
                ),
            ),
            models.CheckConstraint(
                name="question_word_limit_is_for_long_texts",
                condition=Q(max_words=None)
                | Q(kind=QuestionKind.LONG, max_words__range=(10, 2000)),
                violation_error_message=gettext_lazy(
                    "Seul un texte long a un nombre maximal de mots, entre 10 et 2000."
                ),
            ),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("calls:team-call-questions", args=[self.revision.call.slug])

    @transaction.atomic
    def edit(self, *, by, **fields):
        """Ask it differently, as long as the call is a draft."""
        self.revision.hold_editing(by)
        Question.objects.filter(pk=self.pk).update(**fields)
        self.refresh_from_db()
        Event.record("question.edited", actor=by, subject=self.revision.call, label=self.label)

    @transaction.atomic
    def shift(self, *, by, up):
        """Change places with the question just above (or below); the first stays first."""
        self.revision.hold_editing(by)
        self.refresh_from_db()
        others = self.revision.questions.exclude(pk=self.pk)
        if up:
            other = others.filter(position__lt=self.position).order_by("-position").first()
        else:
            other = others.filter(position__gt=self.position).order_by("position").first()
        if other is None:
            raise Refused(_("Cette question est déjà au bout de la liste."), subject=self)
        Question.objects.filter(pk=other.pk).update(position=self.position)
        Question.objects.filter(pk=self.pk).update(position=other.position)
        Event.record("question.moved", actor=by, subject=self.revision.call, label=self.label)

    @transaction.atomic
    def remove(self, *, by):
        """Stop asking it, as long as the call is a draft."""
        self.revision.hold_editing(by)
        Event.record("question.removed", actor=by, subject=self.revision.call, label=self.label)
        self.delete()

    @property
    def choices(self):
        """The (value, label) pairs offered; none for free text."""
        if self.kind == QuestionKind.YES_NO:
            return [("yes", _("Oui")), ("no", _("Non"))]
        lines = [line.strip() for line in self.options.split("\n")]
        return [(line, line) for line in dict.fromkeys(lines) if line]

    @property
    def max_length(self):
        """In characters: what the column of answers takes for this kind."""
        return self.SHORT_LENGTH if self.kind == QuestionKind.SHORT else self.LONG_LENGTH

    def fault_in(self, text):
        """What keeps an answer from being deposited, in a sentence, or nothing."""
        if not text.strip():
            return _("Une réponse est attendue.") if self.required else ""
        words = len(text.split())
        if self.max_words and words > self.max_words:
            return _("%(words)s mots pour %(limit)s au plus.") % {
                "words": words,
                "limit": self.max_words,
            }
        return ""

    def shown(self, text):
        """An answer in the words of the question."""
        return dict(self.choices).get(text, text)
