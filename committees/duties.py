"""What awaits a person in the committees where they sit."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from base.duty import Duty
from base.wording import day
from committees.models import (
    AgendaItem,
    Assignment,
    Ballot,
    Contest,
    Deliberation,
    HearingPlan,
    Interest,
    Masking,
    Minutes,
    Rectification,
    Round,
    Seat,
    Sitting,
)


MOST = 20  # of each kind


def awaiting(user):
    """For who never had a seat, the dossiers they carry or mask: the rest is not even asked."""
    if not Seat.objects.filter(user=user).exists():
        return [*hearings(user), *(maskings(user) if user.is_staff else [])]
    return [
        *hearings(user),
        *declarations(user),
        *reviews(user),
        *maskings(user),
        *suspicions(user),
        *sittings(user),
        *votes(user),
        *decisions(user),
        *minutes(user),
    ]


def hearings(user):
    """The slots to choose for the dossiers that the user carries."""
    awaited = AgendaItem.objects.heard_for(user).awaiting_a_hearing()
    awaited = awaited.filter(sitting__hearing_plan__in=HearingPlan.objects.inviting())
    return [
        Duty(
            title=_("Choisir l’heure de l’audition sur « %(title)s »") % {"title": item},
            url=reverse("committees:hearing", args=[item.pk]),
            due_at=item.sitting.hearing_plan.choose_before,
            context=str(item.sitting.committee),
            kind=_("Audition"),
        )
        for item in awaited.for_hearing().in_order()[:MOST]
    ]


def declarations(user):
    """The rounds whose dossiers open only after a declaration of interests."""
    awaited = Deliberation.objects.declarable_by(user).filter(round__in=Round.objects.running())
    rounds = Round.objects.filter(pk__in=awaited.values("round")).select_related("committee")
    return [
        Duty(
            title=_("Déclarer mes liens d’intérêt : %(round)s") % {"round": round},
            url=reverse("committees:interests", args=[round.pk]),
            due_at=round.soft_closes_at,
            context=str(round.committee),
            kind=_("Déclaration"),
        )
        for round in rounds.order_by("soft_closes_at", "pk")[:MOST]
    ]


def reviews(user):
    """The dossiers to accept or decline, and the sheets to hand in."""
    return [
        Duty(
            title=title_of(assignment),
            url=assignment.get_absolute_url(),
            due_at=assignment.deliberation.round.soft_closes_at,
            context=str(assignment.deliberation.round.committee),
            kind=_("Évaluation"),
        )
        for assignment in Assignment.objects.queue_of(user)[:MOST]
    ]


def title_of(assignment):
    if assignment.status == Assignment.Status.PROPOSED:
        return _("Accepter ou refuser d’évaluer « %(title)s »") % {"title": assignment.deliberation}
    return _("Évaluer « %(title)s »") % {"title": assignment.deliberation}


def suspicions(user):
    """The suspected interests that those who sit at the head of a committee have to settle."""
    suspected = Interest.objects.settleable_by(user).of_participants()
    suspected = suspected.conducted_from_a_seat_by(user)
    suspected = suspected.filter(deliberation__in=Deliberation.objects.live())
    return [
        Duty(
            title=ngettext(
                "Trancher %(count)s lien d’intérêt présumé : %(round)s",
                "Trancher %(count)s liens d’intérêt présumés : %(round)s",
                count,
            )
            % {"count": count, "round": round},
            url=reverse("committees:interest-report", args=[round.pk]),
            due_at=round.opens_at,
            context=str(round.committee),
            kind=_("Lien d’intérêt"),
        )
        for round, count in counted_by_round(suspected)
    ]


def maskings(user):
    """The blind dossiers to check before the members may read them: the team, the secretary."""
    return [
        Duty(
            title=ngettext(
                "Vérifier %(count)s version masquée : %(round)s",
                "Vérifier %(count)s versions masquées : %(round)s",
                count,
            )
            % {"count": count, "round": round},
            url=reverse("committees:masking-list", args=[round.pk]),
            due_at=round.opens_at,
            context=str(round.committee),
            kind=_("Masquage"),
        )
        for round, count in counted_by_round(Masking.objects.checkable_by(user))
    ]


def counted_by_round(waiting):
    """(round, how many of these rows are about its dossiers), the first to open first."""
    rows = waiting.values("deliberation__round").annotate(count=Count("pk"))
    counts = {row["deliberation__round"]: row["count"] for row in rows}
    rounds = Round.objects.filter(pk__in=counts).select_related("committee")
    return [(round, counts[round.pk]) for round in rounds.order_by("opens_at", "pk")[:MOST]]


def sittings(user):
    """The sittings where the user sits, from the convocation to the end."""
    seated = Sitting.objects.to_come().seating(user).select_related("committee")
    return [
        Duty(
            title=_("Séance : %(committee)s") % {"committee": sitting.committee},
            url=sitting.get_absolute_url(),
            due_at=sitting.meets_at,
            context=sitting.place,
            kind=_("Séance"),
        )
        for sitting in seated.order_by("meets_at", "pk")[:MOST]
    ]


def votes(user):
    """The open ballots and contests in which the user has not voted yet."""
    ballots = Ballot.objects.unanswered_by(user).select_related("item__sitting__committee")
    contests = Contest.objects.unanswered_by(user).select_related("sitting__committee")
    return [
        Duty(
            title=_("Voter : %(question)s") % {"question": poll},
            url=poll.vote_url,
            due_at=poll.opened_at,
            context=str(poll.sitting_held().committee),
            kind=_("Vote"),
        )
        for polls in [ballots, contests]
        for poll in polls.order_by("pk")[:MOST]
    ]


def decisions(user):
    """The dossiers whose result is proclaimed and whose decision is not recorded yet."""
    proclaimed = Deliberation.objects.concludable_by(user)
    return [
        Duty(
            title=_("Enregistrer la décision sur « %(title)s »") % {"title": deliberation},
            url=reverse("committees:conclusion", args=[deliberation.pk]),
            context=str(deliberation.round.committee),
            kind=_("Décision"),
        )
        for deliberation in proclaimed.select_related("snapshot", "round__committee")[:MOST]
    ]


def minutes(user):
    """The minutes to write, then to sign."""
    unwritten = Sitting.objects.recordable_by(user).filter(minutes=None)
    unsigned = Minutes.objects.visible_to(user).signable_by(user)
    told = [
        (sitting, _("Établir le procès-verbal : %(committee)s"), sitting.get_absolute_url())
        for sitting in unwritten.select_related("committee").order_by("meets_at", "pk")[:MOST]
    ] + [
        (one.sitting, _("Signer le procès-verbal : %(committee)s"), one.get_absolute_url())
        for one in unsigned.select_related("sitting__committee").order_by("pk")[:MOST]
    ]
    told += [
        (act.minutes.sitting, _("Signer une rectification : %(committee)s"), act.get_absolute_url())
        for act in Rectification.objects.signable_by(user)
        .select_related("minutes__sitting__committee")
        .order_by("pk")[:MOST]
    ]
    return [
        Duty(
            title=title % {"committee": sitting.committee},
            url=url,
            context=_("Séance du %(day)s") % {"day": day(sitting.day)},
            kind=_("Procès-verbal"),
        )
        for sitting, title, url in told
    ]
