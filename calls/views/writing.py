from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.lifecycle import Refused
from base.submission import carried_out, form_page
from base.wording import clock
from calls.forms import WritingForm
from calls.models import Application, Call, DepositOrder, Extension, Irritant


@require_http_methods(["GET", "HEAD", "POST"])
def application_start(request, slug):
    call = get_object_or_404(Call.objects.public().timed(), slug=slug)
    mine = Application.objects.carried_by(request.user).filter(call=call).order_by("-pk")
    if draft := mine.drafted_by(request.user).first():
        return redirect("calls:writing", draft.pk)
    number = request.GET.get("irritant", "")
    seen = Irritant.objects.visible_to(request.user)
    irritant = seen.filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None
    if request.method == "POST":
        application = Application.start(by=request.user, call=call, irritant=irritant)
        return redirect("calls:writing", application.pk)
    questions = call.form.questions.in_order()
    context = {"call": call, "irritant": irritant, "questions": questions, "others": mine[:10]}
    context["more_time"] = Extension.objects.running().given_to(request.user, call).last_instant()
    return render(request, "calls/application_start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def writing(request, pk):
    application = _mine(request, pk)
    form = WritingForm(application, request.POST or None, user=request.user)
    if form.is_bound and carried_out(form, lambda: form.save(by=request.user)):
        messages.success(request, _("Enregistré. Votre candidature n’est pas encore déposée."))
        return redirect(*_next_page(request, application))
    context = {
        "application": application,
        "call": application.call,
        "form": form,
        "shared": application.co_applicants.accepted().exists(),
        "hands": application.other_hands(request.user),
    }
    can_write = Application.objects.editable_by(request.user).contains(application)
    if not can_write and not form.is_bound:
        context["files"] = application.joined_files()
        return render(request, "calls/writing_closed.html", context)
    return form_page(request, "calls/writing.html", context)


@login_not_required
@require_POST
def autosave(request, pk):
    """Answers in JSON, 401 included: a page that is typed in never leaves for the login page."""
    if not request.user.is_authenticated:
        return JsonResponse({"state": "signed_out"}, status=401)
    key = request.POST.get("key", "")
    form = WritingForm(_mine(request, pk), request.POST, user=request.user, only=key)
    try:
        form.save(by=request.user)
    except Refused as refusal:
        return JsonResponse({"state": "refused", "message": str(refusal)}, status=409)
    said, status = _said_of(form, key)
    return JsonResponse(said, status=status)


@require_safe
def presence(request, pk):
    """Who else writes, asked for again and again by the page that is open."""
    application = _mine(request, pk)
    context = {"application": application, "hands": application.other_hands(request.user)}
    return render(request, "calls/writing_presence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def deposit(request, pk):
    application = get_object_or_404(_carried(request).led_by(request.user), pk=pk).as_written()
    if request.method == "POST":
        receipt = application.deposit(by=request.user)
        messages.success(request, _("Votre candidature est déposée."))
        return redirect(receipt)
    if application.status != Application.Status.DRAFT and not application.amendment:
        return redirect(application)
    context = {
        "application": application,
        "call": application.call,
        "gaps": application.gaps(),
        "approval": application.approval(),
        "order": DepositOrder.objects.asked_for(application),
        "awaited": application.co_applicants.invited().order_by("pk"),
    }
    return render(request, "calls/deposit.html", context)


@require_POST
def deposit_order(request, pk):
    application = get_object_or_404(_carried(request).led_by(request.user), pk=pk)
    if "cancel" not in request.POST:
        DepositOrder.ask(application, by=request.user)
        messages.success(request, _("Si elle est complète, elle sera déposée avant la clôture."))
    elif order := DepositOrder.objects.asked_for(application):
        order.cancel(by=request.user)
        messages.success(request, _("C’est annulé : vous seul déposerez votre candidature."))
    return redirect("calls:deposit", pk)


@require_safe
def transcript(request, pk):
    """Every character that was typed, as a text file."""
    text = _mine(request, pk).transcript()
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="candidature-{pk}.txt"'
    return response


def _next_page(request, application):
    """Where the button leads: on writing, to the deposit, or to the files of a question."""
    wanted = request.POST.get("next", "")
    if wanted in {question.key for question in application.questions}:
        return "calls:attachment-list", application.pk, wanted
    return "calls:deposit" if wanted else "calls:writing", application.pk


def _mine(request, pk):
    return get_object_or_404(_carried(request), pk=pk).as_written()


def _carried(request):
    return Application.objects.carried_by(request.user).select_related("call", "revision", "author")


def _said_of(form, key):
    """What the page that types is told of one field, and under which status."""
    if conflict := form.conflicts.get(key):
        theirs = getattr(conflict.theirs, "pk", conflict.theirs)
        said = {"state": "conflict", "theirs": theirs or "", "version": conflict.version}
        return said, 409
    if form.errors:
        return {"state": "invalid", "message": " ".join(form.errors.get(key, []))}, 422
    version = form.application.version_of(key)
    return {"state": "saved", "version": version, "at": clock(timezone.now())}, 200
