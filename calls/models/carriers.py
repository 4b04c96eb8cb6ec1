"""The people behind an application: who carries it, who wrote in it, who may not judge it."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from calls.models.status import CoApplicantStatus


WRITING_NOW = timedelta(minutes=2)


class Hand(NamedTuple):
    """Who wrote in it, and when last."""

    person: Any
    at: datetime

    @property
    def is_writing(self):
        return timezone.now() - self.at < WRITING_NOW


def by_instant(stamp):
    return stamp[1] is not None, stamp[1]


class Carried(models.Model):
    """What a person began and carries, alone or with those who accepted to carry it too.

    Nobody does any more once it is erased.
    """

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    def applicants(self):
        """The people who submit it: who began it, then those who accepted to carry it."""
        others = self.co_applicants.accepted().select_related("person__entity")
        first = [self.author] if self.author_id else []
        return [*first, *(other.person for other in others.order_by("answered_at", "pk"))]

    def addresses(self):
        """The addresses of those who submit it, and of those who are invited to."""
        invited = self.co_applicants.on_board().values_list("email", flat=True)
        return {person.email.lower() for person in self.applicants()} | set(invited)

    def former(self):
        """Those who accepted to carry it, and left or were removed."""
        gone = self.co_applicants.filter(status=CoApplicantStatus.REMOVED, person__isnull=False)
        there = {person.pk for person in self.applicants()}
        return [row.person for row in gone.select_related("person") if row.person_id not in there]

    def other_hands(self, user):
        """Who else wrote in it, the last first."""
        self.reread()
        stamps = [
            (answer.edited_by_id, answer.edited_at) for answer in self.answers_by_key.values()
        ]
        last = dict(sorted([*stamps, (self.edited_by_id, self.edited_at)], key=by_instant))
        others = {pk: at for pk, at in last.items() if pk not in {None, user.pk}}
        people = get_user_model().objects.in_bulk(others)
        hands = [Hand(people[pk], at) for pk, at in others.items()]
        return sorted(hands, key=lambda hand: hand.at, reverse=True)

    def heard_people(self):
        return self.applicants()

    def applicant_names(self):
        return [str(person) for person in self.applicants()]

    def services(self):
        """The services that carry it, whose people may not judge it."""
        entities = [self.entity, *(person.entity for person in self.applicants())]
        return list({entity.pk: entity for entity in entities if entity}.values())

    def interested_people(self):
        """Who carries it, carried it, carried another with its people, or signed for it."""
        return [
            *((person, _("Cette personne porte la candidature.")) for person in self.applicants()),
            *((person, _("Cette personne a porté la candidature.")) for person in self.former()),
            *self.partners(),
            *self.managers(),
        ]

    def partners(self):
        """Who carried another application with one of its people."""
        people = set(self.applicants())
        found = {}
        for other in self.other_subjects():
            theirs = other.applicants()
            shared = [person for person in theirs if person in people]
            for partner in theirs:
                if partner not in people and shared:
                    found.setdefault(partner, shared[0])
        return [
            (
                partner,
                _("Cette personne a porté une autre candidature avec %(applicant)s.")
                % {"applicant": applicant},
            )
            for partner, applicant in found.items()
        ]

    def managers(self):
        """The managers who signed for it, when they have an account."""
        signed = self.approvals.granted().values_list("manager_email", flat=True)
        managers = get_user_model().objects.filter(email__in=[email.lower() for email in signed])
        return [
            (manager, _("Cette personne a signé la mise à disposition.")) for manager in managers
        ]

    def other_subjects(self):
        """The other applications that one of its people carries, once they were deposited."""
        people = self.applicants()
        carried = models.Q(author__in=people) | models.Q(
            co_applicants__person__in=people, co_applicants__status=CoApplicantStatus.ACCEPTED
        )
        others = type(self)._default_manager.filter(carried, deposited_at__isnull=False)
        return others.exclude(pk=self.pk).distinct().order_by("pk")

    def words_that_name(self):
        """The answers to the questions that name people, and what they brought there."""
        naming = [question.key for question in self.questions if question.names_people]
        return "\n".join(
            self.answers_by_key[key].text for key in naming if key in self.answers_by_key
        )
