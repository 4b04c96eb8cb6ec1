"""What the minutes of a sitting say, from its records alone, as (heading, text) pairs.

Décret n° 2006-672, art. 14: names and capacities of those present, the questions, the sense of each
deliberation, who gave power to whom. The last sections are the items', one each, in their order;
before them, the contests'.
"""

from django.utils.translation import gettext as _

from base.wording import clock, day, instant, number
from committees.lots import drawing
from committees.record_of_contests import comparing, heading
from journal.models import Event


def title_of(sitting):
    return _("Procès-verbal de la séance du %(day)s : %(committee)s") % {
        "day": day(sitting.day),
        "committee": sitting.committee,
    }


def sections_of(sitting):
    items = sitting.items.in_order().prefetch_related("ballots", "deliberation__decisions")
    return [
        (_("Séance"), meeting(sitting)),
        (_("Présences"), presences(sitting)),
        *[(heading(c), comparing(c, c.candidates.all())) for c in sitting.contests.told()],
        *[(str(item.deliberation), examination(item)) for item in items],
    ]


def meeting(sitting):
    lines = [
        _("Comité : %s.") % sitting.committee,
        _("Date et lieu prévus : %(instant)s, %(place)s.")
        % {"instant": instant(sitting.meets_at), "place": sitting.place},
        _("Convocation envoyée : %s.") % instant(sitting.convened_at),
    ]
    if sitting.urgency:
        lines.append(_("Motif de l’urgence : %s") % sitting.urgency)
    if sitting.waives_quorum:
        lines.append(_("Seconde convocation sur le même ordre du jour : aucun quorum n’est exigé."))
    lines.append(_("Ouverture : %s.") % instant(sitting.opened_at))
    if sitting.adjourned_at:
        lines.append(_("Ajournée faute de quorum : %s.") % instant(sitting.adjourned_at))
    else:
        lines.append(_("Levée : %s.") % instant(sitting.closed_at))
    return "\n".join(lines)


def presences(sitting):
    """Each seat of the day, by capacity and name, with its comings and goings."""
    stays = {}
    for stay in sitting.attendances.order_by("arrived_at"):
        stays.setdefault(stay.seat_id, []).append(stay)
    proxies = {p.principal_id: p for p in sitting.proxies.standing().select_related("holder__user")}
    seats = sitting.seats().select_related("user").order_by("capacity", "user__last_name", "pk")
    return "\n".join(presence(seat, stays.get(seat.pk, []), proxies.get(seat.pk)) for seat in seats)


def presence(seat, stays, proxy):
    who = f"{seat.user} ({seat.get_capacity_display()})"
    facts = [
        _("%(mode)s de %(arrived)s à %(left)s")
        % {
            "mode": stay.get_mode_display(),
            "arrived": clock(stay.arrived_at),
            "left": clock(stay.left_at),
        }
        for stay in stays
    ] or [_("absence")]
    if proxy:
        facts.append(_("pouvoir donné à %s") % proxy.holder.user)
    return _("%(who)s : %(facts)s.") % {"who": who, "facts": ", ".join(facts)}


def examination(item):
    deliberation = item.deliberation
    lines = [_("Dossier figé, empreinte SHA-256 : %s.") % deliberation.snapshot.digest]
    if item.opened_at:
        lines += [quorum(item), *departures(item)]
    for ballot in item.ballots.order_by("pk"):
        lines += poll(ballot)
    if item.status == item.Status.POSTPONED:
        reason = item.postponement or _("non examiné pendant la séance")
        lines.append(_("Examen reporté : %s.") % reason.rstrip("."))
    if item.status == item.Status.CLOSED:
        lines += decisions(deliberation)
    return "\n".join(lines)


def quorum(item):
    counted = _(
        "Examen ouvert à %(hour)s. Présents : %(present)s. Représentés : %(represented)s."
        " Composition : %(composition)s."
    ) % {
        "hour": clock(item.opened_at),
        "present": item.present,
        "represented": item.represented,
        "composition": item.composition,
    }
    if item.needed:
        return counted + " " + _("Quorum atteint : %s.") % item.needed
    return counted + " " + _("Aucun quorum n’est exigé.")


