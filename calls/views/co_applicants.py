from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from base.submission import carried_out, form_page
from calls.forms import InvitationForm, RoleForm
from calls.models import Application, CoApplicant


@require_http_methods(["GET", "HEAD", "POST"])
def co_applicant_list(request, pk):
    mine = Application.objects.carried_by(request.user).select_related("call", "author")
    application = get_object_or_404(mine, pk=pk)
    form = InvitationForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: CoApplicant.invite(application, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("L’invitation est partie par courriel."))
        return redirect("calls:co-applicant-list", pk)
    people = CoApplicant.objects.visible_to(request.user).on_board().filter(application=application)
    context = {
        "application": application,
        "form": form,
        "people": people.select_related("person", "application").order_by("pk"),
        "can_share": Application.objects.shareable_by(request.user).contains(application),
    }
    return form_page(request, "calls/co_applicant_list.html", context)


@require_POST
def resending(request, pk):
    invitation = get_object_or_404(CoApplicant.objects.managed_by(request.user), pk=pk)
    invitation.resend(by=request.user)
    messages.success(request, _("Un nouveau lien est parti ; le précédent ne sert plus."))
    return redirect(invitation)


@require_POST
def role(request, pk):
    co_applicant = get_object_or_404(CoApplicant.objects.managed_by(request.user), pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        co_applicant.assign(by=request.user, **form.cleaned_data)
        messages.success(request, _("C’est noté, avec effet immédiat."))
    return redirect(co_applicant)


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, pk):
    removable = CoApplicant.objects.removable_by(request.user).select_related("application")
    co_applicant = get_object_or_404(removable, pk=pk)
    if request.method == "POST":
        co_applicant.remove(by=request.user)
        messages.success(request, _("C’est fait, avec effet immédiat."))
        leads = co_applicant.application.author == request.user
        return redirect(co_applicant if leads else "calls:application-list")
    context = {"co_applicant": co_applicant, "application": co_applicant.application}
    return render(request, "calls/co_applicant_removal.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """The page behind the link; reading it changes nothing, answering it asks who is there."""
    invitation = get_object_or_404(_read(CoApplicant.objects.linked_by(token)))
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    return _answered(request, invitation)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_direct(request, pk):
    """The same page for who has an account, and needs no link."""
    addressed = CoApplicant.objects.addressed_to(request.user)
    return _answered(request, get_object_or_404(_read(addressed), pk=pk))


def _read(invitations):
    return invitations.select_related("application__call", "application__author")


def _answered(request, invitation):
    if request.method == "POST":
        if "decline" in request.POST:
            invitation.decline(by=request.user)
            messages.success(request, _("Votre réponse est enregistrée. Merci."))
            return redirect("desk")
        invitation.accept(by=request.user)
        messages.success(request, _("Vous portez cette candidature."))
        return redirect(invitation.application)
    context = {
        "invitation": invitation,
        "application": invitation.application,
        "is_open": CoApplicant.objects.answerable().contains(invitation),
        "is_mine": CoApplicant.objects.addressed_to(request.user).contains(invitation),
    }
    return render(request, "calls/invitation.html", context)
