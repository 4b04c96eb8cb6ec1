"""What every question put to the vote has in common, be it on one dossier or on several."""

import secrets
from collections import Counter
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.fields import Line
from base.lifecycle import Lifecycle, Refused
from committees.models.attendance import Attendance
from committees.models.roll import Elector, RollMark, Urn
from committees.models.seat import Seat


class PollQuerySet(models.QuerySet):
    def awaiting(self, user, *, sitting):
        """Open, with the user among its electors, and at the sitting named by this path."""
        mine = Seat.objects.voting().active_on(today()).filter(user=user)
        here = Attendance.objects.here().filter(seat__in=mine, sitting=OuterRef(sitting))
        enrolled = Elector.objects.filter(seat__in=mine, **{self.model.name(): OuterRef("pk")})
        return self.open().filter(Exists(here), Exists(enrolled))

    def open(self):
        return self.filter(status=PollStatus.OPEN)

    def proclaimed(self):
        return self.filter(status=PollStatus.PROCLAIMED)

    def live(self):
        """All but the cancelled."""
        return self.exclude(status=PollStatus.CANCELLED)


class PollStatus(models.TextChoices):
    PREPARED = "prepared", gettext_lazy("préparé")
    OPEN = "open", gettext_lazy("ouvert")
    CLOSED = "closed", gettext_lazy("clos")
    PROCLAIMED = "proclaimed", gettext_lazy("résultat proclamé")
    CANCELLED = "cancelled", gettext_lazy("annulé")


