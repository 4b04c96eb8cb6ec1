"""How anyone may draw again the lot of a poll."""

from django.utils.translation import gettext as _


def drawing(poll):
    """The sentence of the minutes, where the poll has a lot."""
    if poll.seed:
        yield _(
            "Tirage au sort : graine %(seed)s, dont l’empreinte SHA-256 %(seal)s était publiée à"
            " l’ouverture. Pour le refaire, classer par empreinte croissante de « graine:nom »."
        ) % {"seed": poll.seed, "seal": poll.seal}
