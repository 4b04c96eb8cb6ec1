"""What awaits a person on the floor of calls: a draft, a signature, and the team's desk."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from base.calendar import start_of_day
from base.duty import Duty
from base.wording import of
from calls.models import (
    Appeal,
    Application,
    Approval,
    Call,
    CoApplicant,
    Correction,
    Inquiry,
    Irritant,
    Release,
    Reserve,
)
from calls.models.extension import own_closing


MOST = 10  # of each kind


def awaiting(user):
    own = [*drafts(user), *corrections(user), *invitations(user), *approvals(user)]
    return [
        *own,
        *checks(user),
        *referrals(user),
        *releases(user),
        *confirmations(user),
        *places(user),
        *appeals(user),
        *reports(user),
        *inquiries(user),
    ][:20]


def drafts(user):
    """What she writes and nobody has deposited, until the closing: who began it deposits it."""
    written = Application.objects.editable_by(user).exclude(corrections__status="requested")
    waiting = written.select_related("call").with_extensions().order_by(own_closing())
    return [
        Duty(
            title=(
                _("Déposer « %(title)s »")
                if draft.author_id == user.pk
                else _("Compléter « %(title)s »")
            )
            % {"title": draft.title or _("Sans titre")},
            url=reverse(
                "calls:deposit" if draft.author_id == user.pk else "calls:writing", args=[draft.pk]
            ),
            due_at=draft.closes_at,
            context=draft.call.title,
            kind=_("Candidature"),
        )
        for draft in waiting[:MOST]
    ]


def corrections(user):
    """What the team asked to complete, until its date."""
    asked = Correction.objects.live().filter(application__in=Application.objects.editable_by(user))
    return [
        Duty(
            title=_("Répondre à la demande de complément sur « %(title)s »")
            % {"title": each.application.title},
            url=reverse("calls:writing", args=[each.application_id]),
            due_at=each.ends_at,
            context=each.application.call.title,
            kind=_("Candidature"),
        )
        for each in asked.select_related("application__call").order_by("ends_at")[:MOST]
    ]


def invitations(user):
    """The applications that a colleague with an account is invited to carry."""
    asked = CoApplicant.objects.answerable_by(user).select_related(
        "application__author", "application__call"
    )
    return [
        Duty(
            title=_("Répondre à l’invitation %(of_person)s")
            % {"of_person": of(each.application.author)},
            url=reverse("calls:invitation-direct", args=[each.pk]),
            due_at=each.expires_at,
            context=each.application.title or each.application.call.title,
            kind=_("Candidature"),
        )
        for each in asked.order_by("expires_at")[:MOST]
    ]


def approvals(user):
    """The releases that a manager with an account is asked to sign."""
    asked = Approval.objects.answerable_by(user).select_related("application__author")
    return [
        Duty(
            title=_("Répondre à la demande de mise à disposition %(of_person)s")
            % {"of_person": of(approval.application.author)},
            url=reverse("calls:approval-direct", args=[approval.pk]),
            due_at=approval.expires_at,
            context=approval.application.title,
            kind=_("Visa"),
        )
        for approval in asked.order_by("expires_at")[:MOST]
    ]


def checks(user):
    """The deposited dossiers whose admissibility is to be decided, call by call."""
    ready = Application.objects.checkable_by(user).filter(status=Application.Status.DEPOSITED)
    return [
        Duty(
            title=ngettext(
                "Vérifier la recevabilité de %(count)s dossier",
                "Vérifier la recevabilité de %(count)s dossiers",
                row["count"],
            )
            % row,
            url=f"{reverse('calls:desk')}?appel={row['call__slug']}&etat=deposited",
            context=row["call__title"],
            kind=_("Candidatures"),
        )
        for row in _by_call(ready)
    ]


def referrals(user):
    """The admissible dossiers that no committee has yet, call by call."""
    return [
        Duty(
            title=ngettext(
                "Envoyer %(count)s dossier au comité",
                "Envoyer %(count)s dossiers au comité",
                row["count"],
            )
            % row,
            url=reverse("calls:referral", args=[row["call__slug"]]),
            context=row["call__title"],
            kind=_("Candidatures"),
        )
        for row in _by_call(Application.objects.examinable_by(user))
    ]


def releases(user):
    """The calls whose every dossier is decided and nobody told; for rolling ones, a whole round."""
    answering = Call.objects.answering_by_rounds(user)
    finished = Application.objects.of_finished_rounds().handled_by(user)
    finished = finished.filter(call__in=answering)
    whole = Call.objects.releasable_by(user).without_waiting_dossiers()
    ready = Call.objects.filter(Q(pk__in=whole.values("pk")) | Q(pk__in=finished.values("call")))
    return [
        Duty(
            title=_("Communiquer les résultats de « %(call)s »") % {"call": call},
            url=reverse("calls:results", args=[call.slug]),
            context=call.title,
            kind=_("Résultats"),
        )
        for call in ready.exclude(releases__status="prepared").order_by("closes_at")[:MOST]
    ]


def confirmations(user):
    """The letters that somebody else of the team prepared, for a second person to send."""
    prepared = Release.objects.confirmable_by(user).select_related("call", "round", "prepared_by")
    return [
        Duty(
            title=_("Confirmer l’envoi des résultats de « %(it)s »")
            % {"it": release.round or release.call},
            url=release.get_absolute_url(),
            context=release.call.title,
            kind=_("Résultats"),
        )
        for release in prepared.order_by("prepared_at")[:MOST]
    ]


def places(user):
    """The reserve lists whose first may take the place of somebody who withdrew."""
    reserves = Reserve.objects.filter(call__in=Call.objects.reserved_by(user)).running()
    ready = [one for one in reserves.select_related("call") if one.offers_a_place_to(user)]
    return [
        Duty(
            title=_("Donner une place libérée de « %(call)s »") % {"call": reserve.call},
            url=reverse("calls:reserve", args=[reserve.call.slug]),
            context=reserve.call.title,
            kind=_("Liste de réserve"),
        )
        for reserve in ready[:MOST]
    ]


def appeals(user):
    """What is contested, and awaits other members before silence rejects it."""
    filed = Appeal.objects.examinable_by(user).select_related("application__call")
    return [
        Duty(
            title=_("Soumettre à d’autres membres le recours sur « %(it)s »")
            % {"it": appeal.application},
            url=appeal.get_absolute_url(),
            due_at=start_of_day(appeal.silence_on),
            context=appeal.application.call.title,
            kind=_("Recours"),
        )
        for appeal in filed.order_by("filed_at")[:MOST]
    ]


def reports(user):
    """The irritants that nobody has read yet."""
    count = Irritant.objects.publishable_by(user).filter(status=Irritant.Status.REPORTED).count()
    if not count:
        return []
    title = ngettext("Relire %(count)s irritant", "Relire %(count)s irritants", count)
    return [
        Duty(
            title=title % {"count": count},
            url=f"{reverse('calls:irritant-board')}?etat=reported",
            kind=_("Irritants"),
        )
    ]


def inquiries(user):
    """What people asked about each call, and nobody has answered."""
    waiting = Inquiry.objects.answerable_by(user).waiting()
    return [
        Duty(
            title=ngettext("Répondre à %(count)s question", "Répondre à %(count)s questions", count)
            % {"count": count},
            url=reverse("calls:inquiry-list", args=[slug]),
            context=title,
            kind=_("Appel"),
        )
        for slug, title, count in _by_call(waiting).values_list(
            "call__slug", "call__title", "count"
        )
    ]


def _by_call(applications):
    rows = applications.values("call__slug", "call__title").annotate(count=Count("pk"))
    return rows.order_by("call__slug")[:MOST]
