"""The team's own work on the desk: its views, its files, and the ideas that look alike."""

from datetime import timedelta
from urllib.parse import urlencode

from calls.models import Application, Classification, Export, SavedView
from calls.tasks import sketch_deposits, write_export
from incubator.demo.clock import at
from projects.models import Resemblance
from projects.tasks import sketch_projects


DAY = timedelta(days=1)
THEMES = {"carnet": "agriculture", "terrain": "agriculture", "commune": "ecology"}


def keep_house(people, challenge, ideas, *, now):
    """What the team did this week; `ideas` are those of the open call."""
    winter = ideas["carnet"].call
    with at(now - 2 * DAY, 17):
        for name, theme in THEMES.items():
            Classification.put(ideas[name], by=people.equipe, theme=theme)
        keep(people.equipe, "Défi : à vérifier", appel=challenge.slug, etat="deposited")
        shown = {"appel": winter.slug, "col": ["auteur", "service", "departement", "visa", "etat"]}
        keep(people.equipe, "Hiver, avec les visas", **shown)
        keep(people.admin, "Sans thème", theme="none")
    compare(people, ideas, now=now)
    take_away(people, challenge, now=now)


def keep(person, name, **filters):
    SavedView.keep(by=person, name=name, query=urlencode(filters, doseq=True))


def compare(people, ideas, *, now):
    """Two field notebooks are brought together; the paths of the Creuse are still to be read."""
    with at(now - 1 * DAY, 4):
        sketch_deposits()
        sketch_projects()
    with at(now - 1 * DAY, 11):
        Resemblance.conclude(
            ideas["carnet"],
            by=people.equipe,
            other=ideas["terrain"],
            conclusion="merge",
            reason="Le même carnet, rempli au crayon et recopié le soir, en forêt et dans un parc. "
            "Nous vous proposons de n’en écrire qu’un, essayé des deux côtés ; parlons-en tous les "
            "trois jeudi.",
        )


def take_away(people, challenge, *, now):
    """A table that is ready, and one that could not be written."""
    received = Application.objects.received_by(people.equipe).filter(call=challenge)
    asked = {"applications": received.by_deposit(), "columns": ["auteur", "service", "etat"]}
    with at(now - 2 * DAY, 18):
        table = Export.request(by=people.equipe, format="xlsx", call=challenge, **asked)
        write_export(export_id=table.pk)
    with at(now - 1 * DAY, 18):
        papers = Export.request(by=people.equipe, format="zip", **asked)
        papers.claim()
        papers.fail("Le fichier n’a pas pu être écrit. Redemandez-le plus tard.")
