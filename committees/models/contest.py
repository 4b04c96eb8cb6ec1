from itertools import combinations

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.lifecycle import Refused
from committees.models.agenda import AgendaItem
from committees.models.assembly import Assembly
from committees.models.contest_rights import ContestQuerySet, ContestTieRule, Method, Scale
from committees.models.deliberation import Deliberation
from committees.models.grid import Criterion
from committees.models.paper import Candidate, PaperLine
from committees.models.poll import Poll
from committees.models.sitting import Sitting
from committees.models.standing import Standing
from journal.models import Event


class Contest(Standing, Poll):
    """A vote that compares several dossiers of an agenda, by one method.

    A reader from whom one of them is kept reads the same contest without it: its numbers are
    counted again, its places too.
    """

    Method = Method
    Scale = Scale
    TieRule = ContestTieRule

    sitting = models.ForeignKey(
        "committees.Sitting", models.PROTECT, editable=False, related_name="contests"
    )
    method = models.CharField(gettext_lazy("méthode"), max_length=10, choices=Method)
    scale = models.CharField(
        gettext_lazy("façon de donner les points"),
        max_length=10,
        choices=Scale,
        default=Scale.RATED,
    )
    points = models.PositiveSmallIntegerField(
        gettext_lazy("points"),
        default=10,
        help_text=gettext_lazy("Le maximum d’une note, ou ce que chacun répartit par dossier."),
    )
    tie_rule = models.CharField(
        gettext_lazy("en cas d’ex æquo"),
        max_length=12,
        choices=ContestTieRule,
        default=ContestTieRule.KEPT,
    )
    criterion = models.ForeignKey(
        Criterion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("critère qui départage"),
    )
    composition = models.PositiveSmallIntegerField(null=True, editable=False)
    present = models.PositiveSmallIntegerField(null=True, editable=False)
    represented = models.PositiveSmallIntegerField(null=True, editable=False)

    objects = ContestQuerySet.as_manager()

    class Meta(Poll.Meta):
        verbose_name = gettext_lazy("scrutin de classement")
        constraints = [
            *Poll.Meta.constraints,
            models.CheckConstraint(
                name="contest_points_are_sensible",
                condition=Q(points__range=(1, 100)),
                violation_error_message=gettext_lazy("De 1 à 100 points."),
            ),
            models.CheckConstraint(
                name="contest_criterion_is_named_when_it_parts",
                condition=Q(tie_rule="criterion", criterion__isnull=False)
                | ~Q(tie_rule="criterion") & Q(criterion=None),
                violation_error_message=gettext_lazy("Choisissez le critère qui départage."),
            ),
            models.CheckConstraint(
                name="contest_opened_is_counted",
                condition=Q(status__in=["prepared", "cancelled"])
                | Q(composition__isnull=False, present__isnull=False, represented__isnull=False),
            ),
        ]

    def get_absolute_url(self):
        return reverse("committees:contest", args=[self.pk])

    @property
    def vote_url(self):
        return reverse("committees:contest-vote", args=[self.pk])

    @classmethod
    @transaction.atomic
    def prepare(cls, *, by, sitting, question, items, **rules):
        """Word the question and choose what is compared: two dossiers of the agenda at least."""
        conducted = Sitting.objects.conductable_by(by).open()
        sitting.hold(conducted, refusal=_("Vous ne conduisez pas de séance ouverte."))
        offered = set(cls.offered(by=by, sitting=sitting).values_list("pk", flat=True))
        chosen = {item.pk for item in items}
        if not chosen <= offered:
            raise Refused(_("Un dossier choisi n’est plus à l’ordre du jour."), subject=sitting)
        if len(chosen) < 2:
            raise Refused(_("Choisissez au moins deux dossiers à comparer."), subject=sitting)
        contest = cls(sitting=sitting, question=question, **rules)
        contest.refuse_foreign_criterion(chosen)
        contest.validate_constraints()
        contest.save(force_insert=True)
        contest.candidates.bulk_create(Candidate(contest=contest, item_id=pk) for pk in chosen)
        Event.record("contest.prepared", actor=by, subject=contest, question=question)
        return contest

    @transaction.atomic
    def open(self, *, by):
        """Let the electors vote, under quorum; nothing of what is compared changes afterwards."""
        compared = Deliberation.objects.filter(agenda_items__candidacies__contest=self)
        list(compared.order_by("pk").select_for_update(of=("self",)))
        self.hold_conducted(by)
        assembly = self.assembly()
        if not (assembly.electors and (assembly.has_quorum or self.sitting.waives_quorum)):
            raise Refused(_("Le quorum n’est pas atteint."), subject=self)
        self.refuse_too_few(self.fewest(assembly), self.sitting.committee.secrecy_minimum)
        self.begin(
            by=by,
            seats=assembly.composition - self.barred(self.candidates.all()),
            composition=len(assembly.composition),
            present=len(assembly.present),
            represented=len(assembly.represented),
        )
        Event.record("contest.opened", actor=by, subject=self)

    @transaction.atomic
    def cast(self, *, by, values, seat=None):
        """Judge each dossier that one may, `{candidate's key: number}`; until the end, once more.

        In secret, once, and no paper is kept. Refused when the contest is not open, to the absent,
        for another's seat, and for a paper that is not of the method.
        """
        self.hold(
            Contest.objects.votable_by(by), refusal=_("Vous ne pouvez pas voter à ce scrutin.")
        )
        electors = self.seats_of(by)
        seat = seat or next(iter(electors), None)
        if seat not in electors:
            raise Refused(_("Vous ne votez pas pour ce siège."), subject=self)
        judged = list(self.judged_by(by, seat).values_list("pk", flat=True))
        if not judged or (fault := self.fault_of(values, judged)):
            raise Refused(fault if judged else _("Rien à juger pour ce siège."), subject=self)
        if self.secret:
            return self.drop(seat, self.counting.count(values))
        return self._file(seat, by, values)

    @transaction.atomic
    def close(self, *, by):
        """End the vote; in secret, the urn is opened."""
        self.end(by=by)
        Event.record("contest.closed", actor=by, subject=self)

    @transaction.atomic
    def proclaim(self, *, by):
        """Say the result aloud: the members see it."""
        self.hold_conducted(by)
        self.move(self.Status.PROCLAIMED)
        Event.record("contest.proclaimed", actor=by, subject=self)

    @transaction.atomic
    def cancel(self, *, by, reason):
        """Call it off, with a reason; its papers stay in the record and count for nothing."""
        self.hold_conducted(by)
        self.move(self.Status.CANCELLED, cancellation=reason)
        Event.record("contest.cancelled", actor=by, subject=self, reason=reason)

    def fall(self):
        """Cancel what its sitting leaves without a result: its agenda changed, or it is over."""
        with translation.override(settings.LANGUAGE_CODE):
            reason = _("l’ordre du jour a changé, ou la séance est levée")
        self.move(self.Status.CANCELLED, cancellation=reason)
        Event.record("contest.voided", actor=None, subject=self)

    @staticmethod
    def offered(*, by, sitting):
        """The dossiers that may be compared: on the agenda still, examined or not."""
        items = sitting.items.visible_to(by).exclude(status=AgendaItem.Status.POSTPONED)
        return items.in_order()

    def sitting_held(self):
        return self.sitting

    def assembly(self):
        """Who may vote: out, whoever may judge none of the dossiers."""
        seats = dict(self.sitting.seats().voting().values_list("pk", "user"))
        return Assembly.gather(
            composition=seats,
            attending=self.sitting.attendances.here().values_list("seat", flat=True),
            proxies=self.sitting.proxies.standing().values_list("principal", "holder"),
            out=self.barred(self.candidates.all()),
            quorum_percent=self.sitting.committee.quorum_percent,
        )

    def fewest(self, assembly):
        """How many voices judge whom the fewest judge; for ranks, the duel that the fewest do."""
        size = 2 if self.method == Method.RANKING else 1
        groups = combinations(self.kept_away(self.candidates.all()).values(), size)
        return min(len(assembly.electors - set.union(*group)) for group in groups)

    def judged_by(self, user, seat):
        """The candidates on which a user may vote for a seat: neither has an interest in them."""
        free = Deliberation.objects.free_for(user).free_for(seat.user)
        return self.candidates.visible_to(user).filter(item__deliberation__in=free)

    def paper_of(self, seat):
        """The paper filed for a seat in an open contest, or None."""
        return self.papers.filter(seat=seat).first()

    def given(self):
        """The papers that somebody filed."""
        return self.papers.all()

    def note_silence(self):
        """Nothing to write: whoever filed no paper was silent."""

    def neutralise(self, deliberation, person):
        """Make what an interested person said of a dossier, or had said for them, count no more."""
        if self.secret and self.void(person):
            Event.record("contest.voided", actor=None, subject=self)
        elif not self.secret:
            said = PaperLine.objects.filter(
                Q(paper__seat__user=person) | Q(paper__cast_by=person),
                paper__contest=self,
                candidate__item__deliberation=deliberation,
            )
            said.counting().update(neutralised_at=timezone.now())

    def refuse_foreign_criterion(self, items):
        """The criterion that parts is one of the grid by which all of them were reviewed."""
        rounds = AgendaItem.objects.filter(pk__in=items).values("deliberation__round__grid")
        grids = {row["deliberation__round__grid"] for row in rounds}
        if self.criterion and grids != {self.criterion.grid_id}:
            raise Refused(_("Ce critère n’est pas celui de tous les dossiers."), subject=self)

    def hold_conducted(self, user):
        self.hold(
            Contest.objects.conducted_by(user),
            refusal=_("Vous ne conduisez pas ce scrutin, ou la séance n’est pas ouverte."),
        )

    def _file(self, seat, by, values):
        paper = self.paper_of(seat)
        kept = paper and dict(paper.lines.counting().values_list("candidate", "value"))
        if paper and paper.cast_by_id == by.pk and kept == values:
            return paper  # the same click twice is one paper and one event
        fields = {"cast_by": by, "cast_at": timezone.now()}
        paper, _created = self.papers.update_or_create(seat=seat, defaults=fields)
        paper.lines.filter(candidate__in=values).delete()
        paper.lines.bulk_create(
            PaperLine(paper=paper, candidate_id=pk, value=value) for pk, value in values.items()
        )
        said = " ".join(f"{pk}:{value}" for pk, value in sorted(values.items()))
        Event.record("paper.cast", actor=by, subject=self, seat=seat.pk, values=said)
        return paper
