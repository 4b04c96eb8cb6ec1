from django.shortcuts import render
from django.views.decorators.http import require_safe

from base.paging import page_of
from committees.models import ReviewVersion
from committees.views.reviews import sheet_of


@require_safe
def review_versions(request, pk):
    review = sheet_of(request, pk)
    versions = ReviewVersion.objects.visible_to(request.user).filter(review=review)
    context = {"review": review, "page": page_of(request, versions.latest_first(), size=10)}
    return render(request, "committees/review_versions.html", context)
