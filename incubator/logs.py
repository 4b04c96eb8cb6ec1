"""One line of JSON for each event, with the request's reference and the account's number.

No name, address, token or typed text (RELIABILITY A-54): a page is named by its route, e-mail
addresses are masked, and of an exception the line keeps the first line and the places.
"""

import json
import logging
import re
import time
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

from django.http import HttpRequest


ADDRESS = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
EXTRAS = ["route", "method", "status", "milliseconds"]
current_request = ContextVar("current_request", default=None)
access = logging.getLogger("fabrique.access")


def configuration(*, level, formatter):
    """LOGGING, with everything on standard error from this level on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "incubator.logs.Formatter"},
            "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": formatter}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level},
            "django.request": {"level": "ERROR"},  # the line of each request says the rest
            "gunicorn.error": {"handlers": ["console"], "level": level, "propagate": False},
        },
    }


def route_of(request):
    """The pattern, never the path: a path may hold a token."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "?"


def account_of(request):
    """The signed-in account's number, if this request has already asked for it."""
    return getattr(getattr(request, "_cached_user", None), "pk", None)


def without_path(record):
    """What Django says of a request ends with its path: say the route instead."""
    reason = record.args[0] if record.args and len(record.args) > 1 else record.msg
    return f"{reason} {route_of(record.request)}"


def masked(text):
    return ADDRESS.sub("(address)", text)


class Formatter(logging.Formatter):
    def format(self, record):
        request = getattr(record, "request", None)
        ours = isinstance(request, HttpRequest)
        if not ours:
            request = current_request.get()
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(without_path(record) if ours else record.getMessage()),
            "request": getattr(request, "id", None),
            "account": account_of(request),
            **{name: getattr(record, name, None) for name in EXTRAS},
            **self.exception_of(record),
        }
        # In ASCII: a control character or a foreign line break can forge no line.
        text = json.dumps({name: value for name, value in line.items() if value is not None})
        return text.replace("\x7f", "\\u007f")

    def exception_of(self, record):
        if not (record.exc_info and record.exc_info[0]):
            return {}
        kind, error, trail = record.exc_info
        first_line = (str(error).splitlines() or [""])[0]
        places = [f"{at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(trail)]
        return {"exception": f"{kind.__name__}: {masked(first_line)}", "places": places}


class AccessMiddleware:
    """One line for each request answered."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token, start = current_request.set(request), time.monotonic()
        try:
            response = self.get_response(request)
            details = {
                "route": route_of(request),
                "method": request.method if request.method.isalpha() else "?",
                "status": response.status_code,
                "milliseconds": round((time.monotonic() - start) * 1000),
            }
            access.info("request", extra=details)
            return response
        finally:
            current_request.reset(token)
