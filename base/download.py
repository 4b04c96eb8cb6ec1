"""Giving back a file that someone brought: to be kept, never shown as one of our pages."""

from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.utils.http import content_disposition_header


def to_keep(path, name):
    """The answer that gives what the storage keeps at a path, under a name.

    Never a link to the storage: each reading goes through a page that asks for the right. No
    browser reads it as one of ours, whatever it holds (RELIABILITY A-44).
    """
    with default_storage.open(path) as content:
        response = HttpResponse(content.read(), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
