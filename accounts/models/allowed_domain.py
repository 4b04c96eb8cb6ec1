from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from base.fields import Line


class AllowedDomainQuerySet(models.QuerySet):
    def covering(self, email):
        """The domain of an address, or one above it: `drees.sante.gouv.fr` is under `gouv.fr`."""
        labels = email.rpartition("@")[2].lower().split(".")
        return self.filter(domain__in=[".".join(labels[i:]) for i in range(len(labels))])


class AllowedDomain(models.Model):
    """An e-mail domain of an administration: whoever has an address there may open an account."""

    domain = Line(
        _("domaine"),
        max_length=120,
        unique=True,
        help_text=_("En minuscules, sans arobase : « gouv.fr » vaut pour tous ses sous-domaines."),
        validators=[
            RegexValidator(
                r"^[a-z0-9-]+(\.[a-z0-9-]+)+$",
                _("Écrivez un domaine en minuscules, par exemple « interieur.gouv.fr »."),
            )
        ],
    )
    note = Line(_("remarque"), max_length=200, blank=True)

    objects = AllowedDomainQuerySet.as_manager()

    class Meta:
        verbose_name = _("domaine autorisé")
        verbose_name_plural = _("domaines autorisés")
        constraints = [
            models.CheckConstraint(
                name="allowed_domain_is_written_in_lower_case",
                condition=models.Q(domain__regex=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"),
                violation_error_message=_("Écrivez un domaine en minuscules, sans arobase."),
            )
        ]

    def __str__(self):
        return self.domain
