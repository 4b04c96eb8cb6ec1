from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.doors import team_only
from base.paging import page_of
from base.submission import carried_out, form_page
from calls.forms import CallForm, CopyForm, EndingForm, ExtensionForm, PersonalExtensionForm
from calls.forms.questions import QuestionsForm
from calls.funnel import funnel_of
from calls.models import Application, Call, Extension
from calls.models.condition import with_conditions


@require_safe
@team_only
def team_call_list(request):
    received = Application.objects.received_by(request.user)
    deposited = Count("applications", filter=Q(applications__in=received))
    calls = Call.objects.prepared_by(request.user).timed().annotate(deposited_count=deposited)
    page = page_of(request, calls.order_by("-opens_at", "-pk"))
    return render(request, "calls/team_call_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@team_only
def team_call_new(request):
    form = CallForm(request.POST or None, user=request.user)
    if form.is_valid() and carried_out(
        form, lambda: Call.draft(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("L’appel est en préparation. Écrivez ses questions."))
        return redirect("calls:team-call-questions", form.result.slug)
    return form_page(request, "calls/team_call_new.html", {"form": form})


@require_safe
def team_call(request, slug):
    calls = (
        Call.objects.prepared_by(request.user)
        .timed()
        .select_related("committee", "grid", "sponsor")
    )
    call = get_object_or_404(calls, slug=slug)
    context = {
        "call": call,
        "counts": Application.objects.unhidden_from(request.user).counted_by_status(call),
        "funnel": funnel_of(call, request.user) if call.status == Call.Status.PUBLISHED else None,
        "question_count": call.form.questions.count(),
        "missing": call.missing() if call.status == Call.Status.DRAFT else [],
        "can_extend": Call.objects.extendable_by(request.user).contains(call),
        "can_end": Call.objects.endable_by(request.user).contains(call),
        "can_archive": Call.objects.archivable_by(request.user).contains(call),
        "can_word_receipts": Call.objects.acknowledged_by(request.user).contains(call),
    }
    return render(request, "calls/team_call.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def team_call_edit(request, slug):
    call = get_object_or_404(Call.objects.editable_by(request.user), slug=slug)
    form = CallForm(request.POST or None, instance=call, user=request.user)
    if form.is_valid() and carried_out(
        form, lambda: call.edit(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("L’appel est modifié."))
        return redirect("calls:team-call", call.slug)
    return form_page(request, "calls/team_call_edit.html", {"form": form, "call": call})


@require_safe
def preview(request, slug):
    """The public page and the form as an agent would see them."""
    calls = (
        Call.objects.prepared_by(request.user)
        .timed()
        .select_related("committee", "grid", "sponsor")
    )
    call = get_object_or_404(calls, slug=slug)
    questions = with_conditions(call.form_in_hand().questions.in_order())
    context = {"call": call, "questions": questions, "criteria": call.criteria()}
    context["rows"] = QuestionsForm(questions).rows()
    return render(request, "calls/team_call_preview.html", context)


@require_POST
def publication(request, slug):
    call = get_object_or_404(Call.objects.prepared_by(request.user), slug=slug)
    call.publish(by=request.user)
    messages.success(request, _("L’appel est publié."))
    return redirect("calls:team-call", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def extension(request, slug):
    call = get_object_or_404(Call.objects.extendable_by(request.user), slug=slug)
    form = ExtensionForm(request.POST or None, initial={"closes_at": call.closes_at})
    if form.is_valid() and carried_out(
        form, lambda: call.extend(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("L’appel est prolongé."))
        return redirect("calls:team-call", slug)
    return form_page(request, "calls/team_call_extension.html", {"form": form, "call": call})


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request, slug):
    """The end of a rolling call, announced."""
    call = get_object_or_404(Call.objects.endable_by(request.user), slug=slug)
    form = EndingForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: call.announce_closing(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La clôture est annoncée ; ceux qui écrivent sont prévenus."))
        return redirect("calls:team-call", slug)
    return form_page(request, "calls/team_call_closing.html", {"form": form, "call": call})


@require_http_methods(["GET", "HEAD", "POST"])
def personal_extensions(request, slug):
    """Who has more time than the others, and more time for someone."""
    call = get_object_or_404(Call.objects.prepared_by(request.user), slug=slug)
    form = PersonalExtensionForm(request.POST or None)
    if form.is_valid() and carried_out(form, lambda: form.grant(by=request.user, call=call)):
        messages.success(request, _("La prolongation est accordée, la personne est prévenue."))
        return redirect("calls:personal-extensions", slug)
    given = Extension.objects.visible_to(request.user).filter(call=call)
    given = given.select_related("person", "granted_by").order_by("-pk")
    context = {"call": call, "form": form, "page": page_of(request, given)}
    context["can_extend"] = Call.objects.extendable_by(request.user).contains(call)
    return form_page(request, "calls/personal_extensions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def team_call_copy(request, slug):
    call = get_object_or_404(Call.objects.prepared_by(request.user), slug=slug)
    form = CopyForm(request.POST or None, call=call, initial={"title": call.title})
    if form.is_valid() and carried_out(
        form, lambda: call.copy(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La copie est en préparation, avec le même formulaire."))
        return redirect("calls:team-call", form.result.slug)
    return form_page(request, "calls/team_call_copy.html", {"form": form, "call": call})


@require_POST
def archiving(request, slug):
    call = get_object_or_404(Call.objects.prepared_by(request.user), slug=slug)
    call.archive(by=request.user)
    messages.success(request, _("L’appel est archivé : il quitte la liste, sa page reste."))
    return redirect("calls:team-call", slug)
