"""Who comes in where no object says it."""

from functools import wraps

from django.http import Http404


def for_the_team(view):
    """A page of the incubator team: to anyone else it does not exist."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
