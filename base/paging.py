from django.core.paginator import Paginator


def page_of(request, queryset, size=25):
    """The page that the address asks for; a number that makes no sense is the nearest that does."""
    return Paginator(queryset, size).get_page(request.GET.get("page"))
