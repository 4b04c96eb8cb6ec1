"""The rules of what a call asks."""

from django.db.models import Exists, OuterRef, Q

from calls.models import Application, Call, FormRevision, Question, condition


def a_published_call_asks_something():
    """A published call has a frozen form with a question at least."""
    asking = Q(revisions__published_at__isnull=False, revisions__questions__isnull=False)
    return (
        Call.objects.public()
        .exclude(pk__in=Call.objects.filter(asking).values("pk"))
        .values_list("pk", flat=True)
    )


def a_condition_looks_at_choices_above_it():
    """A question is asked or not by choices that its form offers before it."""
    for revision in FormRevision.objects.prefetch_related("questions").iterator(chunk_size=100):
        questions = sorted(revision.questions.all(), key=lambda question: question.position)
        if condition.fault_in(questions):
            yield revision.pk


def a_question_keeps_its_kind():
    """From one version of a form to the next, a key never changes the kind of its answers."""
    other = Question.objects.filter(revision__call=OuterRef("revision__call"), key=OuterRef("key"))
    return Question.objects.filter(Exists(other.exclude(kind=OuterRef("kind")))).values_list(
        "pk", flat=True
    )


def a_draft_follows_the_form_in_force():
    """What is not deposited answers the last published version of its call's form."""
    newer = FormRevision.objects.filter(
        call=OuterRef("call"), published_at__isnull=False, number__gt=OuterRef("revision__number")
    )
    drafts = Application.objects.filter(status=Application.Status.DRAFT)
    return drafts.filter(Exists(newer)).values_list("pk", flat=True)


INVARIANTS = [
    a_published_call_asks_something,
    a_condition_looks_at_choices_above_it,
    a_question_keeps_its_kind,
    a_draft_follows_the_form_in_force,
]
