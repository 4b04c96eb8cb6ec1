"""What a staffing needs to know of a round, and the sentences that it says of its pairs."""

from collections import defaultdict
from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from base.calendar import today
from committees.detection import distance_between
from committees.models.assignment import Assignment
from committees.models.assignment_status import COUNTING
from committees.models.deliberation import Deliberation
from committees.models.expertise import subjects
from committees.models.interest import Interest
from committees.models.wish import Wish
from committees.staffing import Dossier, Lack, Member, staff


def gathered(pairs):
    """{key: {values}} of (key, value) pairs."""
    found = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found


class Roster:
    """The dossiers of a round that a person may entrust, and the seats that may be asked.

    An expertise is needed on what a dossier is about; an outsider, wherever its services are
    known. A member whose service is not known is nowhere an insider.
    """

    def __init__(self, round, *, by, only=None):
        self.round = round
        dossiers = Deliberation.objects.filter(round=round).assignable_by(by)
        if only is not None:
            dossiers = dossiers.filter(pk__in=only)
        self.keys = list(dossiers.order_by("pk").values_list("pk", flat=True))
        seats = round.committee.seats.active_on(today()).reviewing().annotate_load(round)
        seats = seats.select_related("user__entity").prefetch_related("expertises")
        self.seats = {seat.pk: seat for seat in seats}
        self.seats_of = gathered((seat.user_id, seat.pk) for seat in self.seats.values())
        self.skills = gathered(
            (expertise.subject, seat.pk)
            for seat in self.seats.values()
            for expertise in seat.expertises.all()
        )
        self._read()
        self._insiders = lru_cache(self._insiders)

    def _read(self):
        here = {"deliberation__in": self.keys}
        standing = Interest.objects.standing().filter(**here)
        self.tied = gathered(standing.values_list("deliberation_id", "person_id"))
        self.asked = defaultdict(dict)  # dossier → {seat: (status, service)}
        for key, *asked in Assignment.objects.filter(**here).values_list(
            "deliberation_id", "seat_id", "status", "seat__user__entity_id"
        ):
            self.asked[key][asked[0]] = asked[1:]
        self.wishes = defaultdict(dict)
        wishes = Wish.objects.filter(**here).values_list("deliberation_id", "seat_id", "leaning")
        for key, seat, leaning in wishes:
            self.wishes[key][seat] = leaning
        through = Deliberation.services.through.objects.filter(**here)
        self.services = gathered(through.values_list("deliberation_id", "entity_id"))
        entities = Deliberation.services.field.related_model
        self.entities = entities.objects.in_bulk(
            {e for found in self.services.values() for e in found}
        )
        self.subjects = self._subjects()

    def _subjects(self):
        """What each dossier is about, as what is examined says it."""
        examined = defaultdict(dict)  # type → {subject's key: dossier}
        rows = Deliberation.objects.filter(pk__in=self.keys)
        for key, kind, subject in rows.values_list("pk", "subject_type_id", "subject_id"):
            examined[kind][subject] = key
        found = defaultdict(set)
        for kind, keys in examined.items():
            heir = ContentType.objects.get_for_id(kind).model_class()
            for subject, about in heir.subjects_of(keys).items():
                found[keys[subject]] |= about
        return found

    def staff(self, *, seed=0):
        """The plan of all its dossiers: see `staffing`."""
        return staff(map(self.dossier, self.keys), map(self.member, self.seats.values()), seed=seed)

    def member(self, seat):
        return Member(seat.pk, seat.load, seat.limit_in(self.round), seat.user.entity_id)

    def dossier(self, key):
        asked = self.asked[key]
        kept = {seat: service for seat, (status, service) in asked.items() if status in COUNTING}
        insiders, experts = self.insiders(key), self.experts(key)
        tied = {seat for person in self.tied[key] for seat in self.seats_of[person]}
        wishes = self.wishes[key]
        return Dossier(
            key=key,
            lacks=max(self.round.reviews_wanted - len(kept), 0),
            away=frozenset(tied | asked.keys()),
            insiders=insiders,
            experts=experts,
            needs_outsider=bool(self.services[key]) and not kept.keys() - insiders,
            needs_expert=not kept.keys() & experts,
            wished=frozenset(seat for seat, leaning in wishes.items() if leaning == "wanted"),
            unwished=frozenset(seat for seat, leaning in wishes.items() if leaning == "unwanted"),
            has=len(kept),
            groups=frozenset(service for service in kept.values() if service),
        )

    def insiders(self, key):
        """The seats of those who work in the line of the services of a dossier."""
        return self._insiders(frozenset(self.services[key]))

    def _insiders(self, services):
        places = [self.entities[service] for service in services]
        return frozenset(
            seat.pk
            for seat in self.seats.values()
            if seat.user.entity
            and any(distance_between(seat.user.entity, place) is not None for place in places)
        )

    def experts(self, key):
        """The seats of those who know what a dossier is about."""
        return frozenset(seat for subject in self.subjects[key] for seat in self.skills[subject])

    def why(self, key, seat):
        """Why this member, for the two of them to read in ten years: no number that says more."""
        reasons = [_("sans lien d’intérêt connu avec ce dossier")]
        if self.services[key] and seat not in self.insiders(key):
            reasons.append(_("extérieur aux services qui le portent"))
        known = [subject for subject in self.subjects[key] if seat in self.skills[subject]]
        words = subjects()
        reasons += [
            _("compétence : %(subject)s") % {"subject": words[subject]} for subject in sorted(known)
        ]
        leaning = self.wishes[key].get(seat)
        if leaning == "wanted":
            reasons.append(_("a souhaité l’évaluer"))
        if leaning == "unwanted":
            reasons.append(
                _("aurait préféré ne pas l’évaluer, faute d’un autre choix aussi équilibré")
            )
        sentence = "\u00a0; ".join(str(reason) for reason in reasons)
        return f"{sentence[0].upper()}{sentence[1:]}."[:300]


def why_missing(lack):
    """The sentence that says why reviewers are missing."""
    return {
        Lack.NOBODY: _(
            "Tous les autres membres ont un lien d’intérêt avec ce dossier ou l’ont déjà eu."
        ),
        Lack.FULL: _("Les autres membres qui pourraient l’évaluer ont leur maximum de dossiers."),
        Lack.NO_OUTSIDER: _(
            "Aucun membre extérieur aux services qui le portent ne peut l’évaluer."
        ),
        Lack.OUTSIDERS_FULL: _(
            "Les membres extérieurs aux services qui le portent ont leur maximum de dossiers."
        ),
        Lack.EXPERTS_FULL: _(
            "Les membres qui ont la compétence voulue ont leur maximum de dossiers."
        ),
    }[lack]
