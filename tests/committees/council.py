"""A committee that compares dossiers: a room, with more than one on its agenda."""

from committees.models import AgendaItem, Contest
from tests.committees.room import room_of
from tests.factories import AgendaItemFactory, DeclarationFactory, InterestFactory


class Council:
    """A room of so many voices, and dossiers on its agenda under the names « A », « B »…"""

    def __init__(self, voices=3, dossiers="ABC"):
        self.room = room_of(voices)
        self.items = {}
        for name in dossiers:
            self.items[name] = self.item(name) if self.items else self.room.item
        for seat in self.seats + [self.room.secretary]:
            DeclarationFactory(person=seat.user, up_to=self.items[dossiers[-1]].deliberation)

    def item(self, name) -> AgendaItem:
        round = self.room.deliberation.round
        return AgendaItemFactory(
            sitting=self.room.sitting, deliberation__round=round, position=ord(name)
        )

    @property
    def seats(self):
        return [self.room.chair, *self.room.members]

    @property
    def chair(self):
        return self.room.chair.user

    def keep_away(self, seat, *names, effect="exclusion"):
        for name in names:
            deliberation = self.items[name].deliberation
            InterestFactory(deliberation=deliberation, person=seat.user, seat=None, effect=effect)

    def contest(self, *, by=None, prepared=False, **rules):
        """A contest on all the dossiers, opened by the chair."""
        by = by or self.chair
        items = rules.pop("items", list(self.items.values()))
        given = {"question": "Dans quel ordre ?", "method": "approval"}
        contest = Contest.prepare(by=by, sitting=self.room.sitting, items=items, **given | rules)
        if not prepared:
            contest.open(by=by)
        return contest

    def keys(self, contest):
        """The key of each candidate, by the name of its dossier."""
        by_item = dict(contest.candidates.values_list("item", "pk"))
        return {name: by_item[i.pk] for name, i in self.items.items() if i.pk in by_item}

    def paper(self, contest, **values):
        keys = self.keys(contest)
        return {keys[name]: value for name, value in values.items()}

    def file(self, contest, seat, **values):
        return contest.cast(by=seat.user, values=self.paper(contest, **values))

    def finish(self, contest):
        contest.close(by=self.chair)
        contest.proclaim(by=self.chair)
        return contest

    def order(self, contest, candidates=None):
        """The groups of the order of candidates, all or some, by the names of the dossiers."""
        names = {pk: name for name, pk in self.keys(contest).items()}
        candidates = contest.candidates.all() if candidates is None else candidates
        groups = contest.order([candidate.pk for candidate in candidates]).groups
        return ["".join(sorted(names[pk] for pk in group)) for group in groups]
