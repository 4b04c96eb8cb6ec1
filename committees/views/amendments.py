"""What may still change in the minutes: words by hand, and each member's own dissent."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from base.submission import carried_out, form_page
from committees.forms.minutes import AmendmentForm, DissentForm
from committees.models import Dissent, Minutes, MinutesAmendment
from committees.models.dissent import dissentable_by


@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request, pk, number):
    """Change the words of one section, the reader's own first being number 1."""
    minutes = get_object_or_404(Minutes.objects.amendable_by(request.user), sitting=pk)
    sections = minutes.amended_for(request.user)
    if not 1 <= number <= len(sections):
        raise Http404
    section = sections[number - 1]
    form = AmendmentForm(section, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: amend(request.user, minutes, section, form.cleaned_data)
    ):
        messages.success(request, _("Le texte est amendé."))
        return redirect(minutes)
    context = {"form": form, "minutes": minutes, "section": section}
    return form_page(request, "committees/amendment.html", context)


def amend(user, minutes, section, typed):
    words = {"text": typed["after"], "read": typed["read"], "reason": typed["reason"]}
    return MinutesAmendment.make(by=user, minutes=minutes, section=section, **words)


@require_POST
def amendment_removal(request, pk):
    amendment = get_object_or_404(MinutesAmendment.objects.droppable_by(request.user), pk=pk)
    amendment.drop(by=request.user)
    messages.success(request, _("L’amendement est abandonné."))
    return redirect(amendment.minutes)


@require_http_methods(["GET", "HEAD", "POST"])
def dissent(request, pk):
    """One's own disagreement with what was decided on an item."""
    item = get_object_or_404(dissentable_by(request.user), pk=pk)
    own = item.dissents.filter(seat__user=request.user).first()
    form = DissentForm(request.POST or None, instance=own)
    if form.is_valid() and carried_out(
        form, lambda: Dissent.record(by=request.user, item=item, **form.cleaned_data)
    ):
        messages.success(request, _("Votre opinion figurera au procès-verbal."))
        return redirect(item.sitting)
    context = {"form": form, "item": item, "dissent": own}
    return form_page(request, "committees/dissent.html", context)


@require_POST
def dissent_removal(request, pk):
    dissent = get_object_or_404(Dissent.objects.withdrawable_by(request.user), pk=pk)
    dissent.withdraw(by=request.user)
    messages.success(request, _("Votre opinion ne figurera pas au procès-verbal."))
    return redirect(dissent.item.sitting)