class Poll(Lifecycle):
    """A question put to the vote, open and by name, or secret: a roll without times, an urn
    without persons.

    From its opening the database refuses any change of its question, its rules and its electors.
    """

    Status = PollStatus
    TRANSITIONS = {
        Status.PREPARED: {Status.OPEN, Status.CANCELLED},
        Status.OPEN: {Status.CLOSED, Status.CANCELLED},
        Status.CLOSED: {Status.PROCLAIMED, Status.CANCELLED},
        Status.PROCLAIMED: {Status.CANCELLED},
    }

    question = Line(gettext_lazy("question posée"), max_length=300)
    secret = models.BooleanField(
        gettext_lazy("vote secret"),
        default=False,
        help_text=gettext_lazy(
            "Personne ne saura qui a choisi quoi. Le vote ne se change pas, et le résultat ne dit"
            " que des nombres."
        ),
    )
    followed = models.BooleanField(
        gettext_lazy("participation suivie en direct"),
        default=True,
        help_text=gettext_lazy("Sinon, les membres la découvrent à la clôture."),
    )
    status = models.CharField(
        max_length=10, choices=PollStatus, default=PollStatus.PREPARED, editable=False
    )
    opened_at = models.DateTimeField(null=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    cancellation = Line(gettext_lazy("motif de l’annulation"), max_length=300, blank=True)
    # Drawn at the opening for a tie that only a lot parts: its hash is shown, then itself.
    seed = models.CharField(max_length=32, blank=True, default="", editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_status_agrees_with_its_stamps",
                condition=Q(status="prepared", opened_at=None, opened_by=None)
                | Q(status="cancelled")
                | Q(status="open", opened_at__isnull=False, opened_by__isnull=False, closed_at=None)
                | Q(
                    status__in=["closed", "proclaimed"],
                    opened_at__isnull=False,
                    opened_by__isnull=False,
                    closed_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="%(class)s_cancelled_has_its_reason",
                condition=~Q(status="cancelled") | Q(cancellation__regex=r"\S"),
                violation_error_message=gettext_lazy("Indiquez pourquoi ce scrutin est annulé."),
            ),
            models.CheckConstraint(
                name="%(class)s_casting_vote_is_never_secret",
                condition=Q(secret=False) | ~Q(tie_rule="casting_vote"),
                violation_error_message=gettext_lazy(
                    "La voix de la présidence ne départage pas un vote secret :"
                    " choisissez une autre règle."
                ),
            ),
            models.CheckConstraint(
                name="%(class)s_lot_has_its_seed",
                condition=Q(status__in=["prepared", "cancelled"])
                | Q(tie_rule="lot", seed__regex=r"^[0-9a-f]{32}$")
                | ~Q(tie_rule="lot") & Q(seed=""),
                violation_error_message=gettext_lazy("Un tirage au sort se prépare à l’ouverture."),
            ),
        ]

    def __str__(self):
        return self.question

    def begin(self, *, by, seats, **stamps):
        """Enrol the electors, seal the lot, open: the end of the verbs that open a poll.

        Refused once opened: of two clicks, one opens.
        """
        if self.status != self.Status.PREPARED:
            raise Refused(_("Ce scrutin n’est plus à ouvrir."), subject=self)
        own = {self.name(): self}
        Elector.objects.bulk_create(Elector(seat_id=pk, **own) for pk in sorted(seats))
        if self.secret:
            Urn.objects.create(**own)
        seed = secrets.token_hex(16) if self.tie_rule == "lot" else ""
        stamps |= {"opened_at": timezone.now(), "opened_by": by, "seed": seed}
        self.move(self.Status.OPEN, **stamps)

    def end(self, *, by):
        """Note the silent, close the roll and the urn: what the verbs that close a poll share."""
        self.hold_conducted(by)
        if self.status == self.Status.OPEN:
            self.note_silence()
            self.shuffle()
        self.move(self.Status.CLOSED, closed_at=timezone.now())

    def drop(self, seat, lines):
        """Put a paper in the urn and mark its elector on the roll, under the poll's lock.

        Nothing else is written: neither when, nor by whom, nor an event.
        """
        elector = self.electors.get(seat=seat)
        if RollMark.objects.filter(elector=elector).exists():
            raise Refused(_("Ce siège a voté : un vote secret ne se change pas."), subject=self)
        RollMark.objects.create(elector=elector)
        self.fill_urn(Counter(lines))

    def fill_urn(self, lines):
        self.urn.counts = dict(sorted((Counter(self.urn.counts) + lines).items()))
        self.urn.save(update_fields=["counts"])

    def shuffle(self):
        """Write the roll again in one go: the order of its rows in the file tells nothing."""
        if self.secret:
            marks = RollMark.objects.filter(elector__in=self.electors.all())
            marked = sorted(marks.values_list("elector", flat=True))
            marks.delete()
            RollMark.objects.bulk_create(RollMark(elector_id=pk) for pk in marked)
            self.urn.save(update_fields=["counts"])

    def void(self, person):
        """Cancel a secret vote that an interested person took part in: its urn has mixed it.

        Returns whether it was.
        """
        held = self.sitting_held().proxies.filter(holder__user=person).values("principal")
        theirs = Q(seat__user=person) | Q(seat__in=held)
        if self.status == self.Status.CANCELLED:
            return False
        if not self.electors.marked().filter(theirs).exists():
            return False
        with translation.override(settings.LANGUAGE_CODE):
            reason = _("un lien d’intérêt est apparu après le vote, qui est à refaire")
        self.move(self.Status.CANCELLED, cancellation=reason)
        return True

    @classmethod
    def name(cls):
        """How its roll and its urn call it, and how its pages are called."""
        return cls._meta.model_name

    @property
    def seal(self):
        """What is shown of the lot until the end: the hash to which everyone can hold it."""
        return sha256(self.seed.encode()).hexdigest() if self.seed else ""

    @property
    def is_over(self):
        return self.status in {self.Status.CLOSED, self.Status.PROCLAIMED}

    def voted_seats(self):
        """The seats whose vote is given."""
        if self.secret:
            return self.electors.marked().values("seat")
        return self.given().values("seat")

    def awaited_seats(self):
        """The seats that may vote and have not."""
        waiting = self.sitting_held().seats().filter(pk__in=self.assembly().electors)
        waiting = waiting.filter(pk__in=self.electors.values("seat"))
        return waiting.exclude(pk__in=self.voted_seats()).select_related("user").order_by("pk")

    def awaited_voters(self):
        """The seats of those who have yet to vote, for themselves or for somebody else."""
        assembly = self.assembly()
        voters = {assembly.voter_for(seat.pk) for seat in self.awaited_seats()}
        return Seat.objects.filter(pk__in=voters).select_related("user").order_by("pk")

    def seats_of(self, user):
        """The electors for which a user votes here: first their own, then whom they represent."""
        seats = self.sitting_held().seats().voting()
        enrolled = {seat.pk: seat for seat in seats.filter(pk__in=self.electors.values("seat"))}
        own = next((pk for pk, seat in enrolled.items() if seat.user_id == user.pk), None)
        return [enrolled[pk] for pk in self.assembly().votes_of(own) if pk in enrolled]

    def open_seats_of(self, user):
        """Those of them that may still vote: an open vote may be changed, a secret one may not."""
        seats = self.seats_of(user)
        if not self.secret:
            return seats
        voted = set(self.voted_seats().values_list("seat", flat=True))
        return [seat for seat in seats if seat.pk not in voted]

    def refuse_too_few(self, voices, minimum):
        """Refuse a secret vote among so few that each would be guessed."""
        if self.secret and voices < minimum:
            raise Refused(
                _("Un vote secret demande au moins %(minimum)s votants : il y en a %(voices)s.")
                % {"minimum": minimum, "voices": voices},
                subject=self,
            )
