import pytest
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.timezone import timedelta
from pytest_django.asserts import assertHTMLEqual

from base.templatetags.ui import KIND_OF_STATUS
from tests.base.markup import HOSTILE, page, tree


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
