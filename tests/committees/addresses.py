"""Where the committee's pages are, and what their forms send back."""

from django.urls import reverse


def page(name, subject):
    return reverse(f"committees:{name}", args=[subject.pk])


def shown(dossiers):
    """The dossiers that the page listed to who declares."""
    return ",".join(str(dossier.pk) for dossier in dossiers)
