"""How every page inside a project begins: the project, for those who follow it."""

from django.shortcuts import get_object_or_404

from projects.models import Project


def followed(request, slug, **rights):
    """The project of an inside page, for those who follow it and have these rights; else 404."""
    projects = Project.objects.followed_by(request.user).with_rights_of(request.user).with_phase()
    return get_object_or_404(
        projects.select_related("promotion__committee", "entity"), slug=slug, **rights
    )
