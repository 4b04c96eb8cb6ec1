"""The words of the minutes: those of the records, then the amendments, then the dissents."""

from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from base.lifecycle import Refused
from committees.models.agenda import AgendaItem
from committees.models.sitting import Sitting
from committees.record_of_contests import comparing
from journal.models import Snapshot


class Section(NamedTuple):
    """A part of the minutes: of the meeting, of one item of its agenda, or of one contest."""

    item: AgendaItem | None
    heading: str
    text: str
    contest: object = None

    def shown_to(self, user, items):
        """What it says to a reader of these items: the same, less, or nothing (None).

        A contest that compares a dossier kept from them is told again, counted without it.
        """
        if self.contest:
            text = told_to(user, self.contest, self.text)
            return text and self._replace(text=text)
        return self if self.item is None or self.item.pk in items else None

    def is_of(self, amendment):
        same = (self.item.pk if self.item else None) == amendment.item_id
        return same and self.heading == amendment.heading


class Composition(models.Model):
    """The part of the minutes that puts their words together, in a file of its own."""

    class Meta:
        abstract = True

    def compose(self, *, by=None):
        """Freeze the words as they are now; its verb holds the sitting.

        With `by`, amendments whose words are not there any more are given up.
        """
        base, sections = self.base, self.composed(dropping=by)
        snapshot = Snapshot.take(self.sitting, title=base.title, sections=sections)
        type(self).objects.filter(pk=self.pk).update(snapshot=snapshot, generated=base)
        self.refresh_from_db()

    @classmethod
    def recompose(cls, sitting):
        """The same for a sitting whose minutes may not be written yet; its verb holds it."""
        for minutes in cls.objects.filter(sitting=sitting):
            minutes.compose()

    @property
    def base(self):
        return self.generated or self.snapshot

    def composed(self, *, dropping=None):
        """The (heading, text) pairs that rows alone make; the snapshot holds the same."""
        dissents = {}
        with translation.override(settings.LANGUAGE_CODE):
            for one in self._dissents():
                dissents.setdefault(one.item_id, []).append(one.sentence)
        return [
            [one.heading, "\n".join([one.text, *dissents.get(one.item and one.item.pk, [])])]
            for one in self.amended(dropping=dropping)
        ]

    def amended(self, *, dropping=None):
        """The `Section`s with their standing amendments, and without the dissents."""
        sections = self._split(self.base.sections)
        for amendment in self.amendments.standing():
            place = next((n for n, one in enumerate(sections) if one.is_of(amendment)), None)
            if place is not None and sections[place].text == amendment.before:
                sections[place] = sections[place]._replace(text=amendment.after)
            elif dropping:
                amendment.give_up(dropping)
        return sections

    def amended_for(self, user):
        """Those that a reader may see."""
        visible = set(self._visible_items(user))
        shown = [one.shown_to(user, visible) for one in self.amended()]
        return [one for one in shown if one]

    def amended_text(self, section):
        found = [o.text for o in self.amended() if (o.item, o.heading) == section[:2]]
        return found[0] if found else None

    def settle_amendments(self, choice, *, by):
        """Keep or drop what the author of the new words sees amended, as they say."""
        seen = self.amendments.standing().visible_to(by)
        if choice == "drop":
            for amendment in seen:
                amendment.give_up(by)
        elif choice != "keep" and seen.exists():
            raise Refused(
                _("Des textes ont été amendés : dites s’il faut les garder ou les abandonner."),
                subject=self,
            )

    def hold_amendable(self, user):
        """Lock the sitting, then the minutes, as long as nobody has signed."""
        refusal = _("Le procès-verbal est signé, ou il n’est pas de votre ressort.")
        self.sitting.hold(Sitting.objects.all(), refusal=refusal)
        self.hold(type(self).objects.amendable_by(user), refusal=refusal)

    def sections_for(self, user):
        """The sections but what they say of the items that the reader may not see.

        The last sections are the items', one each, in the order of the agenda; before them, the
        contests'.
        """
        visible = set(self._visible_items(user))
        shown = [one.shown_to(user, visible) for one in self._split(self.snapshot.sections)]
        return [[one.heading, one.text] for one in shown if one]

    def _split(self, sections):
        items = list(self.sitting.items.in_order())
        contests = list(self.sitting.contests.told())
        general = [None] * (len(sections) - len(contests) - len(items))
        owners = [*general, *[None for _one in contests], *items]
        compared = [*general, *contests, *[None for _one in items]]
        return [
            Section(item, *pair, contest)
            for item, pair, contest in zip(owners, sections, compared, strict=True)
        ]

    def _visible_items(self, user):
        mine = AgendaItem.objects.visible_to(user).filter(sitting=self.sitting_id)
        return mine.values_list("pk", flat=True)

    def _dissents(self):
        dissents = AgendaItem.dissents.rel.related_model.objects
        return (
            dissents.filter(item__sitting=self.sitting_id)
            .select_related("seat__user")
            .order_by("recorded_at", "pk")
        )


def told_to(user, contest, text):
    """The account of a contest as a reader may read it; "" where they see no comparison."""
    seen = contest.candidates.visible_to(user)
    if seen.count() == contest.candidates.count():
        return text
    if not type(contest).objects.visible_to(user).contains(contest):
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        return comparing(contest, seen)
