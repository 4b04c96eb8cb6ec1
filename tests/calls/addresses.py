"""Where the pages of this floor are, and what their forms send back."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone


def page(name, *args):
    return reverse(f"calls:{name}", args=args)


def paris(**delta):
    """An instant from now, as a form of the page sends it: the wall clock's time in Paris."""
    return f"{timezone.localtime() + timedelta(**delta):%Y-%m-%dT%H:%M}"
