"""How far an open call has come: begun, ready, deposited, by service and by department.

Only counts: not a word of a draft is shown to anyone but those who write it.
"""

from collections import Counter
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from accounts.models import Entity
from calls.models import Application, Approval


TOP_SERVICES_SHOWN = 100


class Step(NamedTuple):
    """One line of the table: where, and how many stand at each step."""

    name: str
    begun: int
    ready: int
    deposited: int

    @property
    def total(self):
        return self.begun + self.ready + self.deposited


class Funnel(NamedTuple):
    """A call's counts: all together, by top service, by department, and who sent nothing."""

    whole: Step
    services: list[Step]
    departments: list[Step]
    silent: list[str]


def funnel_of(call, user):
    """Each application once, at the step that it has reached: the same queries for any number.

    Without those that an examination hides from the reader.
    """
    roots = {entity.pk: str(entity) for entity in Entity.objects.filter(parent=None)}
    whole, services, departments = Counter(), Counter(), Counter()
    for application, step in steps_of(call, user):
        entity = application.entity
        root = int(entity.path.split("/")[1]) if entity else None
        whole[step] += 1
        services[roots.get(root, ""), step] += 1
        departments[entity.department if entity else "", step] += 1
    reached = {name for name, _step in services}
    silent = sorted(name for name in roots.values() if name not in reached)
    return Funnel(
        whole=counted("", whole, lambda step: step),
        services=lines(services),
        departments=lines(departments),
        silent=silent[:TOP_SERVICES_SHOWN],
    )


def steps_of(call, user):
    """(application, step) for all that is begun, not withdrawn and not asleep."""
    signed = Approval.objects.granted().filter(application=OuterRef("pk"))
    every = (
        Application.objects.unhidden_from(user)
        .filter(call=call)
        .exclude(status=Application.Status.WITHDRAWN)
    )
    every = every.awake().exclude(status=Application.Status.ERASED, deposited_at=None)
    every = every.select_related("entity", "revision").annotate(signed=Exists(signed))
    drafts = every.filter(status=Application.Status.DRAFT).prefetch_related("answers")
    asked = {}
    for draft in drafts:
        if draft.revision_id not in asked:
            asked[draft.revision_id] = draft.questions
        draft.call, draft.questions = call, asked[draft.revision_id]
        yield draft, "begun" if draft.faults(signed=draft.signed) else "ready"
    for application in every.exclude(status=Application.Status.DRAFT):
        yield application, "deposited"


def lines(counts):
    names = sorted({name for name, _step in counts})
    return [counted(name, counts, lambda step, name=name: (name, step)) for name in names]


def counted(name, counts, key):
    return Step(name, *(counts[key(step)] for step in ["begun", "ready", "deposited"]))
