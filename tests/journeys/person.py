"""Someone at the portal: follows links and fills in forms that the last page really shows."""

from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from tests.journeys.page import Page


class Person:
    """A browser without JavaScript, and who sits before it (nobody: a stranger)."""

    def __init__(self, user=None):
        self.user, self.client, self.page = user, Client(enforce_csrf_checks=True), None
        self.signed_in_on = None

    def __getattr__(self, name):
        return getattr(self.user, name)

    def __str__(self):
        return str(self.user)

    def goes_to(self, address, *, status=200):
        """Opens an address; each new day begins with a new session."""
        if self.user and self.signed_in_on != timezone.now().date():
            self.client.force_login(self.user)
            self.signed_in_on = timezone.now().date()
        return self._reads(self.client.get(address, follow=True), address, status)

    def follows(self, *words, status=200):
        """Clicks on the links that say these words, one after the other."""
        for said in words:
            self.goes_to(self.page.link(said), status=status)
        return self.page

    def presses(self, button, answers=None, *, status=200):
        """Fills in the form of this button, label by label, and sends it."""
        form = self.page.form(button)
        for label, value in (answers or {}).items():
            form.fill(label, value)
        if form.method == "get":
            query = urlencode(form.data(), doseq=True)
            return self.goes_to(f"{form.action.partition('?')[0]}?{query}", status=status)
        response = self.client.post(form.action, form.data(), follow=True)
        return self._reads(response, form.action, status)

    def duties(self):
        """What « mon espace » says awaits this person."""
        return self.goes_to("/mon-espace/").all("lf-duty__title")

    def is_awaited(self, title):
        """Whether « mon espace » says that something awaits this person."""
        return any(duty.startswith(title) for duty in self.duties())

    def attends_to(self, title):
        """Goes from « mon espace » to where something awaits this person."""
        self.duties()
        return self.follows(title)

    def _reads(self, response, address, status):
        if response.redirect_chain:
            address = response.redirect_chain[-1][0]
        self.page = Page(address, response)
        said = self.page.faults() if self.page.root is not None else ""
        assert response.status_code == status, f"{self.page} instead of {status}: {said}"
        return self.page
