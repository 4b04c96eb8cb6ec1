"""The past promotions: the true cases, each with its terms, its decisions and what was learnt."""

from datetime import date

from accounts.models import Entity
from committees.models import Committee, Grid
from incubator.demo import people as offices
from incubator.demo.cases import cohorts
from incubator.demo.clock import at
from projects.models import Project, Promotion
from projects.models.past import PastTerm


LEVELS = [
    ("Non démontré", "Rien dans le dossier ne le montre."),
    ("Fragile", "Une affirmation, sans exemple."),
    ("Étayé", "Un exemple vécu, ou un chiffre."),
    ("Solide", "Plusieurs exemples et un chiffre vérifiable."),
]
CRITERIA = [
    ("Réalité de l’irritant", 3, "Qui en souffre, combien, à quelle fréquence ?"),
    ("Impact attendu", 3, "Qu’est-ce qui changera, et comment le mesurera-t-on ?"),
    (
        "Engagement de l’agent et de son service",
        2,
        "Le temps est-il libéré ? Le service est-il prêt ?",
    ),
    ("Faisabilité en six mois", 2, "Peut-on apprendre quelque chose d’utile en un mandat ?"),
]


def publish_grid(by):
    """Before anything is reviewed on it."""
    with at(date(2017, 9, 1)):
        grid = Grid.draft(by=by, name="Grille d’évaluation des idées")
        for label, weight, help_text in CRITERIA:
            grid.add_criterion(by=by, label=label, weight=weight, help=help_text, levels=LEVELS)
        grid.publish(by=by)
    return grid


def tell(people, grid):
    """Each past promotion with its committee and its projects."""
    for cohort in cohorts():
        committee = Committee.found(
            by=people.equipe, name=cohort.committee, purpose=cohort.guidance
        )
        offices.seat(committee, people)
        promotion = Promotion.found(
            by=people.equipe,
            name=cohort.name,
            summary=cohort.summary,
            starts_on=cohort.starts_on,
            committee=committee,
        )
        promotion.publish(by=people.equipe)
        for case in cohort.cases:
            _bring_in(case, cohort, promotion, people, grid)


def _bring_in(case, cohort, promotion, people, grid):
    entity = Entity.objects.filter(name=case.service).first()
    months = 6 if cohort.months == 6 else 5
    Project.import_past(
        by=people.equipe,
        promotion=promotion,
        entity=entity or Entity.found(name=case.service, kind="central"),
        anchor=cohort.starts_on,
        texts={
            "title": case.title,
            "pitch": case.pitch,
            "problem": case.problem,
            "approach": case.tried,
            "learnings": case.learnt,
        },
        grid=grid,
        phases=case.phases,
        terms=[_term(case, outcome, reason, people, months) for outcome, reason in case.terms],
        figures=[
            figure | {"values": [tuple(value) for value in figure["values"]]}
            for figure in case.figures
        ],
    )


def _term(case, outcome, reason, people, months):
    return PastTerm(
        outcome=outcome,
        reason=reason,
        decided_by=people.presidente,
        months=months,
        review={
            "achievements": case.tried,
            "impact": reason,
            "learnings": case.learnt,
            "request": "Décider de la suite du mandat.",
        },
    )
