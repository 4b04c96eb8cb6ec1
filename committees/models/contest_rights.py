"""Who may do what with a contest, and the choices that it is made of."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy

from committees.models.deliberation import Deliberation
from committees.models.paper import Candidate
from committees.models.poll import PollQuerySet, PollStatus
from committees.models.roll import Elector
from committees.models.sitting import Sitting
from journal.models import Event


class ContestQuerySet(PollQuerySet):
    def visible_to(self, user):
        """Where the reader sees two of its dossiers at least: a single one is not compared."""
        seen = Candidate.objects.visible_to(user).values("contest").annotate(count=Count("pk"))
        compared = seen.filter(count__gte=2).values("contest")
        return self.filter(sitting__in=Sitting.objects.visible_to(user), pk__in=compared)

    def conducted_by(self, user):
        """In an open sitting, by its chair and its secretary.

        Also when an interest keeps them from one of the dossiers: they neither see nor judge it,
        and that they do not conduct would tell them that it is there.
        """
        held = Sitting.objects.conductable_by(user).open()
        return self.visible_to(user).filter(sitting__in=held)

    def votable_by(self, user):
        """Open, for an elector who is there and may judge one of its dossiers."""
        judged = Candidate.objects.visible_to(user).filter(
            item__deliberation__in=Deliberation.objects.free_for(user)
        )
        awaiting = self.awaiting(user, sitting="sitting").visible_to(user)
        return awaiting.filter(Exists(judged.filter(contest=OuterRef("pk"))))

    def unanswered_by(self, user):
        """Those where the user's own vote lacks."""
        awaited = self.votable_by(user).exclude(papers__seat__user=user)
        return awaited.exclude(electors__in=Elector.objects.marked().filter(seat__user=user))

    def under_way(self):
        """Prepared, open, or closed and not proclaimed."""
        return self.live().exclude(status=PollStatus.PROCLAIMED)

    def on(self, deliberations):
        """Those that compare one of some dossiers with others."""
        compared = Candidate.objects.filter(item__deliberation__in=deliberations)
        return self.filter(pk__in=compared.values("contest"))

    def proclaimed_by(self, instant):
        """Proclaimed by an instant and not called off then, even if they were since."""
        kind = ContentType.objects.get_for_model(self.model)
        said = Event.objects.filter(subject_type=kind, subject_id=OuterRef("pk"), at__lte=instant)
        off = said.filter(verb__in=["contest.cancelled", "contest.voided"])
        return self.filter(Exists(said.filter(verb="contest.proclaimed")), ~Exists(off))

    def told(self):
        """Those that the minutes tell, in the order in which they were prepared."""
        return self.exclude(status=PollStatus.PREPARED).order_by("pk")

    def for_page(self, user):
        """With whether the reader may vote, has voted, or conducts it."""
        same = self.model.objects.filter(pk=OuterRef("pk"))
        return self.select_related("sitting__committee", "criterion").annotate(
            votable=Exists(same.votable_by(user)),
            unanswered=Exists(same.unanswered_by(user)),
            conducted=Exists(same.conducted_by(user)),
        )


class Method(models.TextChoices):
    APPROVAL = "approval", gettext_lazy("approbation : autant de dossiers que l’on veut")
    RANKING = "ranking", gettext_lazy("classement, par la méthode de Schulze")
    JUDGEMENT = "judgement", gettext_lazy("jugement majoritaire : une mention par dossier")
    POINTS = "points", gettext_lazy("points")


class Scale(models.TextChoices):
    RATED = "rated", gettext_lazy("une note par dossier, de 0 au maximum")
    SHARED = "shared", gettext_lazy("des points à répartir, tant par dossier")


class ContestTieRule(models.TextChoices):
    KEPT = "kept", gettext_lazy("les ex æquo le restent")
    CRITERION = "criterion", gettext_lazy("la moyenne des évaluations sur un critère les départage")
    CASTING_VOTE = "casting_vote", gettext_lazy("le vote de la présidence les départage")
    LOT = "lot", gettext_lazy("un tirage au sort vérifiable les départage")
