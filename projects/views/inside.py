"""How every page inside a project begins: the project, for those who follow it."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404

from projects.models import Project


def followed(request, slug):
    """The project of an inside page, with what the reader may do there; 404 for others."""
    projects = Project.objects.followed_by(request.user).with_rights_of(request.user).with_phase()
    return get_object_or_404(projects.select_related("promotion__committee", "entity"), slug=slug)


def team_only(view):
    """A page of the incubator's team: 404 for everyone else, as for a page that is not there."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
