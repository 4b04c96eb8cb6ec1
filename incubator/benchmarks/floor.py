"""The floor under every page: an empty view, and a bare list of 25 rows of the same database."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from calls.models import Application


BARE_LIST = engines["django"].from_string(
    "<!doctype html><title>.</title><table>{% for row in rows %}"
    "<tr><td>{{ row.pk }}<td>{{ row.title }}<td>{{ row.status }}<td>{{ row.call.title }}"
    "<td>{{ row.author.email }}{% endfor %}</table>"
)


@login_not_required
def empty(request):
    return HttpResponse("")


def bare_list(request):
    rows = Application.objects.select_related("call", "author").order_by("-pk")[:25]
    return HttpResponse(BARE_LIST.render({"rows": rows}))


urlpatterns = [
    path("floor/empty/", empty),
    path("floor/list/", bare_list),
    path("", include("incubator.urls")),
]
