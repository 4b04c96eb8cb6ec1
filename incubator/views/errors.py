"""The pages of what went wrong: no database, no session, nothing internal (RELIABILITY A-53)."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import OperationalError
from django.shortcuts import render

from base.typed import is_from_here, texts_of, typed_in


# What a browser or a script should wait before it tries again, in seconds.
PATIENCE = {429: 300, 503: 60}


def bad_request(request, exception=None):
    too_big = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    return _page(request, 413 if too_big else 400)


def forbidden(request, exception=None):
    return _page(request, 403)


def expired(request, reason=""):
    """A form without its token: the page was left open, or another person signed in.

    What one of our own pages sent is shown again, to be sent with the new token.
    """
    pairs = typed_in(request) if is_from_here(request) else []
    context = {"pairs": pairs, "texts": texts_of(pairs)}
    response = render(request, "403_csrf.html", context, status=403)
    response["Cache-Control"] = "no-store, private"
    return response


def not_found(request, exception=None):
    """The same page for what does not exist and for what the reader may not see."""
    return _page(request, 404)


def too_many_requests(request):
    return _page(request, 429)


def server_error(request):
    """A database that does not answer, or a row too long held, is a service that will be back."""
    return _page(request, 503 if isinstance(sys.exception(), OperationalError) else 500)


def _page(request, code):
    response = render(request, f"{code}.html", status=code)
    if code in PATIENCE:
        response["Retry-After"] = str(PATIENCE[code])
    return response
