from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.submission import carried_out, form_page
from projects.forms import PresentationForm
from projects.models import Project
from projects.views.inside import followed


@require_http_methods(["GET", "HEAD", "POST"])
def presentation(request, slug):
    followed(request, slug)
    project = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    form = PresentationForm(
        request.POST or None, instance=project, initial={"version": project.version}
    )
    if form.is_valid() and carried_out(
        form, lambda: project.present(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La présentation est enregistrée."))
        return redirect("projects:publication", slug)
    context = {"project": project, "form": form, "stored": form.texts_of_another()}
    return form_page(request, "projects/presentation.html", context)


@require_safe
def publication(request, slug):
    project = followed(request, slug)
    return render(request, "projects/publication.html", {"project": project})


@require_POST
def consent(request, slug):
    followed(request, slug).consent(by=request.user)
    messages.success(request, _("L’accord de l’équipe est enregistré."))
    return redirect("projects:publication", slug)


@require_POST
def publish(request, slug):
    followed(request, slug).publish(by=request.user)
    messages.success(request, _("La page du projet est publique."))
    return redirect("projects:publication", slug)


@require_POST
def unpublish(request, slug):
    followed(request, slug).unpublish(by=request.user)
    messages.success(request, _("La page du projet n’est plus publique."))
    return redirect("projects:publication", slug)
