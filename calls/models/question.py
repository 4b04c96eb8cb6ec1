"""One thing that a form asks: its kind, its limits, when and to whom it shows."""

import json

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Line, Prose
from base.lifecycle import Refused
from calls.models.call import Call
from calls.models.kinds import FAULTS, LONG_LENGTH, OFFERING, SHORT_LENGTH, SHOWN, QuestionKind
from journal.models import Event


class QuestionQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("position")

    def editable_by(self, user):
        return self.filter(
            revision__published_at=None, revision__call__in=Call.objects.rewritable_by(user)
        )

    def of_files(self):
        return self.filter(kind=QuestionKind.FILES)

    def last_asked(self, call, keys):
        """Each of these keys as the last published version that had it asked it."""
        asked = self.filter(revision__call=call, key__in=keys, revision__published_at__isnull=False)
        return asked.order_by("key", "-revision__number").distinct("key")


class Question(models.Model):
    """One thing that a form asks; its key stays the same from one revision to the next."""

    Kind = QuestionKind
    SHORT_LENGTH, LONG_LENGTH = SHORT_LENGTH, LONG_LENGTH

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
        help_text=gettext_lazy(
            "Un par ligne, deux au moins ; pour « un choix » et « plusieurs choix » seulement."
        ),
    )
    at_least = models.DecimalField(
        gettext_lazy("nombre le plus petit"),
        max_digits=15,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=gettext_lazy("Pour un nombre seulement ; peut rester vide."),
    )
    at_most = models.DecimalField(
        gettext_lazy("nombre le plus grand"),
        max_digits=15,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=gettext_lazy("Pour un nombre seulement ; peut rester vide."),
    )
    names_people = models.BooleanField(
        gettext_lazy("la réponse dit qui candidate"),
        default=False,
        help_text=gettext_lazy("Elle est masquée quand le comité évalue à l’aveugle."),
    )
    condition = models.JSONField(default=dict, blank=True, editable=False)

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
                condition=Q(kind__in=OFFERING, options__regex=r"\S[^\n]*\n\s*\S")
                | ~Q(kind__in=OFFERING) & Q(options=""),
                violation_error_message=gettext_lazy(
                    "Une question à choix propose au moins deux choix, un par ligne ;"
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
            models.CheckConstraint(
                name="question_bounds_are_for_numbers",
                condition=Q(at_least=None, at_most=None) | Q(kind=QuestionKind.NUMBER),
                violation_error_message=gettext_lazy(
                    "Seul un nombre a un plus petit et un plus grand."
                ),
            ),
            models.CheckConstraint(
                name="question_bounds_are_in_order",
                condition=Q(at_least=None) | Q(at_most=None) | Q(at_least__lte=F("at_most")),
                violation_error_message=gettext_lazy(
                    "Le plus petit nombre admis ne dépasse pas le plus grand."
                ),
            ),
            models.CheckConstraint(
                name="question_of_information_requires_nothing",
                condition=~Q(kind=QuestionKind.INFO) | Q(required=False, names_people=False),
                violation_error_message=gettext_lazy(
                    "Un texte d’information n’attend pas de réponse."
                ),
            ),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("calls:team-call-questions", args=[self.revision.call.slug])

    @transaction.atomic
    def edit(self, *, by, **fields):
        """Ask it differently, in a version not published; what was once asked keeps its kind."""
        self.revision.hold_editing(by)
        former = Question.objects.last_asked(self.revision.call_id, [self.key]).first()
        if former and fields.get("kind", former.kind) != former.kind:
            raise Refused(
                _(
                    "Des personnes y ont peut-être répondu : le type d’une question publiée ne"
                    " change pas. Retirez-la et ajoutez-en une autre."
                ),
                subject=self,
            )
        Question.objects.filter(pk=self.pk).update(**fields)
        self.refresh_from_db()
        self.revision.check_conditions()
        Event.record("question.edited", actor=by, subject=self.revision.call, label=self.label)

    @transaction.atomic
    def ask_if(self, *, by, condition):
        """Ask it only where choices made above it meet a condition; `{}` is always."""
        self.revision.hold_editing(by)
        Question.objects.filter(pk=self.pk).update(condition=condition)
        self.refresh_from_db()
        self.revision.check_conditions()
        Event.record("question.conditioned", actor=by, subject=self.revision.call, label=self.label)

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
        self.revision.check_conditions()
        Event.record("question.moved", actor=by, subject=self.revision.call, label=self.label)

    @transaction.atomic
    def remove(self, *, by):
        """Stop asking it, in a version not published; the answers it had are kept."""
        self.revision.hold_editing(by)
        Event.record("question.removed", actor=by, subject=self.revision.call, label=self.label)
        self.delete()
        self.revision.check_conditions()

    def above(self):
        """The questions asked before it."""
        return self.revision.questions.filter(position__lt=self.position).in_order()

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
        long = self.kind in {QuestionKind.LONG, QuestionKind.SEVERAL}
        return self.LONG_LENGTH if long else self.SHORT_LENGTH

    @property
    def condition_text(self):
        """Its condition as the page's script reads it."""
        return json.dumps(self.condition, ensure_ascii=False)

    @property
    def awaits_an_answer(self):
        return self.kind != QuestionKind.INFO

    @property
    def is_typed(self):
        """Files are joined on a page of their own."""
        return self.awaits_an_answer and self.kind != QuestionKind.FILES

    def fault_in(self, text):
        """What keeps an answer from being deposited, in a sentence, or nothing."""
        if not text.strip():
            return _("Une réponse est attendue.") if self.required else ""
        return FAULTS[self.kind](self, text.strip()) if self.kind in FAULTS else ""

    def shown(self, text):
        """An answer in the words of the question."""
        return SHOWN[self.kind](self, text) if self.kind in SHOWN and text else text
