"""The pages that every public site owes, and what machines read."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from base import retention


@login_not_required
@require_safe
def accessibility(request):
    return render(request, "pages/accessibility.html", {"publisher": settings.PUBLISHER})


@login_not_required
@require_safe
def legal_notice(request):
    return render(request, "pages/legal_notice.html", {"publisher": settings.PUBLISHER})


@login_not_required
@require_safe
def personal_data(request):
    context = {"publisher": settings.PUBLISHER, "kinds": retention.KINDS}
    return render(request, "pages/personal_data.html", context | {"notice": retention.NOTICE.days})


@login_not_required
@require_safe
def cookies(request):
    names = {"session": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME}
    names["language"] = settings.LANGUAGE_COOKIE_NAME
    return render(request, "pages/cookies.html", {"names": names})


@login_not_required
@require_safe
def site_map(request):
    return render(request, "pages/site_map.html")


@login_not_required
@require_safe
def security_txt(request):
    """RFC 9116: whom to tell about a weakness."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
        days=180
    )
    lines = [
        f"Contact: mailto:{settings.PUBLISHER['security_email']}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.SITE_URL}{reverse('security-txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def robots_txt(request):
    closed = ["/admin/", "/comptes/", "/mon-espace/", "/equipe/", "/comites/", "/visa/"]
    lines = ["User-agent: *", *[f"Disallow: {path}" for path in closed]]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def favicon(request):
    """Where browsers look for the icon of a page that names none, as those of the admin."""
    return redirect(static("dsfr/dist/favicon/favicon.ico"))
