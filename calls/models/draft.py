"""What an applicant writes: saved as she types, judged only when she deposits."""

from typing import NamedTuple

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Coalesce, Now
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from base.lifecycle import Refused
from base.wording import instant
from calls.models import condition
from calls.models.answer import Conflict
from calls.models.call import Call
from calls.models.carriers import Carried
from calls.models.dormancy import Dormancy
from calls.models.extension import Extension
from calls.models.heading import HEADING, Heading
from calls.models.question import Question
from journal.models import Event


class Gap(NamedTuple):
    """What is missing before the deposit: the field, its name, what to do about it."""

    key: str
    label: str
    sentence: str


class Draft(Heading, Carried, Dormancy):
    """The words of an application: its heading and its answers, each with its version."""

    call = models.ForeignKey(
        "calls.Call", models.PROTECT, editable=False, related_name="applications"
    )
    revision = models.ForeignKey(
        "calls.FormRevision", models.PROTECT, editable=False, related_name="+"
    )
    started_at = models.DateTimeField(db_default=Now(), editable=False)
    first_edited_at = models.DateTimeField(null=True, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def start(cls, *, by, call, irritant=None):
        """Open a draft, or find the one already begun; refused where the call is not open."""
        draft = cls.objects.filter(call=call, author=by, status=cls.Status.DRAFT).first()
        if draft:
            return draft
        call.hold_deadline()
        more_time = Extension.objects.running().given_to(by, call)
        if not (Call.objects.open().contains(call) or more_time.exists()):
            raise Refused(_("Cet appel n’est pas ouvert aux candidatures."), subject=call)
        draft, created = cls.objects.get_or_create(
            call=call,
            author=by,
            status=cls.Status.DRAFT,
            defaults={"revision": call.form, "entity": by.entity, "irritant": irritant},
        )
        if created:
            Event.record("application.started", actor=by, subject=draft)
        return draft

    @transaction.atomic
    def write(self, *, by, entries):
        """Save what was typed, field by field; what lost to a newer text comes back as conflicts.

        Nothing is judged before the deposit. No event: an answer says itself who wrote it and when.
        """
        self.hold(
            type(self).objects.editable_by(by),
            refusal=_("La rédaction est close : ce texte n’a pas été enregistré."),
        )
        self.reread()
        changed = [entry for entry in entries if entry.value != self.value_of(entry.key)]
        if not all(self.is_open(entry.key) for entry in changed):
            raise Refused(_("Cette question n’est pas ouverte : ce texte n’a pas été enregistré."))
        stale = [entry for entry in changed if entry.version != self.version_of(entry.key)]
        kept = [entry for entry in changed if entry not in stale]
        self._keep_heading([entry for entry in kept if entry.key in HEADING])
        self._keep_answers([entry for entry in kept if entry.key not in HEADING], by=by)
        if kept:
            self._stamp(by)
        return [
            Conflict(entry.key, entry.value, self.value_of(entry.key), self.version_of(entry.key))
            for entry in stale
        ]

    @property
    def page(self):
        """The row that keeps what is typed."""
        return self

    def reread(self):
        """Forget what was read before the lock."""
        for known in ["answers_by_key", "questions"]:
            self.__dict__.pop(known, None)

    @cached_property
    def questions(self):
        """The questions that this application answers, in their order."""
        return list(self.revision.questions.in_order())

    def asked_questions(self):
        """Those that its answers call for: a hidden one neither blocks nor shows."""
        texts = {key: answer.text for key, answer in self.answers_by_key.items()}
        return condition.asked(self.questions, texts)

    def orphans(self):
        """(question, text) of each answer whose question the form no longer asks: kept, shown."""
        texts = {a.key: a.text for a in self.answers_by_key.values() if a.text.strip()}
        gone = self.questions_gone(texts)
        return [(question, question.shown(texts[question.key])) for question in gone]

    def questions_gone(self, keys):
        """Those of these keys that a former version of the form asked, and this one does not."""
        unknown = set(keys) - {question.key for question in self.questions}
        return list(Question.objects.last_asked(self.call_id, unknown)) if unknown else []

    def keys(self):
        """Every field of the page."""
        return [
            *HEADING,
            *(question.key for question in self.questions if question.awaits_an_answer),
        ]

    def is_open(self, key):
        """Whether a field may be typed in, where the application may."""
        return True

    @cached_property
    def answers_by_key(self):
        return {answer.key: answer for answer in self.answers.all()}

    def value_of(self, key):
        """What is stored for a field: a text, or for the heading a service or an irritant."""
        if key in HEADING:
            return getattr(self, key)
        answer = self.answers_by_key.get(key)
        return answer.text if answer else ""

    def version_of(self, key):
        """How many times a field was saved."""
        if key in HEADING:
            return getattr(self, f"{key}_version")
        answer = self.answers_by_key.get(key)
        return answer.version if answer else 0

    def gaps(self):
        """What is missing before the deposit, in the order of the page."""
        return self.faults(signed=self.approvals.granted().exists())

    def faults(self, *, signed):
        """What is missing, whoever already knows whether the manager has signed."""
        gaps = []
        if not self.title.strip():
            gaps.append(Gap("title", _("Nom de l’idée"), _("Donnez un nom à votre idée.")))
        if self.entity_id is None:
            gaps.append(Gap("entity", _("Service porteur"), _("Dites quel service la porte.")))
        for question in self.asked_questions():
            if sentence := question.fault_in(self.value_of(question.key)):
                gaps.append(Gap(question.key, question.label, sentence))
        if self.call.approval_required and not signed:
            sentence = _("Faites signer la mise à disposition par votre responsable.")
            gaps.append(Gap("approval", _("Visa hiérarchique"), sentence))
        return gaps

    @cached_property
    def extended_until(self):
        """How late its author may deposit, when given more time; see `with_extensions`."""
        return Extension.objects.given_to(self.author, self.call_id).last_instant()

    @property
    def closes_at(self):
        """The closing that holds for it: the call's, or a later one of its author's; or None."""
        closing = self.call.closes_at
        return closing and max(closing, self.extended_until or closing)

    @property
    def has_expired(self):
        """A draft that its call's closing left behind."""
        return self.status == self.Status.DRAFT and not self.is_editable

    @cached_property
    def is_editable(self):
        return type(self).objects.writable().contains(self)

    def lateness(self):
        """Why it can no longer be deposited, in a sentence."""
        if self.status != self.Status.DRAFT:
            return _("Cette candidature n’est plus un brouillon.")
        if self.call.phase == Call.Phase.UPCOMING:
            return _("Cet appel n’est pas encore ouvert.")
        if self.is_dormant:
            return _(
                "Ce brouillon est en sommeil : personne n’y a touché depuis six mois. Tout ce que"
                " vous avez écrit est conservé."
            )
        return _(
            "L’appel est clos depuis le %(closing)s : votre candidature reste un brouillon,"
            " tout ce que vous avez écrit est conservé."
        ) % {"closing": instant(self.closes_at)}

    def approval(self):
        """The last release plan that the manager was asked to sign, unless it lapsed; or None."""
        return self.approvals.standing().order_by("pk").last()

    def last_plan(self):
        """The plan asked last, for the next one to start from."""
        last = self.approvals.order_by("pk").last()
        return last.plan() if last else {"starts_on": self.call.promotion_starts_on}

    def sections(self):
        """The dossier as it is read: who, where, from which pain, every answer, the release."""
        heading = [
            (_("Appel à candidatures"), self.call.title),
            (_("Porté par"), ", ".join(self.applicant_names())),
            (_("Service porteur"), self.entity or ""),
            (_("Irritant à l’origine"), self.irritant or ""),
        ]
        answers = [(q.label, q.shown(self.value_of(q.key))) for q in self.asked_questions()]
        approval = self.approval()
        release = [(_("Mise à disposition"), approval.summary)] if approval else []
        return [(label, text) for label, text in [*heading, *answers, *release] if str(text)]

    def joined_files(self):
        """The files that its answers name, in the order of the form."""
        asking = [
            question.key for question in self.questions if question.kind == Question.Kind.FILES
        ]
        return [file for key in asking for file in self.attachments.named_in(self.value_of(key))]

    def transcript(self):
        """Every character typed, as a text, that of questions no longer asked included."""
        labels = {question.key: question.label for question in self.questions}
        heading = [
            (_("Nom de l’idée"), self.title),
            (_("Service porteur"), self.entity or ""),
            (_("Irritant à l’origine"), self.irritant or ""),
        ]
        asked = [
            (q.label, self.value_of(q.key) if q.is_typed else q.shown(self.value_of(q.key)))
            for q in self.questions
        ]
        others = [
            (_("Question retirée du formulaire"), answer.text)
            for key, answer in sorted(self.answers_by_key.items())
            if key not in labels
        ]
        return "".join(f"# {label}\n\n{text}\n\n" for label, text in [*heading, *asked, *others])

    @property
    def problem(self):
        """What it wants to solve: the answer to the form's first long question."""
        keys = [question.key for question in self.questions if question.kind == Question.Kind.LONG]
        return self.value_of(keys[0]) if keys else ""

    def words(self):
        """Everything that a search may find it by."""
        return "\n".join([self.title, *(str(text) for _label, text in self.sections())])

    def _stamp(self, by):
        type(self).objects.filter(pk=self.pk).update(
            first_edited_at=Coalesce("first_edited_at", Now()), edited_at=Now(), edited_by=by
        )
        self.refresh_from_db(fields=["first_edited_at", "edited_at", "edited_by"])

    def _keep_heading(self, entries):
        if entries:
            self.page.keep_heading(entries)
            self.take_heading(self.page)

    def _keep_answers(self, entries, *, by):
        for entry in entries:
            self.answers_by_key[entry.key], _created = self.page.answers.update_or_create(
                key=entry.key,
                defaults={
                    "text": entry.value,
                    "version": entry.version + 1,
                    "edited_at": Now(),
                    "edited_by": by,
                },
            )
