"""Who sees a joined file, who may open it, and which files a frozen version names."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Now
from django.utils import translation
from django.utils.translation import gettext_lazy

from calls.models.application import Application
from calls.models.receipt import Receipt


SCANNED_AGAIN_AFTER = timedelta(hours=12)


class AttachmentState(models.TextChoices):
    PENDING = "pending", gettext_lazy("en cours d’analyse")
    ACCEPTED = "accepted", gettext_lazy("disponible")
    REFUSED = "refused", gettext_lazy("refusé par l’antivirus")


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the application; for the staff, what one of its deposits handed in."""
        own = Q(application__in=Application.objects.carried_by(user))
        if not user.is_staff:
            return self.filter(own)
        received = Q(application__in=Application.objects.received_by(user))
        return self.filter(own | received & Q(Exists(self._receipts())))

    def readable_by(self, user):
        """Once the antivirus, where there is one, has nothing against it."""
        return self.visible_to(user).accepted()

    def accepted(self):
        return self.filter(state=AttachmentState.ACCEPTED)

    def pending(self):
        return self.filter(state=AttachmentState.PENDING)

    def to_scan_again(self):
        """Let through, and not looked at for half a day: first what was never looked at."""
        recent = Q(scanned_at__gte=Now() - Value(SCANNED_AGAIN_AFTER))
        return self.accepted().exclude(recent).order_by(F("scanned_at").asc(nulls_first=True), "pk")

    def named_in(self, text):
        """Those that the answer to a question of files names, one number a line, in its order."""
        numbers = [int(line) for line in text.split("\n") if line.isdecimal() and len(line) < 19]
        return self.filter(pk__in=numbers).order_by("pk")

    def handed_in(self, snapshot):
        """Those that a frozen version of their application names, once each.

        Whatever was joined or taken away since: the words of the version, sealed by its hash, say
        which, by name, size and SHA-256.
        """
        said = {line for _heading, text in snapshot.sections for line in text.split("\n")}
        if not any("SHA-256" in line for line in said):
            return self.none()
        with translation.override(settings.LANGUAGE_CODE):
            joined = self.filter(application=snapshot.subject_id).order_by("-pk")
            named = {file.in_words: file.pk for file in joined if file.in_words in said}
        return self.filter(pk__in=named.values()).order_by("pk")

    @staticmethod
    def _receipts():
        """The deposits that name the file of the query around."""
        said = Cast("snapshot__sections", models.TextField())
        own = Receipt.objects.filter(application=OuterRef("application"))
        return own.alias(said=said).filter(said__contains=OuterRef("digest"))
