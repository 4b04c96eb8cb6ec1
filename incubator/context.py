"""What every page shows around its own content, without a query of its own."""

from functools import partial

from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _


def everyone(user):
    return True


def signed_in(user):
    return user.is_authenticated


def team(user):
    return user.is_staff


def committees(user):
    """Who sits on one (known from the query that found the person), and the team."""
    return getattr(user, "sits", False) or team(user)


def coaches(user):
    return getattr(user, "coaches", False)


def administrators(user):
    return user.is_superuser


MENU = [
    (_("Appels à candidatures"), "calls:call-list", everyone),
    (_("Irritants"), "calls:irritant-list", everyone),
    (_("Promotions"), "projects:promotion-list", everyone),
    (_("Projets"), "projects:project-list", everyone),
    (_("Mon espace"), "desk", signed_in),
    (_("Comités"), "committees:committee-list", committees),
    (_("Accompagnement"), "coaching:desk", coaches),
    (_("Équipe"), "cockpit", team),
    (_("Administration"), "admin:index", administrators),
]


def shell(request):
    """`shell`: the menu, the person and the doors of the account; worked out where it is shown."""
    return {"shell": SimpleLazyObject(partial(_shell, request))}


def _shell(request):
    user = request.user
    return {
        "menu": [_entry(label, url, request.path) for label, url in _shown(user)],
        "person": str(user) if user.is_authenticated else "",
        "profile": _path("accounts:profile"),
        "login": _path("account_login"),
        "logout": _path("account_logout"),
        "signup": _path("account_signup"),
        "language_switch": _path("set_language"),
    }


def _shown(user):
    for label, name, whom in MENU:
        if whom(user) and (url := _path(name)):
            yield label, url


def _entry(label, url, path):
    """A menu's entry is current on its page, and true on those below it."""
    below = path.startswith(url) and url != "/"
    return {"label": label, "url": url, "current": "page" if path == url else below and "true"}


def _path(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
