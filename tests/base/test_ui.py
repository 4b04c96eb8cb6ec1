import django_filters
import html5lib
import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.timezone import timedelta
from pytest_django.asserts import assertHTMLEqual

from accounts.models import Entity
from base.templatetags.ui import KIND_OF_STATUS
from base.widgets import DayInput


HOSTILE = "<script>alert(1)</script>\"'&"


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


def page(template, path="/liste/", **context):
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return engines["django"].from_string(template).render(context, request)


def tree(markup):
    """The page as elements, by id; an id that comes twice fails."""
    root = html5lib.parse(markup, namespaceHTMLElements=False)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    return root, {element.get("id"): element for element in root.iter() if element.get("id")}


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


COMPONENTS = [
    "{% panel x %}{{ x }}{% endpanel %}",
    "{% badge x x %}",
    "{% callout 'info' x %}{{ x }}{% endcallout %}",
    "{% table x %}<tbody><tr><td>{{ x }}</td></tr></tbody>{% endtable %}",
    "{% empty x %}{{ x }}{% endempty %}",
    "{% facts %}{% fact x x %}{% endfacts %}",
    "{% timeline x %}{% moment x %}{{ x }}{% endmoment %}{% endtimeline %}",
    "{% breadcrumb %}{% crumb x '/a/' %}{% crumb x %}{% endbreadcrumb %}",
    "{% post_button '/a/' x name=x %}",
    "{% link_button '/a/' x %}",
]


@pytest.mark.parametrize("component", COMPONENTS)
def test_what_a_person_typed_is_never_markup_in_a_component(component):
    markup = page(component, x=HOSTILE)

    assert "<script>" not in markup
    assert "&lt;script&gt;" in markup
    tree(markup)


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_component_has_no_inline_style_nor_script(component):
    markup = page(component, x="mot")

    assert "style=" not in markup and "<script" not in markup and " on" not in markup


@pytest.mark.parametrize(
    ("status", "kind"), [("selected", "success"), ("declined", "error"), ("draft", "new")]
)
def test_a_status_has_the_colour_of_what_it_means(status, kind):
    class Subject:
        def __init__(self):
            self.status = status

        def get_status_display(self):
            return "état"

    assertHTMLEqual(
        page("{% status subject %}", subject=Subject()),
        f'<span class="fr-badge fr-badge--no-icon fr-badge--{kind}">état</span>',
    )


def test_a_status_that_nobody_named_is_information_and_a_model_may_choose():
    class Subject:
        status = "inconnu"

        def get_status_display(self):
            return "état"

    subject = Subject()
    assert "fr-badge--info" in page("{% status subject %}", subject=subject)
    subject.status_kind = "warning"
    assert "fr-badge--warning" in page("{% status subject %}", subject=subject)
    assert set(KIND_OF_STATUS.values()) == {"success", "warning", "error", "new"}


def test_a_table_scrolls_by_itself_and_by_keyboard():
    root, _ = tree(page("{% table 'Notes' %}<tbody><tr><td>1</td></tr></tbody>{% endtable %}"))
    region = next(e for e in root.iter("div") if e.get("role") == "region")

    assert (region.get("tabindex"), region.get("aria-label")) == ("0", "Notes")
    assert "".join(next(root.iter("caption")).itertext()) == "Notes"


@pytest.mark.parametrize(
    ("number", "previous", "following"),
    [
        (1, None, "?q=%C3%A9&page=2"),
        (6, "?q=%C3%A9&page=5", "?q=%C3%A9&page=7"),
        (12, "?q=%C3%A9&page=11", None),
    ],
)
def test_the_pages_of_a_list_keep_its_filters(number, previous, following):
    paginator = Paginator(range(300), 25)
    markup = page("{% pages page %}", "/liste/?q=é&page=3", page=paginator.get_page(number))
    root, _ = tree(markup)
    links = list(root.iter("a"))

    assert [links[0].get("href"), links[-1].get("href")] == [previous, following]
    for link in links:
        assert link.get("href") or link.get("aria-disabled") == "true" or link.get("aria-current")
    current = [link for link in links if link.get("aria-current") == "page"]
    assert ["".join(link.itertext()) for link in current] == [str(number)]


def test_a_list_of_one_page_has_no_pages():
    assert page("{% pages page %}", page=Paginator(range(3), 25).get_page(1)).strip() == ""


def test_a_fact_that_is_missing_is_read_aloud_and_zero_is_not_missing():
    assert "non renseigné" in page("{% facts %}{% fact 'A' None %}{% endfacts %}")
    assert "<dd>0</dd>" in page("{% facts %}{% fact 'A' 0 %}{% endfacts %}")


def test_a_countdown_is_true_without_javascript():
    soon = timezone.now() + timedelta(days=3, hours=2, seconds=30)

    assert "Il reste 3 jours et 2 heures" in page("{% countdown at %}", at=soon)
    assert "C’est fini depuis le" in page("{% countdown at %}", at=timezone.now())


def test_a_page_without_ancestors_has_no_breadcrumb():
    assert page("{% breadcrumb %}  {% endbreadcrumb %}") == ""


def test_a_crumb_is_found_by_name_by_path_or_by_object():
    class Subject:
        def get_absolute_url(self):
            return "/objet/"

    markup = page(
        "{% crumb 'A' 'home' %}{% crumb 'B' '/b/' %}{% crumb 'C' s %}{% crumb 'D' %}", s=Subject()
    )
    root, _ = tree(markup)

    assert [link.get("href") for link in root.iter("a")] == ["/", "/b/", "/objet/", None]
    assert [link.get("aria-current") for link in root.iter("a")][-1] == "page"


def test_the_button_that_posts_carries_its_values_and_its_token():
    root, _ = tree(page("{% post_button '/a/' 'Voter' 'secondary' choice='for' %}"))

    values = {field.get("name"): field.get("value") for field in root.iter("input")}
    assert values["choice"] == "for"
    assert values["csrfmiddlewaretoken"]
    assert "fr-btn--secondary" in next(root.iter("button")).get("class")


def test_the_filters_of_a_list_are_in_its_address():
    class Filters(django_filters.FilterSet):
        q = django_filters.CharFilter(label="Texte")

    filters = Filters({"q": "<eau>"}, Entity.objects.all())
    root, ids = tree(page("{% filter_bar filters %}", "/liste/?q=eau", filters=filters))
    form = next(root.iter("form"))

    assert (form.get("method"), form.get("action")) == ("get", "/liste/")
    assert ids["id_q"].get("value") == "<eau>"
    assert [link.get("href") for link in form.iter("a")] == ["/liste/"]
    empty = page("{% filter_bar filters %}", filters=Filters({}, Entity.objects.all()))
    assert "Effacer les filtres" not in empty
