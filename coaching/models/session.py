from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base import wording
from base.calendar import today
from base.fields import Prose
from base.lifecycle import Refused
from coaching import notices
from coaching.models.assignment import CoachAssignment
from coaching.models.note import Audience
from journal.models import Event
from projects.models import Project


SHORTEST, LONGEST = 5, 600


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The shared part: the project's team, the incubator team, and whoever held the session."""
        followed = Project.objects.followed_by(user).values("pk")
        return self.filter(Q(assignment__coach__user=user.pk) | Q(assignment__project__in=followed))

    def held_by(self, user):
        return self.filter(assignment__coach__user=user.pk)

    def with_people(self):
        return self.select_related("assignment__project", "assignment__coach__user")


class Session(models.Model):
    """An hour or a day that a coach and a team spent together, with what both keep of it."""

    assignment = models.ForeignKey(
        "coaching.CoachAssignment", models.PROTECT, related_name="sessions"
    )
    held_on = models.DateField(gettext_lazy("date de la séance"))
    minutes = models.PositiveSmallIntegerField(
        gettext_lazy("durée en minutes"),
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
        help_text=gettext_lazy("Par exemple 90 pour 1 h 30."),
    )
    shared_summary = Prose(
        gettext_lazy("compte rendu partagé"),
        max_length=4000,
        help_text=gettext_lazy("Lu par l’équipe du projet et par l’équipe de l’incubateur."),
    )
    submission = models.UUIDField(unique=True, editable=False)
    logged_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("séance de coaching")
        verbose_name_plural = gettext_lazy("séances de coaching")
        constraints = [
            models.CheckConstraint(
                name="session_lasts_five_minutes_to_ten_hours",
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST),
                violation_error_message=gettext_lazy("Une séance dure de 5 à 600 minutes."),
            ),
            models.CheckConstraint(
                name="session_says_what_was_said",
                condition=~Q(shared_summary=""),
                violation_error_message=gettext_lazy("Écrivez le compte rendu partagé."),
            ),
        ]
        indexes = [models.Index(fields=["assignment", "-held_on"], name="session_by_assignment")]

    def __str__(self):
        return _("Séance du %(day)s") % {"day": wording.day(self.held_on)}

    def get_absolute_url(self):
        return reverse("coaching:session", args=[self.pk])

    @classmethod
    @transaction.atomic
    def log(
        cls,
        *,
        by,
        assignment,
        submission,
        held_on,
        minutes,
        shared_summary,
        private_note="",
        audience=Audience.AUTHOR,
        actions=(),
    ):
        """Write down a session, once per form sent (`submission`), with its note and its actions.

        `actions` are dicts of title, owner and due_on. Refused outside the assignment's dates, in
        the future, or when an action is given to someone who is not in the project's team.
        """
        assignment.hold(
            CoachAssignment.objects.loggable_by(by),
            refusal=_("Cet accompagnement n’est pas en cours : la séance n’est pas enregistrée."),
        )
        if already := cls.objects.filter(submission=submission, assignment=assignment).first():
            return already
        session = cls(
            assignment=assignment,
            submission=submission,
            held_on=held_on,
            minutes=minutes,
            shared_summary=shared_summary,
        )
        session.full_clean()
        session._refuse_odd_day()
        heard_on = assignment.last_heard_on()
        session.save(force_insert=True)
        if private_note:
            session.notes.create(author=by, audience=audience, text=private_note)
        for action in actions:
            session._promise(by=by, **action)
        Event.record("session.logged", actor=by, subject=session)
        notices.session_is_no_longer_missing(assignment, heard_on=heard_on)
        return session

    @property
    def project(self):
        return self.assignment.project

    @property
    def duration(self):
        return wording.duration(self.minutes * 60)

    def _refuse_odd_day(self):
        if not self.assignment.starts_on <= self.held_on < self.assignment.ends_on:
            raise self._refusal(_("La séance tombe hors des dates de l’accompagnement."))
        if self.held_on > today():
            raise self._refusal(
                _("La séance est à venir : enregistrez-la quand elle aura eu lieu.")
            )

    def _promise(self, *, by, title, owner, due_on):
        if not self.project.memberships.not_ended().filter(user=owner).exists():
            raise self._refusal(
                _("%(owner)s n’est pas dans l’équipe du projet.") % {"owner": owner}
            )
        if due_on < self.held_on:
            raise self._refusal(_("Une action est due avant la séance qui la décide."))
        self.actions.create(title=title, owner=owner, due_on=due_on, promised_by=by)

    def _refusal(self, sentence):
        return Refused(sentence, subject=self.assignment)
