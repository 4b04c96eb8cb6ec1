from functools import wraps

from django.http import Http404


def team_only(view):
    """A page of the incubator's team: 404 for everyone else, as for a page that is not there."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
