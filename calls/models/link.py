"""A link that one person gets by letter: a secret of which only the digest is stored."""

import hashlib
import secrets
from datetime import timedelta

from django.db import models
from django.db.models import Value
from django.db.models.functions import Now


# A link may be sent again, but not so often that it becomes a way to bother someone.
PAUSE = timedelta(minutes=10)
REMINDED_BEFORE = timedelta(days=3)
LINK = ["token_digest", "sent_at", "expires_at"]


class LinkedQuerySet(models.QuerySet):
    def linked_by(self, token):
        return self.filter(token_digest=digest_of(token))

    def not_just_sent(self):
        return self.filter(sent_at__lt=Now() - Value(PAUSE))


class Linked(models.Model):
    """What someone answers behind a link of her own, that serves one purpose for a time."""

    LIFETIME = timedelta(days=30)

    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField(editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def renew_link(self):
        """Give the row a new secret, which only the letter knows; the caller saves it."""
        token = secrets.token_urlsafe(32)
        self.token_digest = digest_of(token)
        self.sent_at, self.expires_at = Now(), Now() + Value(self.LIFETIME)
        return token


def digest_of(text):
    """SHA-256 (hex) of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
