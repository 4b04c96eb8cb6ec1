"""Who sees an irritant, who supports it, who settles it, and how it is found."""

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from base.retention import IRRITANT_MONTHS, months_after
from calls.models.theme import Theme
from calls.stems import holding, stems


class IrritantStatus(models.TextChoices):
    REPORTED = "reported", _("signalé, à relire")
    PUBLISHED = "published", _("publié")
    TAKEN_UP = "taken_up", _("pris en charge")
    CLOSED = "closed", _("clos")
    MERGED = "merged", _("réuni à un autre")
    HIDDEN = "hidden", _("masqué")


SHOWN = [IrritantStatus.PUBLISHED, IrritantStatus.TAKEN_UP, IrritantStatus.CLOSED]
ALIVE = [IrritantStatus.PUBLISHED, IrritantStatus.TAKEN_UP]


class IrritantQuerySet(models.QuerySet):
    def published(self):
        """What everyone reads in the list, whatever became of it."""
        return self.filter(status__in=SHOWN)

    def visible_to(self, user):
        """Published ones for everyone; the rest for who reported them and for the staff."""
        if user.is_staff:
            return self
        return self.filter(Q(status__in=SHOWN) | self._reported_by(user))

    def reachable_by(self, user):
        """What one may see, and the merged ones that lead to it."""
        merged = Q(status=IrritantStatus.MERGED, merged_into__status__in=SHOWN)
        return self.filter(merged | Q(pk__in=self.model.objects.visible_to(user).values("pk")))

    def supportable_by(self, user):
        """Alive, reported by someone else, and not supported yet."""
        if not user.is_authenticated:
            return self.none()
        others = self.filter(status__in=ALIVE).exclude(author_id=user.pk)
        return others.exclude(supports__person_id=user.pk)

    def supported_by(self, user):
        return self.filter(supports__person_id=user.pk) if user.pk else self.none()

    def publishable_by(self, user):
        return self._settled(user, IrritantStatus.PUBLISHED)

    def hideable_by(self, user):
        return self._settled(user, IrritantStatus.HIDDEN)

    def takeable_by(self, user):
        return self._settled(user, IrritantStatus.TAKEN_UP)

    def closable_by(self, user):
        return self._settled(user, IrritantStatus.CLOSED)

    def mergeable_by(self, user):
        return self._settled(user, IrritantStatus.MERGED)

    def classifiable_by(self, user):
        alive = self.exclude(status=IrritantStatus.MERGED)
        return alive if user.is_staff else self.none()

    def counted(self):
        """Each with its `support_count`: the « moi aussi », and merged reports without account.

        Those whose names were forgotten count too.
        """
        own = self.model.objects.filter(pk=OuterRef("pk")).values("pk")
        outside = Count("merged", filter=Q(merged__author=None, merged__forgotten_at=None))
        return self.annotate(
            support_count=Subquery(own.annotate(n=Count("supports")).values("n"))
            + Subquery(own.annotate(n=outside).values("n"))
            + F("former_supports")
        )

    def forgettable(self):
        """Settled for as long as names are kept, and not forgotten since."""
        until = months_after(F("moderated_at"), IRRITANT_MONTHS)
        settled = self.filter(status__in=[IrritantStatus.CLOSED, IrritantStatus.HIDDEN])
        known = Q(forgotten_at=None) | Q(forgotten_at__lt=F("moderated_at"))
        return settled.alias(named_until=until).filter(known, named_until__lte=Now())

    def with_applications(self):
        """Each with its `application_count`: those that were deposited."""
        own = self.model.objects.filter(pk=OuterRef("pk")).values("pk")
        deposited = Count("applications", filter=Q(applications__deposited_at__isnull=False))
        return self.annotate(application_count=Subquery(own.annotate(n=deposited).values("n")))

    def in_order_of_triage(self):
        """What awaits the team first, then what most people share."""
        rank = Case(When(status=IrritantStatus.REPORTED, then=Value(0)), default=Value(1))
        return self.order_by(rank, "-support_count", "-pk")

    def counted_by_theme(self):
        """(theme, its label, how many) for each theme that has any, of those that are alive."""
        alive = self.filter(status__in=ALIVE).values_list("theme")
        counts = dict(alive.annotate(Count("pk")).order_by())
        return [
            (theme.value, theme.label, counts[theme.value])
            for theme in Theme
            if theme.value in counts
        ]

    def counted_by_status(self):
        """(state, its label, how many) for each state."""
        counts = dict(self.values_list("status").annotate(Count("pk")).order_by())
        return [(state.value, state.label, counts.get(state.value, 0)) for state in IrritantStatus]

    def search(self, text):
        """Those that hold every word, whatever the accents and the endings."""
        return holding(self, text)

    def similar_to(self, text):
        """Those that look like a text, the most alike first.

        The operator finds them by their index, at the threshold that `settings` gives to each
        connection (`pg_trgm.word_similarity_threshold`).
        """
        wanted = stems(text)
        alike = self.filter(search_text__trigram_word_similar=wanted)
        return alike.annotate(likeness=TrigramWordSimilarity(wanted, "search_text")).order_by(
            F("likeness").desc(), "pk"
        )

    @staticmethod
    def _reported_by(user):
        """Nobody's key is no key: a report without an account belongs to no visitor."""
        return Q(author_id=user.pk or 0)

    def _settled(self, user, status):
        """What the team may move to a state."""
        ready = self.filter(status__in=self.model.sources(status))
        return ready if user.is_staff else self.none()
