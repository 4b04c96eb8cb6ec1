"""Who is tied with a dossier: rules that a ministry can run, each with its sentence.

A rule takes a person and the `Facts` of a dossier, and says a sentence or nothing. It stores
nothing: a tie may be looked for before anybody is invited.
"""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from base.search import plain


@dataclass(frozen=True)
class Facts:
    """What the rules need to know of a dossier."""

    services: list  # that it comes from
    distance: int  # levels of hierarchy that make a tie
    told: dict = field(default_factory=dict)  # person → what the subject says of them
    named: str = ""  # the words by which its people name others
    reviewed: dict = field(default_factory=dict)  # person → what they reviewed of the same people

    @classmethod
    def of(cls, deliberation):
        subject, told = deliberation.subject, {}
        for person, why in subject.interested_people():
            told.setdefault(person, []).append(str(why))
        return cls(
            services=list(deliberation.services.all()),
            distance=deliberation.committee.interest_distance,
            told=told,
            named=plain(subject.words_that_name()),
            reviewed=reviewed_before(deliberation),
        )


def reviewed_before(deliberation):
    """{person's key: title} of those who handed in a review of another subject of its people."""
    if not deliberation.committee.earlier_review_is_a_tie:
        return {}
    found = {}
    for earlier in deliberation.subject.other_subjects():
        handed_in = (
            type(deliberation)
            .objects.about(earlier)
            .filter(assignments__review__status="handed_in")
        )
        for reviewer, title in handed_in.values_list("assignments__seat__user", "snapshot__title"):
            found[reviewer] = title
    return found


def told_by_the_dossier(person, facts):
    """Carries it, carried another with the same people, signed for it, coaches the project."""
    return " ".join(facts.told.get(person, []))


def works_too_near(person, facts):
    """The same service or, within the distance that the committee set, one above or below."""
    for service in facts.services:
        distance = distance_between(person.entity, service) if person.entity else None
        if distance is not None and distance <= facts.distance:
            return nearness(person.entity, service)


def named_by_its_people(person, facts):
    """Those who carry it wrote the person's address, or first name and name, in so many words."""
    full_name = plain(person.get_full_name()) if person.first_name and person.last_name else ""
    if person.email in facts.named or full_name and words(full_name) in words(facts.named):
        return _("Cette personne est nommée par celles et ceux qui portent le dossier.")


def words(text):
    return f" {' '.join(re.findall(r'[a-z0-9]+', text))} "


def reviewed_its_people_before(person, facts):
    if title := facts.reviewed.get(person.pk):
        return _("A déjà évalué un autre dossier des mêmes personnes : « %(title)s ».") % {
            "title": title
        }


RULES = [told_by_the_dossier, works_too_near, named_by_its_people, reviewed_its_people_before]


def ties(person, facts):
    """The sentence of each rule that finds one."""
    return [sentence for rule in RULES if (sentence := rule(person, facts))]


def distance_between(one, other):
    """How many levels part two services when one is within the other, else None."""
    if not (one.is_within(other) or other.is_within(one)):
        return None
    return abs(one.path.count("/") - other.path.count("/"))


def nearness(entity, service):
    """The sentence that says why two services are too near."""
    if entity == service:
        return _("Travaille dans le même service : %(service)s.") % {"service": service}
    return _("Travaille à %(entity)s, dans la même hiérarchie que %(service)s.") % {
        "entity": entity,
        "service": service,
    }
