"""What an applicant reads of the answer: the letter, and how the dossier was evaluated."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from base.pdf import pdf
from base.wording import instant
from calls.models import Application, Letter
from committees.account import sections_of


@require_safe
def letter(request, pk, number):
    letter = _found(request, pk, number)
    context = {"letter": letter, "application": letter.application, "parts": letter.parts()}
    return render(request, "calls/letter.html", context)


@require_safe
def letter_pdf(request, pk, number):
    """As it left: from the words that were frozen."""
    letter = _found(request, pk, number)
    return _printed(letter.words, letter, name=f"lettre-{letter.pk}")


@require_POST
def reading(request, pk, number):
    """« J’ai pris connaissance »."""
    mine = Letter.objects.readable_by(request.user).filter(application=pk)
    letter = get_object_or_404(mine, pk=number)
    letter.acknowledge(by=request.user)
    messages.success(request, _("C’est noté, avec la date."))
    return redirect(letter.application)


@require_safe
def explanation(request, pk):
    application, letter, sections = _account(request, pk)
    context = {"application": application, "letter": letter, "sections": sections}
    return render(request, "calls/explanation.html", context)


@require_safe
def explanation_pdf(request, pk):
    _application, letter, _sections = _account(request, pk)
    if letter is None:
        raise Http404
    return _printed(letter.account, letter, name=f"evaluation-{letter.pk}")


def _found(request, pk, number):
    visible = Letter.objects.visible_to(request.user).filter(application=pk)
    related = visible.select_related("application__call", "decision__deliberation", "words")
    return get_object_or_404(related, pk=number)


def _account(request, pk):
    """What was frozen when the decision was told; computed for its instant if nothing was."""
    application = get_object_or_404(Application.objects.explained_to(request.user), pk=pk)
    decision = application.told_decision()
    if decision is None:
        raise Http404
    wanted = request.GET.get("lettre", "")
    letters = application.letters.select_related("account", "decision")
    if wanted.isdecimal() and len(wanted) < 16:
        letter = get_object_or_404(letters, pk=wanted)
    else:
        letter = letters.filter(decision=decision).first()
    if letter:
        return application, letter, letter.account.sections
    return application, None, sections_of(decision, at=decision.notified_at)


def _printed(snapshot, letter, *, name):
    facts = [
        (_("Communiqué"), instant(letter.decision.notified_at)),
        (_("Empreinte SHA-256 de ce texte"), snapshot.digest),
    ]
    document = pdf(
        "frozen",
        title=snapshot.title,
        reference=str(letter),
        facts=facts,
        sections=snapshot.sections,
    )
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
