"""The rules of a scenario, and the list that people tick."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.models import Scenario
from calls.portfolio import Rules


def number(label, *, least=0, **more):
    more.setdefault("required", False)
    return forms.IntegerField(label=label, min_value=least, max_value=1000, **more)


class ScenarioForm(forms.ModelForm):
    """A name, the ranks to follow, and the rules: what is left empty limits nothing."""

    class Meta:
        model = Scenario
        fields = ["name", "basis"]

    places = number(gettext_lazy("Dossiers à retenir au plus"), least=1, required=True)
    coaches = number(gettext_lazy("Coachs disponibles"))
    projects_per_coach = number(
        gettext_lazy("Projets suivis par un coach"), least=1, required=True, initial=2
    )
    developers = number(gettext_lazy("Développeurs disponibles"))
    developers_per_project = number(
        gettext_lazy("Développeurs par projet"), least=1, required=True, initial=1
    )
    per_service = number(gettext_lazy("Dossiers d’un même service, au plus"), least=1)
    territories = number(gettext_lazy("Départements représentés, au moins"), least=1)
    per_theme = number(gettext_lazy("Dossiers d’un même thème, au plus"), least=1)

    def rules(self):
        return Rules.read(self.cleaned_data)


class ShortlistForm(forms.Form):
    """Each dossier ticked or not, as the scenario proposes it; a reason where it is not."""

    def __init__(self, applications, proposed, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.applications, self.proposed = applications, proposed
        for one in applications:
            self.fields[f"keep_{one.pk}"] = forms.BooleanField(
                label=str(one), required=False, initial=one.pk in proposed
            )
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=_("Motif, si vous vous écartez du scénario : %(it)s") % {"it": one},
                max_length=300,
                required=False,
            )

    def clean(self):
        for one in self.applications:
            departs = self.cleaned_data[f"keep_{one.pk}"] != (one.pk in self.proposed)
            if departs and not self.cleaned_data.get(f"reason_{one.pk}"):
                self.add_error(
                    f"reason_{one.pk}", _("Dites pourquoi la liste s’écarte du scénario.")
                )
        return self.cleaned_data

    def kept(self):
        return {one.pk for one in self.applications if self.cleaned_data[f"keep_{one.pk}"]}

    def reasons(self):
        return {one.pk: self.cleaned_data[f"reason_{one.pk}"] for one in self.applications}