def departures(item):
    """Who of the committee takes no part, and from when to when: as long as it lasts.

    Who carries the dossier has no seat, and is not named.
    """
    deliberation = item.deliberation
    standing = deliberation.interests.standing().select_related("person").order_by("pk")
    for interest in standing.filter(person__in=deliberation.committee.seats.values("user")):
        yield _(
            "%(person)s ne prend pas part à l’examen, de %(opened)s à %(ended)s (%(effect)s)."
        ) % {
            "person": interest.person,
            "opened": clock(item.opened_at),
            "ended": clock(ended_at(item)),
            "effect": interest.get_effect_display(),
        }
        for changed in interest.neutralisations.order_by("pk"):
            yield consequence(changed)


def consequence(changed):
    """Whether the ranking moved, and not which ranks: a reader may not see every dossier."""
    sentence = _(
        "L’évaluation remise par %(person)s ne compte plus. Note du dossier : %(mark)s ;"
        " son rang dans le tour ne change pas."
    )
    if changed.moves_the_ranking():
        sentence = _(
            "L’évaluation remise par %(person)s ne compte plus. Note du dossier : %(mark)s ;"
            " son rang dans le tour en est changé."
        )
    mark = _("sans note") if changed.score is None else number(changed.score)
    return sentence % {"person": changed.interest.person, "mark": mark}


def ended_at(item):
    """When the examination of an item ended: as its event says, else with its sitting."""
    verbs = ["deliberation.concluded", "agendaitem.postponed"]
    ends = Event.objects.about(item.deliberation).filter(verb__in=verbs, at__gte=item.opened_at)
    last = item.sitting.closed_at or item.sitting.adjourned_at
    return ends.values_list("at", flat=True).first() or last


def poll(ballot):
    yield _("Question posée : %(question)s Issue proposée : %(proposal)s.") % {
        "question": ballot.question,
        "proposal": ballot.proposal_label,
    }
    if ballot.status == ballot.Status.CANCELLED:
        yield _("Scrutin annulé : %s.") % ballot.cancellation.rstrip(".")
        return
    rules = _("Scrutin ouvert, %(threshold)s %(base)s ; en cas de partage égal, %(tie_rule)s.")
    if ballot.secret:
        rules = _("Scrutin secret, %(threshold)s %(base)s ; en cas de partage égal, %(tie_rule)s.")
    yield rules % {
        "threshold": ballot.get_threshold_display(),
        "base": ballot.get_base_display(),
        "tie_rule": ballot.get_tie_rule_display(),
    }
    yield from drawing(ballot)
    tally = ballot.tally()
    yield _(
        "Pour : %(in_favour)s. Contre : %(against)s. Abstentions : %(abstaining)s."
        " N’ont pas pris part au vote : %(silent)s. Résultat : %(result)s."
    ) % {
        "in_favour": tally.in_favour,
        "against": tally.against,
        "abstaining": tally.abstaining,
        "silent": tally.silent,
        "result": ballot.result().label,
    }
    votes = ballot.votes.select_related("seat__user", "cast_by").order_by("pk")
    for vote in votes.filter(neutralised_at__isnull=False):
        yield _("Vote de %s neutralisé : lien d’intérêt déclaré ensuite.") % vote.seat.user
    for vote in votes.counting().given():
        yield cast(vote)


def cast(vote):
    if vote.cast_by_id == vote.seat.user_id:
        sentence = _("%(elector)s : %(choice)s.")
    else:
        sentence = _("%(elector)s, par pouvoir à %(voter)s : %(choice)s.")
    line = sentence % {
        "elector": vote.seat.user,
        "voter": vote.cast_by,
        "choice": vote.get_choice_display(),
    }
    return f"{line} {vote.comment}" if vote.comment else line


def decisions(deliberation):
    for decision in deliberation.decisions.order_by("pk"):
        yield _("Décision : %(label)s (%(sense)s).") % {
            "label": decision.label,
            "sense": decision.get_sense_display(),
        }
        if decision.reason_code:
            yield _("Motif principal : %s.") % decision.get_reason_code_display()
        if decision.reason:
            yield _("Motif : %s") % decision.reason
