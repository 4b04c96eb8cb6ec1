"""Addresses that people can read: `/projets/signaux-faibles/`."""

from itertools import count

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from base.search import plain


def create_named(model, words, /, **fields):
    """Create a row under the first free slug of some words: `oeuvre`, then `oeuvre-2`.

    Two at once cannot take the same: the loser of the unique column tries the next.
    """
    stem = slugify(plain(words).replace("'", " "))[:70].strip("-") or model._meta.model_name
    for number in count(1):
        slug = stem if number == 1 else f"{stem}-{number}"
        if model._base_manager.filter(slug=slug).exists():
            continue
        try:
            with transaction.atomic():
                return model._base_manager.create(slug=slug, **fields)
        except IntegrityError:
            if not model._base_manager.filter(slug=slug).exists():
                raise
