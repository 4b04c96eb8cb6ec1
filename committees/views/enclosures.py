from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from base.download import to_keep
from committees.models import Deliberation


@require_safe
def enclosure(request, pk, number):
    """A file of the version that is examined, for those who read that version."""
    visible = Deliberation.objects.visible_to(request.user).select_related("snapshot")
    deliberation = get_object_or_404(visible, pk=pk)
    for file in deliberation.enclosures():
        if file.number == number and file.path:
            return to_keep(file.path, file.name)
    raise Http404
