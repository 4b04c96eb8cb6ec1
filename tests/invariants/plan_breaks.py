"""Each rule of `committees.invariants.plans`, broken once on purpose: see `breaks`."""

from tests.factories import (
    AssignmentFactory,
    CommitteeFactory,
    DeclarationFactory,
    DeliberationFactory,
    SeatFactory,
)
from tests.factories.staffing import ExpertiseFactory, PlannedPairFactory, WishFactory
from tests.invariants.breaks import breaks
from tests.spoiling import spoil


def moves(table, record, column, value):
    spoil(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', value, record.pk)


@breaks("committees")
def a_substitute_stands_in_for_a_seat_of_its_committee():
    titular = SeatFactory()
    seat = SeatFactory(committee=titular.committee, substitute=True, substitutes=titular)
    yield
    moves("committees_seat", seat, "committee_id", CommitteeFactory().pk)
    yield [seat.pk]


@breaks("committees")
def an_expertise_is_a_subject_of_what_is_examined():
    expertise = ExpertiseFactory()
    yield
    moves("committees_expertise", expertise, "subject", "astrology")
    yield [expertise.pk]


@breaks("committees")
def a_declaration_comes_from_the_committee():
    deliberation = DeliberationFactory()
    seat = SeatFactory(committee=deliberation.committee)
    declaration = DeclarationFactory(person=seat.user, up_to=deliberation)
    yield
    spoil("DELETE FROM committees_seat WHERE id = %s", seat.pk)
    yield [declaration.pk]


@breaks("committees")
def a_wish_is_about_a_dossier_of_its_committee():
    wish = WishFactory()
    yield
    moves("committees_wish", wish, "deliberation_id", DeliberationFactory().pk)
    yield [wish.pk]


@breaks("committees")
def a_plan_stays_in_its_round():
    pair = PlannedPairFactory()
    yield
    moves("committees_plannedpair", pair, "deliberation_id", DeliberationFactory().pk)
    yield [pair.pk]


@breaks("committees")
def an_applied_plan_is_entrusted():
    pair = PlannedPairFactory(applied=True)
    yield
    moves("committees_plannedpair", pair, "assignment_id", AssignmentFactory().pk)
    yield [pair.pk]


@breaks("committees")
def a_draft_of_a_plan_entrusts_nothing():
    pair = PlannedPairFactory()
    yield
    moves("committees_plannedpair", pair, "assignment_id", AssignmentFactory().pk)
    yield [pair.pk]


@breaks("committees")
def what_an_undone_plan_leaves_was_answered():
    pair = PlannedPairFactory(applied=True)
    yield
    spoil(
        "UPDATE committees_plan SET status = 'undone', undone_at = now() WHERE id = %s",
        pair.plan_id,
    )
    yield [pair.pk]


@breaks("committees")
def an_applied_plan_entrusts_nobody_with_more_than_the_round_allows():
    pair = PlannedPairFactory(applied=True, deliberation__round__max_load=1)
    yield
    other = DeliberationFactory(round=pair.plan.round)
    assignment = AssignmentFactory(deliberation=other, seat=pair.seat)
    PlannedPairFactory(plan=pair.plan, deliberation=other, seat=pair.seat, assignment=assignment)
    yield [pair.seat_id]
