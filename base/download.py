"""Giving back a file that someone brought: to be kept, never shown as one of our pages."""

import logging

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from base.lifecycle import Refused
from base.storage import read


logger = logging.getLogger(__name__)


def to_keep(path, name):
    """The answer that gives what the storage keeps at a path, under a name.

    Never a link to the storage: each reading goes through a page that asks for the right. No
    browser reads it as one of ours, whatever it holds (RELIABILITY A-44). Refused while the
    storage does not answer.
    """
    try:
        content = read(path)
    except OSError:
        logger.exception("A kept file could not be read: %s", path)
        raise Refused(
            _("Ce fichier ne peut pas être lu pour le moment : réessayez dans quelques minutes.")
        ) from None
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
