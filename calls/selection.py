"""What the team does to many applications at once: each by its own verb."""

from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.lifecycle import Refused
from calls.models import Application, Classification


MOST = 200  # at a time


class Action(models.TextChoices):
    ADMIT = "admit", _("les déclarer recevables")
    SEND = "send", _("les envoyer au comité")
    CLASSIFY = "classify", _("les classer dans un thème")


class Outcome(NamedTuple):
    """Those for which it was done, and (application, sentence) for those that were refused."""

    done: list
    refused: list


class Request(NamedTuple):
    """What is asked for a selection, with the round or the theme that it needs."""

    action: Action
    round: Any = None
    theme: str = ""

    def fitting(self, user):
        """The applications for which the right holds now: what the preview counts."""
        every = Application.objects
        if self.action == Action.ADMIT:
            return every.checkable_by(user).filter(status=Application.Status.DEPOSITED)
        if self.action == Action.SEND:
            return every.examinable_by(user).filter(call__committee=self.round.committee_id)
        return every.received_by(user)

    def carry_out(self, applications, *, by):
        """One verb each, each in its own transaction: a refusal stops none of the others."""
        done, refused = [], []
        for application in applications:
            try:
                self._do(application, by)
                done.append(application)
            except Refused as refusal:
                refused.append((application, str(refusal)))
        return Outcome(done, refused)

    def _do(self, application, by):
        if self.action == Action.ADMIT:
            application.admit(by=by)
        elif self.action == Action.SEND:
            application.call.send_to_committee(by=by, round=self.round, applications=[application])
        else:
            Classification.put(application, by=by, theme=self.theme)
