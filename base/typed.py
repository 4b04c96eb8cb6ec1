"""What a person typed in a form that could not be received, to be given back to her."""

from urllib.parse import urlsplit

from django.conf import settings


# What is never shown again: secrets, and what the page itself puts into each form.
KEPT_BACK = ("csrfmiddlewaretoken", "password", "oldpassword", "code", "credential")
WORTH_READING = 20  # characters: shorter is a choice or a version, and is sent again all the same


def typed_in(request):
    """The (name, value) pairs of a form, where something was typed and can be sent again."""
    pairs = [
        (name, value)
        for name, values in request.POST.lists()
        if not name.startswith(KEPT_BACK)
        for value in values
    ]
    secret = any(name.startswith(KEPT_BACK[1:]) for name in request.POST)
    return [] if secret or not any(value.strip() for _name, value in pairs) else pairs


def texts_of(pairs):
    """Those that a person would want to read, and copy."""
    return [value for _name, value in pairs if len(value.strip()) >= WORTH_READING]


def is_from_here(request):
    """Whether the browser says that one of our own pages sent it."""
    origin = request.headers.get("Origin", "")
    host = request.get_host()
    ours = origin in settings.CSRF_TRUSTED_ORIGINS or (
        urlsplit(origin).netloc == host and urlsplit(origin).scheme == request.scheme
    )
    return ours and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
