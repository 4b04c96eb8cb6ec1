"""Every page of every role, each distinct page once."""

import re

from tests.nets.pages import forms_of


# What changes no rule of a page's markup: its words, its numbers, what its controls hold.
WORDS = re.compile(
    r'(?<=>)[^<]+(?=<)|\d+| aria-current="\w+"'
    r'| (?:href|value|action|datetime|data-[\w-]+)="[^"]*"'
)
ELEMENT = re.compile(r"<[^>]+>")


class Visits:
    """The pages of a world, each asked for once; `seen` remembers the parts looked at already.

    `answers` are those of other visits to the same world, which need not be asked again.
    """

    def __init__(self, world, walkers, answers):
        self.world, self.walkers, self.seen, self.answers = world, walkers, set(), answers

    def get(self, row, role):
        """What a role gets from a row's URL: (response, tables written, number of queries)."""
        key = (row.name, row.of, role)
        if key not in self.answers:
            self.answers[key] = self.walkers[role].ask("get", self.world.path_of(row))
        return self.answers[key]

    def of(self, row):
        """Each new page that a row shows to those who read it: (role, response)."""
        for role in sorted(row.reads):
            response = self.get(row, role)[0]
            if is_page(response) and self.is_new(response):
                yield role, response

    def form_of(self, row):
        """The form of a row's page as one who may send it reads it: (role, form), or nothing."""
        for role in sorted(row.acts & row.reads):
            if form := self.own_form_of(row, role):
                return role, form

    def own_form_of(self, row, role):
        """The form that the page of a row shows to this role; among several, the one to fill."""
        path = self.world.path_of(row)
        if role in row.reads and row.kind != "file":
            forms = forms_of(self.get(row, role)[0].content, path)
            here = [form for form in forms if (form.method, form.action) == ("post", path)]
            return max(here, key=lambda form: len(row.fills.keys() & form.controls), default=None)

    def filled(self, row, form, role):
        """What a role types in a form of this row."""
        typed = form.filled() if form else {"csrfmiddlewaretoken": "x"}
        said = {name: v(self.world, role) if callable(v) else v for name, v in row.fills.items()}
        return typed | said

    def send(self, row, role, sent):
        return self.walkers[role].ask("post", self.world.path_of(row), sent)

    def of_faults(self, row):
        """The page of a row's form sent back empty, where it is new: (role, response)."""
        if found := self.form_of(row):
            role, form = found
            response = self.send(row, role, dict.fromkeys(form.controls, ""))[0]
            if is_page(response) and self.is_new(response):
                yield role, response

    def is_new(self, response):
        """Whether the page's own part, or what is around it, is made as none that was seen."""
        parts = set(parts_of(response))
        new = not parts <= self.seen
        self.seen |= parts
        return new


def parts_of(response):
    """What the page's own part is made of, and what is around it: elements, but for their words."""
    before, _, rest = response.content.decode().partition("<main")
    own, _, after = rest.partition("</main>")
    return [hash(frozenset(ELEMENT.findall(WORDS.sub("", p)))) for p in [own, before + after]]


def is_page(response):
    """Whether it is a whole page, and not a file or a part of one."""
    return response.get("Content-Type", "").startswith("text/html") and b"<html" in response.content
