import django_filters
from django import forms
from django.utils import translation

from accounts.models import Entity
from base.widgets import DayInput
from tests.base.markup import HOSTILE, page, tree


class Everything(forms.Form):
    name = forms.CharField(label="Nom", help_text="Le vôtre.", max_length=10)
    story = forms.CharField(label="Récit", widget=forms.Textarea, max_length=2000)
    vote = forms.ChoiceField(
        label="Vote", choices=[("for", "Pour"), ("against", "Contre")], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label="Jours",
        choices=[("1", "Lundi"), ("2", "Mardi")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="D’accord", help_text="Sans retour.")
    on = forms.DateField(label="Le", widget=DayInput, required=False)
    piece = forms.FileField(label="Pièce", required=False)
    place = forms.ChoiceField(label="Lieu", choices=[("", "Choisir"), ("x", "Ici")])
    secret = forms.CharField(label="Secret", widget=forms.PasswordInput)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_form_ties_each_field_to_its_label_its_help_and_its_error():
    form = Everything({"name": "x" * 11})
    root, ids = tree(page('{% form form submit="Envoyer" %}', form=form))
    labels = {label.get("for") for label in root.iter("label")}

    for name in ["name", "story", "place", "agreed", "secret"]:
        control = ids[f"id_{name}"]
        assert control.get("aria-invalid") == "true"
        described = control.get("aria-describedby").split()
        assert f"id_{name}_error" in described
        assert all("".join(ids[ref].itertext()).strip() for ref in described)
        assert f"id_{name}" in labels
    assert "id_name_helptext" in ids["id_name"].get("aria-describedby")
    assert "id_agreed_helptext" in ids["id_agreed"].get("aria-describedby")
    assert "id_story_limit" in ids["id_story"].get("aria-describedby")
    assert ids["id_story"].get("maxlength") is None


def test_choices_are_a_group_with_its_legend_and_its_error():
    root, ids = tree(page('{% form form submit="Envoyer" %}', form=Everything({})))
    groups = {fieldset.get("id"): fieldset for fieldset in root.iter("fieldset")}

    named = groups["id_vote"].get("aria-labelledby").split()
    assert named == ["id_vote_legend", "id_vote_error"]
    assert "".join(ids["id_vote_legend"].itertext()) == "Vote"
    assert groups["id_days"].get("aria-labelledby") == "id_days_legend"
    for option in ["id_vote_0", "id_vote_1", "id_days_0", "id_days_1"]:
        assert option in ids


def test_the_errors_come_first_take_the_focus_and_lead_to_their_fields():
    root, ids = tree(page('{% form form submit="Envoyer" %}', form=Everything({})))
    summary = ids["erreurs"]

    assert summary.get("tabindex") == "-1" and "autofocus" in summary.attrib
    assert "Il y a 6 erreurs à corriger" in "".join(summary.itertext())
    targets = [link.get("href") for link in summary.iter("a")]
    assert targets == [
        "#id_name",
        "#id_story",
        "#id_vote_0",
        "#id_agreed",
        "#id_place",
        "#id_secret",
    ]
    assert all(target[1:] in ids for target in targets)


def test_one_error_is_singular_and_a_refusal_says_that_it_is_not_possible():
    form = Everything({})
    form.errors.clear()
    form.add_error(None, "Le vote est clos.")

    assert "Il y a une erreur à corriger" in page("{% errors form %}", form=form)

    form.refused = True

    refused = page("{% errors form %}", form=form)
    assert "Ce n’est pas possible" in refused and "Le vote est clos." in refused


def test_a_form_that_was_not_sent_has_no_error():
    assert "erreur" not in page('{% form form submit="Envoyer" %}', form=Everything())


def test_what_is_optional_says_so_and_the_rest_is_said_once():
    markup = page('{% form form submit="Envoyer" %}', form=Everything())

    assert markup.count("tous les champs sont obligatoires") == 1
    assert markup.count("(facultatif)") == 3


def test_a_limit_is_said_in_the_language_of_the_page():
    assert "2\u00a0000 caractères au plus." in page("{% fields form %}", form=Everything())
    with translation.override("en"):
        assert "2,000" in page("{% fields form %}", form=Everything())


def test_a_file_makes_the_form_multipart_and_none_does_not():
    class Plain(forms.Form):
        name = forms.CharField()

    assert "multipart/form-data" in page('{% form form submit="x" %}', form=Everything())
    assert "multipart" not in page('{% form form submit="x" %}', form=Plain())
    assert "multipart" in page('{% form form submit="x" multipart=True %}', form=Plain())


def test_a_form_posts_where_it_is_told_with_its_token_and_offers_a_way_out():
    root, _ = tree(
        page('{% form form submit="Voter" cancel="home" action="/ici/" %}', form=Everything())
    )
    form = next(root.iter("form"))

    assert (form.get("method"), form.get("action")) == ("post", "/ici/")
    assert [field.get("name") for field in form.iter("input")][0] == "csrfmiddlewaretoken"
    assert [link.get("href") for link in form.iter("a")] == ["/"]
    assert ["".join(button.itertext()) for button in form.iter("button")] == ["Voter"]


def test_two_forms_of_one_page_share_no_id():
    forms_ = [Everything({}, prefix="a"), Everything(prefix="b")]

    tree(page("{% for form in forms %}{% fields form summary=False %}{% endfor %}", forms=forms_))


def test_what_a_person_typed_is_never_markup_in_a_form():
    class Hostile(forms.Form):
        name = forms.CharField(label=HOSTILE, help_text=HOSTILE, initial=HOSTILE)
        vote = forms.ChoiceField(
            label=HOSTILE, choices=[("x", HOSTILE)], widget=forms.RadioSelect, help_text=HOSTILE
        )

        def clean(self):
            raise forms.ValidationError(HOSTILE)

    for form in [Hostile(), Hostile({"name": HOSTILE, "vote": HOSTILE})]:
        markup = page('{% form form submit=x cancel="/" %}', form=form, x=HOSTILE)
        assert "<script>alert" not in markup
        assert "&lt;script&gt;" in markup


def test_the_filters_of_a_list_are_in_its_address():
    class Filters(django_filters.FilterSet):
        q = django_filters.CharFilter(label="Texte")
        kind = django_filters.ChoiceFilter(label="Nature", choices=[("x", "X")])

    filters = Filters({"q": "<eau>"}, Entity.objects.all())
    root, ids = tree(page("{% filter_bar filters %}", "/liste/?q=eau", filters=filters))
    form = next(root.iter("form"))

    assert (form.get("method"), form.get("action")) == ("get", "/liste/")
    assert ids["id_q"].get("value") == "<eau>"
    assert [link.get("href") for link in form.iter("a")] == ["/liste/"]
    assert [option.text for option in form.iter("option")] == ["Tout", "X"]
    empty = page("{% filter_bar filters %}", filters=Filters({}, Entity.objects.all()))
    assert "Effacer les filtres" not in empty


def test_a_list_with_nothing_chosen_invites_to_choose():
    class Place(forms.ModelForm):
        class Meta:
            model = Entity
            fields = ["kind", "parent"]

    class Optional(forms.Form):
        kind = Entity._meta.get_field("kind").formfield(required=False, initial=None)
        free = forms.ChoiceField(choices=[("", "---------"), ("x", "X")], required=False)

    for form in [Place(), Optional()]:
        markup = page("{% fields form %}", form=form)
        assert '<option value="" selected>Choisir</option>' in markup
        assert "---------" not in markup
