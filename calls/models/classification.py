"""What an application is about, as the team files it."""

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.lifecycle import Refused
from calls.models.application import Application
from calls.models.theme import Theme
from journal.models import Event


class Classification(models.Model):
    """The theme under which the team filed an application, by whom and when."""

    application = models.OneToOneField(
        "calls.Application", models.CASCADE, editable=False, related_name="classification"
    )
    theme = models.CharField(gettext_lazy("thème"), max_length=12, choices=Theme)
    classified_at = models.DateTimeField(db_default=Now(), editable=False)
    classified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = gettext_lazy("classement")
        indexes = [models.Index(fields=["theme", "application"], name="classification_by_theme")]

    def __str__(self):
        return f"{self.application} : {self.get_theme_display()}"

    @classmethod
    @transaction.atomic
    def put(cls, application, *, by, theme):
        """File a deposited application under a theme, or under another than before."""
        application.hold(
            Application.objects.received_by(by),
            refusal=_("L’équipe classe les candidatures déposées."),
        )
        if theme not in Theme:
            raise Refused(_("Ce thème n’existe pas."), subject=application)
        filed, _created = cls.objects.update_or_create(
            application=application,
            defaults={"theme": theme, "classified_at": Now(), "classified_by": by},
        )
        Event.record("application.classified", actor=by, subject=application, theme=theme)
        return filed
