from django.conf import settings
from django.db import models, transaction
from django.db.models import ExpressionWrapper, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Prose
from base.lifecycle import Held, Refused
from coaching.models.assignment import CoachAssignment
from journal.models import Event
from projects.models import Membership


class Audience(models.TextChoices):
    """Who may read, from the narrowest to the widest: each one holds the one before."""

    AUTHOR = "author", gettext_lazy("moi seulement")
    COACHES = "coaches", gettext_lazy("les coachs du projet")
    TEAM = "team", gettext_lazy("l’équipe de l’incubateur")
    PROJECT = "project", gettext_lazy("l’équipe du projet")
    PUBLIC = "public", gettext_lazy("tout le monde")

    def and_wider(self):
        return list(Audience)[list(Audience).index(self) :]

    def narrower(self):
        return list(Audience)[: list(Audience).index(self)]


class NoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The only door to a note: no rank and no administration page goes round it."""
        coached = CoachAssignment.objects.accepted().of(user).values("project")
        teams = Membership.objects.of(user).not_ended().values("project")
        readable = (
            Q(author=user.pk)
            | Q(audience=Audience.PUBLIC)
            | Q(
                audience__in=Audience.COACHES.and_wider(),
                session__assignment__project__in=coached,
            )
            | Q(audience__in=Audience.PROJECT.and_wider(), session__assignment__project__in=teams)
        )
        if user.is_staff:
            readable |= Q(audience__in=Audience.TEAM.and_wider())
        return self.filter(readable)

    def shown_to(self, user):
        """Visible, each with `narrowable`: whether this reader may keep it to themself."""
        narrowable = ExpressionWrapper(
            Q(author=user.pk) & ~Q(audience=Audience.AUTHOR), models.BooleanField()
        )
        return self.visible_to(user).annotate(narrowable=narrowable).select_related("author")

    def narrowable_by(self, user):
        """One's own, as long as someone else may read them."""
        return self.filter(author=user.pk).exclude(audience=Audience.AUTHOR)


class Note(Held):
    """What a coach keeps of a session, for an audience that can be narrowed and never widened."""

    session = models.ForeignKey("coaching.Session", models.PROTECT, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    audience = models.CharField(
        gettext_lazy("qui peut la lire"), max_length=10, choices=Audience, default=Audience.AUTHOR
    )
    text = Prose(gettext_lazy("note privée"), max_length=4000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("note de séance")
        verbose_name_plural = gettext_lazy("notes de séance")
        constraints = [
            models.CheckConstraint(
                name="note_has_a_known_audience",
                condition=Q(audience__in=Audience.values),
                violation_error_message=gettext_lazy("Dites qui peut lire cette note."),
            ),
            models.CheckConstraint(
                name="note_is_not_empty",
                condition=~Q(text=""),
                violation_error_message=gettext_lazy("Écrivez la note."),
            ),
        ]

    def __str__(self):
        return _("Note de la séance nº %(number)s") % {"number": self.session_id}

    def get_absolute_url(self):
        return self.session.get_absolute_url()

    @transaction.atomic
    def narrow(self, *, by, to):
        """Let fewer people read it; refused to anyone but its author, and towards more people."""
        self.hold(
            Note.objects.narrowable_by(by),
            refusal=_("Cette note n’est pas la vôtre, ou vous seul la lisez déjà."),
        )
        if to not in Audience(self.audience).narrower():
            raise Refused(
                _("L’audience d’une note se restreint, elle ne s’élargit jamais."), subject=self
            )
        Note.objects.filter(pk=self.pk).update(audience=to)
        self.refresh_from_db()
        Event.record("session.note_narrowed", actor=by, subject=self.session)
