from django import forms
from django.utils.translation import gettext as _

from committees.models import AgendaItem, Ballot, Seat, Vote


class BallotForm(forms.ModelForm):
    """The question, the outcome it proposes, and the rules that the committee suggests."""

    class Meta:
        model = Ballot
        fields = ["question", "proposal", "secret", "followed", "threshold", "base", "tie_rule"]

    def __init__(self, item, data=None):
        committee = item.sitting.committee
        initial = {
            "question": _("Quelle suite le comité donne-t-il à « %s » ?")[:300] % item.deliberation,
            "base": committee.majority_base,
            "tie_rule": Ballot.TieRule.CASTING_VOTE
            if committee.casting_vote
            else Ballot.TieRule.REJECTED,
        }
        super().__init__(data, initial=initial)
        outcomes = item.deliberation.examined().Outcome.choices
        self.fields["proposal"] = forms.ChoiceField(
            label=self.fields["proposal"].label,
            choices=outcomes,
            widget=forms.RadioSelect,
            help_text=_("Adoptée, la décision la suivra ; rejetée, la décision sera une autre."),
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("secret") and cleaned.get("tie_rule") == Ballot.TieRule.CASTING_VOTE:
            self.add_error(
                "tie_rule", _("La voix de la présidence ne départage qu’un vote ouvert.")
            )
        return cleaned


class VoteForm(forms.ModelForm):
    """One's own vote, or the one of the seat that one represents; in secret, without a word."""

    class Meta:
        model = Vote
        fields = ["seat", "choice", "comment"]
        widgets = {"choice": forms.RadioSelect}

    def __init__(self, ballot, seats, data=None):
        votes = {vote.seat_id: vote for vote in ballot.votes.filter(seat__in=seats)}
        seat = next((seat for seat in seats if seat.pk not in votes), next(iter(seats), None))
        vote = votes.get(seat and seat.pk)
        super().__init__(
            data,
            initial={
                "seat": seat,
                "choice": vote and vote.choice,
                "comment": vote and vote.comment,
            },
        )
        self.fields["seat"].label = _("Vous votez pour")
        self.fields["seat"].queryset = Seat.objects.filter(
            pk__in=[seat.pk for seat in seats]
        ).select_related("user")
        if len(seats) == 1:
            self.fields["seat"].widget = forms.HiddenInput()
        if ballot.secret:
            del self.fields["comment"]
        else:
            help_text = _("Demandée pour un vote contre ; le PV la reprend.")
            self.fields["comment"].help_text = help_text
        self.fields["choice"].choices = [(one.value, one.label) for one in Vote.ANSWERS]

    def clean(self):
        cleaned = super().clean()
        against = "comment" in self.fields and cleaned.get("choice") == Vote.Choice.AGAINST
        if against and not cleaned.get("comment", "").strip():
            self.add_error("comment", _("Un vote contre doit être motivé."))
        return cleaned


class CancellationForm(forms.ModelForm):
    class Meta:
        model = Ballot
        fields = ["cancellation"]

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["cancellation"].required = True


class PostponementForm(forms.ModelForm):
    class Meta:
        model = AgendaItem
        fields = ["postponement"]

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["postponement"].required = True
