from django import forms
from django.utils.translation import gettext as _

from committees.models import AgendaItem, Contest, Criterion


class ContestForm(forms.ModelForm):
    """The question, what is compared, and the rules that the method has."""

    items = forms.ModelMultipleChoiceField(
        AgendaItem.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Contest
        fields = ["question", "scale", "points", "secret", "followed", "tie_rule", "criterion"]
        widgets = {"scale": forms.RadioSelect}

    field_order = ["question", "items"]

    def __init__(self, sitting, method, user, data=None):
        question = _("Dans quel ordre le comité classe-t-il ces dossiers ?")
        items = Contest.offered(by=user, sitting=sitting)
        super().__init__(data, initial={"question": question, "items": items})
        self.fields["items"].label = _("Dossiers à comparer")
        self.fields["items"].queryset = items
        self.fields["criterion"].queryset = Criterion.objects.filter(
            grid__in=items.values("deliberation__round__grid")
        ).order_by("grid", "position")
        self.fields["criterion"].help_text = _("Seulement si un critère départage les ex æquo.")
        if method != Contest.Method.POINTS:
            del self.fields["scale"], self.fields["points"]

    def clean(self):
        cleaned = super().clean()
        rule = cleaned.get("tie_rule")
        if (rule == Contest.TieRule.CRITERION) != bool(cleaned.get("criterion")):
            self.add_error("criterion", _("Un critère se choisit quand il départage, et alors."))
        if cleaned.get("secret") and rule == Contest.TieRule.CASTING_VOTE:
            self.add_error(
                "tie_rule", _("La voix de la présidence ne départage qu’un vote ouvert.")
            )
        return cleaned


class PaperForm(forms.Form):
    """One question for each dossier that one may judge, as the method asks it."""

    def __init__(self, contest, seat, candidates, paper=None, data=None):
        super().__init__(data)
        self.contest, self.candidates = contest, list(candidates)
        self.fields["seat"] = forms.IntegerField(widget=forms.HiddenInput, initial=seat.pk)
        given = dict(paper.lines.values_list("candidate", "value")) if paper else {}
        for candidate in self.candidates:
            field = self._field()
            field.label, field.initial = str(candidate), given.get(candidate.pk)
            self.fields[f"c{candidate.pk}"] = field

    def clean(self):
        cleaned = super().clean()
        values = {c.pk: cleaned.get(f"c{c.pk}") for c in self.candidates}
        if None not in values.values():
            cleaned["values"] = {pk: int(value) for pk, value in values.items()}
            if fault := self.contest.fault_of(cleaned["values"], values):
                self.add_error(None, fault)
        return cleaned

    def _field(self):
        contest = self.contest
        if contest.method == Contest.Method.JUDGEMENT:
            grades = [(grade.value, grade.label) for grade in reversed(contest.Grade)]
            return forms.TypedChoiceField(choices=grades, coerce=int, widget=forms.RadioSelect)
        if contest.method == Contest.Method.APPROVAL:
            answers = [(1, _("j’approuve")), (0, _("je n’approuve pas"))]
            return forms.TypedChoiceField(choices=answers, coerce=int, widget=forms.RadioSelect)
        if contest.method == Contest.Method.RANKING:
            ranks = [(n, _("rang %(rank)s") % {"rank": n}) for n in range(1, self.size() + 1)]
            return forms.TypedChoiceField(choices=[(0, _("non classé")), *ranks], coerce=int)
        return forms.IntegerField(min_value=0, max_value=contest.highest(self.size()))

    def size(self):
        return len(self.candidates)
