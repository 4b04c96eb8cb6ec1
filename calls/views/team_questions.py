from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.submission import carried_out, form_page
from calls.forms import ConditionForm, QuestionForm
from calls.forms.questions import QuestionsForm
from calls.models import Application, Call, Question
from calls.models.condition import in_words, with_conditions


@require_safe
def questions(request, slug):
    call = get_object_or_404(Call.objects.prepared_by(request.user).timed(), slug=slug)
    revision = call.form_in_hand()
    can_rewrite = Call.objects.rewritable_by(request.user).contains(call)
    context = {
        "call": call,
        "revision": revision,
        "questions": with_conditions(revision.questions.in_order()),
        "can_edit": can_rewrite and revision.published_at is None,
        "can_prepare": can_rewrite and revision.published_at is not None,
        "drafts": Application.objects.drafts_of(call).count(),
    }
    return render(request, "calls/team_call_questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def question_new(request, slug):
    call = get_object_or_404(Call.objects.rewritable_by(request.user), slug=slug)
    form = QuestionForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: call.form_in_hand().add_question(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La question est ajoutée."))
        return redirect("calls:team-call-questions", slug)
    return form_page(request, "calls/question_new.html", {"form": form, "call": call})


@require_http_methods(["GET", "HEAD", "POST"])
def question(request, slug, key):
    question = _editable(request, slug, key)
    preview = QuestionsForm([_editable(request, slug, key)]).rows()
    form = QuestionForm(request.POST or None, instance=question)
    if form.is_valid() and carried_out(
        form, lambda: question.edit(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La question est modifiée."))
        return redirect(question)
    context = {"form": form, "call": question.revision.call, "question": question}
    context["preview"] = preview
    return form_page(request, "calls/question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def question_condition(request, slug, key):
    question = _editable(request, slug, key)
    form = ConditionForm(question, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: question.ask_if(by=request.user, condition=form.condition())
    ):
        messages.success(request, _("La condition est enregistrée."))
        return redirect(question)
    context = {"form": form, "call": question.revision.call, "question": question}
    context["only_if"] = in_words(question.condition, question.above())
    return form_page(request, "calls/question_condition.html", context)


@require_POST
def question_rank(request, slug, key):
    """Back to the question that moved, so that the keyboard goes on from it."""
    question = _editable(request, slug, key)
    question.shift(by=request.user, up="up" in request.POST)
    return redirect(f"{question.get_absolute_url()}#{key}")


@require_http_methods(["GET", "HEAD", "POST"])
def question_removal(request, slug, key):
    question = _editable(request, slug, key)
    if request.method == "POST":
        question.remove(by=request.user)
        messages.success(request, _("La question est retirée."))
        return redirect(question)
    context = {"question": question, "call": question.revision.call}
    return render(request, "calls/question_removal.html", context)


def _editable(request, slug, key):
    editable = Question.objects.editable_by(request.user).select_related("revision__call")
    return get_object_or_404(editable, revision__call__slug=slug, key=key)
