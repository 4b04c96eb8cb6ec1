"""One thread for a project: what happened to it and to the reviews of its terms."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from journal.models import Event
from projects.models import TermReview


def events_of(project):
    """Its events, latest first; keys are fetched apart so that the index by subject serves."""
    reviews = TermReview.objects.filter(term__project=project).values_list("pk", flat=True)
    its_own = Q(subject_type=ContentType.objects.get_for_model(project), subject_id=project.pk)
    of_its_reviews = Q(
        subject_type=ContentType.objects.get_for_model(TermReview), subject_id__in=list(reviews)
    )
    events = Event.objects.filter(its_own | of_its_reviews).select_related("actor")
    return events.order_by("-at", "-pk")
