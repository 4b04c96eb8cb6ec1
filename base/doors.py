"""Whom a page lets in where no object is looked up; to all others it does not exist."""

from functools import wraps

from django.http import Http404


def team_only(view):
    """For the incubator's team: anyone else finds what a missing page says."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
