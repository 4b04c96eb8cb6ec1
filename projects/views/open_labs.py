from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from base.calendar import today
from base.paging import page_of
from base.submission import carried_out, form_page
from projects.forms import OpenLabForm
from projects.models import OpenLab
from projects.views.inside import followed


@require_http_methods(["GET", "HEAD", "POST"])
def open_labs(request, slug):
    project = followed(request, slug)
    form = OpenLabForm(request.POST or None, initial={"held_on": today()})
    if form.is_valid() and carried_out(
        form, lambda: OpenLab.log(project, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("L’open lab est enregistré."))
        return redirect("projects:open-labs", slug)
    page = page_of(request, project.open_labs.order_by("-held_on", "-pk"))
    context = {"project": project, "form": form, "page": page}
    return form_page(request, "projects/open_labs.html", context)
