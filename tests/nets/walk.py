"""Asking for pages in somebody's name, and noticing what was written meanwhile."""

import re
from contextlib import contextmanager
from http.cookies import SimpleCookie
from time import time

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver


WRITING = re.compile(r"\b(?:INSERT INTO|UPDATE|DELETE FROM) \"(\w+)\"")
# Sessions and the counters of rate limits are no fact of the house.
UNCOUNTED = {"django_session", "base_cache"}


class Walker:
    """A browser in the hands of one role; every request leaves as if it were its first."""

    def __init__(self, person):
        self.client = Client(raise_request_exception=True)
        if person:
            self.client.force_login(person)
            self.prove_again(person)
        self.cookies = self.client.cookies.output(header="", sep=";")

    def prove_again(self, person):
        """The password was given a moment ago: allauth asks for it before the pages of safety."""
        session = self.client.session
        proof = {"method": "password", "at": time(), "reauthenticated": True}
        session["account_authentication_methods"] = [proof]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()

    def ask(self, verb, path, data=None, *, method=None):
        """(response, the tables that were written, the number of queries); nothing of it stays."""
        self.client.cookies = SimpleCookie(self.cookies)
        connection.queries_log.clear()  # it keeps 9,000 and complains of more
        with undone(), CaptureQueriesContext(connection) as queries:
            if method:
                response = self.client.generic(method, path)
            else:
                response = getattr(self.client, verb)(path, data)
            if response.streaming:
                whole = b"".join(response.streaming_content)
                response = HttpResponse(
                    whole, status=response.status_code, headers=response.headers
                )
        return response, written(queries), len(queries)


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def written(queries):
    found = {t for q in queries.captured_queries for t in WRITING.findall(q["sql"])}
    return found - UNCOUNTED


def outcome(response, login="/comptes/login/"):
    """`login` for a redirection to the login page, otherwise the status."""
    if response.status_code == 302 and response["Location"].startswith(login):
        return "login"
    return str(response.status_code)


def anonymised(response, path):
    """A page without what differs from one request to the next, and from one address to another."""
    text = response.content.decode()
    token, current = r'name="csrfmiddlewaretoken" value="\w+"', r' aria-current="\w+"'
    for changing in [token, current, response.get("X-Request-Id", "-")]:
        text = re.sub(changing, "", text)
    return text.replace(path, "")


def parameters(name):
    """The parameters of a URL: name → converter, or None where it is a regular expression's."""
    *namespaces, last = name.split(":")
    resolver = get_resolver()
    for namespace in namespaces:
        resolver = resolver.namespace_dict[namespace][1]
    ((_template, names), *_rest), _pattern, _defaults, converters = resolver.reverse_dict[last]
    return {name: converters.get(name) for name in names}
