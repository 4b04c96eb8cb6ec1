from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import ProfileForm
from accounts.models import Entity
from base.submission import carried_out, form_page


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid() and carried_out(form, form.save):
        language = form.cleaned_data["language"]
        with override(language):
            messages.success(request, _("Votre profil est enregistré."))
        response = redirect("accounts:profile")
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
        return response
    return form_page(request, "accounts/profile.html", {"form": form})


@login_not_required
@require_safe
def entity_list(request):
    """What the picker of services suggests for the letters typed: ten at most."""
    text = request.GET.get("q", "").replace("\0", "")[:100]
    found = Entity.objects.search(text)[:10] if len(text.strip()) > 1 else []
    return render(request, "accounts/entity_options.html", {"entities": found})
