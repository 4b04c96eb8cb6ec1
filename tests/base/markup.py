"""Pages of one component, read back as a browser reads them."""

import html5lib
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory


HOSTILE = "<script>alert(1)</script>\"'&"


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
