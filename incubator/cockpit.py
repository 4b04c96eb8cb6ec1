"""The incubator at a glance: what flows through it, and what will block it."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from base.calendar import end_of_day, today
from base.duty import Duty
from calls.models import Application, Call, Irritant
from coaching.models import CoachAssignment
from committees.models import Assignment, Deliberation, Interest, Sitting
from journal.models import Inspection
from notifications.models import Message
from projects.models import Milestone, Term, TermReview


SOON = timedelta(days=7)
SHOWN = 10


@dataclass(frozen=True)
class Figure:
    """How many of something there are now, and the page that lists them."""

    label: str
    count: int
    url: str


def integrity(user):
    """The last time that every rule was asked, and what this person may read of it.

    A rule that is broken names no dossier; what breaks it may, and is for the administrators who
    are kept away from none.
    """
    kept_away = Interest.objects.excluding().filter(person=user).exists()
    return {
        "inspection": Inspection.last(),
        "shows_ids": user.is_superuser and not kept_away,
    }


def flow(user):
    """The thread from the irritant to the project, as counts that the reader may see."""
    applications = Application.objects.visible_to(user)
    desk = reverse("calls:desk")
    return [
        Figure(
            _("Irritants à lire"),
            Irritant.objects.filter(status=Irritant.Status.REPORTED).count(),
            f"{reverse('calls:irritant-board')}?etat=reported",
        ),
        Figure(_("Appels ouverts"), Call.objects.open().count(), reverse("calls:team-call-list")),
        Figure(
            _("Candidatures à vérifier"),
            applications.checkable_by(user).count(),
            f"{desk}?etat=deposited",
        ),
        Figure(
            _("Dossiers devant un comité"),
            Deliberation.objects.live().visible_to(user).count(),
            reverse("committees:deliberation-list"),
        ),
        Figure(
            _("Résultats à publier"),
            applications.decided().untold().count(),
            reverse("calls:team-call-list"),
        ),
        Figure(
            _("Projets en incubation"),
            Term.objects.running_on(today()).count(),
            reverse("projects:project-list"),
        ),
        Figure(
            _("Projets sans coach"),
            CoachAssignment.objects.projects_without_a_coach().count(),
            reverse("coaching:project-list"),
        ),
    ]


def obstacles(user):
    """What will block the incubator in the days to come, the most urgent first."""
    found = [
        *_closing_calls(user),
        *_missing_reviews(user),
        *_unconvened_sittings(user),
        *_ending_terms(),
        *_late_milestones(),
        *_refused_messages(user),
    ]
    return sorted(found, key=lambda duty: duty.urgency)


def _closing_calls(user):
    draft = Q(applications__status=Application.Status.DRAFT)
    calls = Call.objects.open().filter(closes_at__lte=timezone.now() + SOON)
    return [
        Duty(
            title=_("L’appel « %(call)s » se clôt") % {"call": call},
            url=reverse("calls:team-call", args=[call.slug]),
            due_at=call.closes_at,
            context=ngettext(
                "%(count)s candidature commencée n’est pas déposée.",
                "%(count)s candidatures commencées ne sont pas déposées.",
                call.drafts,
            )
            % {"count": call.drafts},
        )
        for call in calls.annotate(drafts=Count("applications", filter=draft))[:SHOWN]
    ]


def _missing_reviews(user):
    awaited = Assignment.objects.awaited_before(timezone.now() + SOON).visible_to(user)
    rounds = awaited.values(
        "deliberation__round",
        "deliberation__round__name",
        "deliberation__round__soft_closes_at",
    ).annotate(missing=Count("pk"))
    return [
        Duty(
            title=_("Des évaluations manquent : %(round)s")
            % {"round": row["deliberation__round__name"]},
            url=reverse("committees:round", args=[row["deliberation__round"]]),
            due_at=row["deliberation__round__soft_closes_at"],
            context=ngettext(
                "%(count)s évaluation attendue", "%(count)s évaluations attendues", row["missing"]
            )
            % {"count": row["missing"]},
        )
        for row in rounds.order_by("deliberation__round__soft_closes_at")[:SHOWN]
    ]


def _unconvened_sittings(user):
    soon = timezone.now() + 2 * SOON
    waiting = Sitting.objects.preparable_by(user).filter(meets_at__lte=soon)
    return [
        Duty(
            title=_("La séance du comité « %(committee)s » n’est pas convoquée")
            % {"committee": sitting.committee},
            url=sitting.get_absolute_url(),
            due_at=sitting.meets_at - timedelta(days=sitting.notice_days),
            context=_("Dernier jour pour convoquer dans le délai"),
        )
        for sitting in waiting.select_related("committee").order_by("meets_at")[:SHOWN]
    ]


def _ending_terms():
    unready = TermReview.objects.drafts().values("term")
    terms = Term.objects.ending_within(45).filter(pk__in=unready).select_related("project")
    return [
        Duty(
            title=_("Le mandat de « %(project)s » se termine sans revue")
            % {"project": term.project},
            url=term.get_absolute_url(),
            due_at=end_of_day(term.last_day),
            context=_("La revue de fin de mandat n’est pas remise"),
        )
        for term in terms.order_by("ends_on", "pk")[:SHOWN]
    ]


def _late_milestones():
    late = Milestone.objects.overdue().select_related("term__project")
    return [
        Duty(
            title=_("Jalon en retard : %(milestone)s") % {"milestone": milestone},
            url=milestone.get_absolute_url(),
            due_at=end_of_day(milestone.due_on),
            context=str(milestone.term.project),
        )
        for milestone in late.order_by("due_on", "pk")[:SHOWN]
    ]


def _refused_messages(user):
    refused = Message.objects.filter(status=Message.Status.FAILED).count()
    if not refused or not user.is_superuser:
        return []
    title = ngettext(
        "%(count)s message refusé par le serveur de son destinataire",
        "%(count)s messages refusés par le serveur de leur destinataire",
        refused,
    ) % {"count": refused}
    changelist = reverse("admin:notifications_message_changelist")
    return [Duty(title=title, url=f"{changelist}?status__exact=failed")]
