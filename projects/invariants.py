"""The rules of terms, phases and projects, asked of the rows themselves."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q

from base.calendar import months_after, months_between
from calls.models import Application
from committees.models import Condition, Decision
from projects.models import Milestone, PhaseChange, Project, Term, TermReview
from projects.models.outcome import RENEWING


def terms_follow_one_another():
    """A first term begins at its project's anchor, each other the day the one before ends."""
    before = Term.objects.filter(
        project=OuterRef("project"), number=OuterRef("number") - 1, ends_on=OuterRef("starts_on")
    )
    first = Q(number=1, starts_on=F("project__anchor"))
    return Term.objects.exclude(first).exclude(Exists(before)).values_list("pk", flat=True)


def a_term_ends_where_its_months_lead():
    """A term ends its months after its first day, counted from the anchor of its project."""
    for term in Term.objects.select_related("project").iterator(chunk_size=2000):
        anchor = term.project.anchor
        elapsed = months_between(anchor, term.starts_on)
        if term.ends_on != months_after(anchor, elapsed + term.months):
            yield term.pk


def a_renewal_follows_the_decision_that_grants_it():
    """A renewed term carries a decision that grants one, on the review of the term before."""
    reviews = TermReview.objects.filter(
        pk=OuterRef("deliberation__subject_id"),
        term__project=OuterRef(OuterRef("project")),
        term__number=OuterRef(OuterRef("number")) - 1,
    )
    granting = Decision.objects.filter(
        Exists(reviews),
        pk=OuterRef("decision"),
        outcome__in=RENEWING,
        deliberation__subject_type=ContentType.objects.get_for_model(TermReview),
    )
    renewed = Term.objects.filter(number__gt=1)
    return renewed.exclude(Exists(granting)).values_list("pk", flat=True)


def a_granted_term_exists():
    """A review whose outcome grants a term is followed by that term."""
    following = Term.objects.filter(
        project=OuterRef("term__project"), number=OuterRef("term__number") + 1
    )
    granted = TermReview.objects.filter(status__in=RENEWING)
    return granted.exclude(Exists(following)).values_list("pk", flat=True)


def a_condition_is_a_milestone_of_what_it_grants():
    """Each condition of the decision that grants a term is a milestone of that term."""
    laid_down = Milestone.objects.filter(condition=OuterRef("pk"))
    renewals = Term.objects.filter(decision=OuterRef("decision"))
    opened = Project.objects.filter(application=OuterRef("decision__deliberation__subject_id"))
    selected = Q(
        Exists(opened),
        decision__status=Decision.Status.NOTIFIED,
        decision__outcome=Application.Outcome.SELECTED,
        decision__deliberation__subject_type=ContentType.objects.get_for_model(Application),
    )
    asked = Condition.objects.exclude(Exists(laid_down))
    return asked.filter(Exists(renewals) | selected).values_list("pk", flat=True)


def a_term_has_its_review():
    """Each term has the review of its end, be it blank."""
    return Term.objects.filter(review=None).values_list("pk", flat=True)


def a_project_has_a_phase_from_its_anchor_on():
    """A project is in one phase on its first day, and so on every day since."""
    at_the_anchor = PhaseChange.objects.in_force().filter(
        project=OuterRef("pk"), effective_on__lte=OuterRef("anchor")
    )
    return Project.objects.exclude(Exists(at_the_anchor)).values_list("pk", flat=True)


def a_project_comes_from_a_selected_application():
    """The application of a project was selected."""
    selected = Application.objects.filter(status=Application.Status.SELECTED)
    opened = Project.objects.exclude(application=None)
    return opened.exclude(application__in=selected).values_list("pk", flat=True)


INVARIANTS = [
    terms_follow_one_another,
    a_term_ends_where_its_months_lead,
    a_renewal_follows_the_decision_that_grants_it,
    a_granted_term_exists,
    a_condition_is_a_milestone_of_what_it_grants,
    a_term_has_its_review,
    a_project_has_a_phase_from_its_anchor_on,
    a_project_comes_from_a_selected_application,
]
