"""The present, lived through the verbs at their dates.

A running promotion with a milestone overdue and a term that ends next month; a sitting that meets
today on the review of another term; calls at each of their stages, and two open ones.
"""

import tomllib
from datetime import timedelta
from pathlib import Path

from base.calendar import months_after, today
from committees.models import Assignment, Committee, Deliberation
from incubator.demo import (
    challenge,
    desk,
    examination,
    incubation,
    irritants,
    rolling,
    selection,
    summer,
    winter,
)
from incubator.demo import people as offices
from incubator.demo.clock import at
from projects.models import TermReview


def live(people, grid):
    now = today()
    ideas = tomllib.loads(Path(__file__).with_name("ideas.toml").read_text(encoding="utf-8"))
    anchor = months_after(now + timedelta(days=25), -6)
    with at(anchor - timedelta(days=200)):
        committee = Committee.found(
            by=people.equipe,
            name="Comité de sélection de la Fabrique",
            purpose="Choisit les idées à incuber et décide, tous les six mois, de la suite.",
        )
        offices.seat(committee, people)
    pains = irritants.report(people, since=anchor - timedelta(days=190), now=now)
    incubation.enrol_coaches(people, on=anchor - timedelta(days=180))
    promotion = selection.lead_to_a_promotion(
        people, ideas["running"], pains, committee, grid, anchor=anchor
    )
    incubate(people, promotion, anchor=anchor, until=now)
    review_a_term(people, promotion, committee, grid, now=now)
    summer.examine(people, ideas["examined"], pains, committee, grid, now=now)
    rolling.keep_a_call_open(people, ideas["rolling"], pains, committee, grid, now=now)
    letters = challenge.set_challenge(people, pains, committee, grid, now=now)
    challenge.ask_for_a_page(people, pains, committee, grid, now=now)
    written = winter.open_call(people, pains, committee, grid, now=now)
    desk.keep_house(people, letters, written, now=now)


def incubate(people, promotion, *, anchor, until):
    """Five months of work: what was reported, measured, said to the coach, shown to users."""
    low_water, lanes, contracts = promotion.projects.order_by("pk")
    week = timedelta(days=7)
    texts = {
        "pitch": "L’arrêté sécheresse se décide sur une mesure du jour, pas d’il y a trois jours.",
        "approach": "Lire douze stations, montrer la tendance sur cinq jours, préparer la carte.",
        "learnings": "Le préfet demande d’abord la tendance, ensuite seulement la carte.",
    }
    incubation.show(people, low_water, people.porteur, texts=texts, on=anchor + 3 * week)
    texts = {
        "pitch": "Savoir en une page qui entretient un chemin, et à qui le demander.",
        "approach": "Cinq communes volontaires écrivent avec nous la fiche de leurs chemins.",
        "learnings": "Les communes connaissent la réponse ; il manque un endroit où la lire.",
    }
    incubation.show(people, lanes, people.agente_voirie, texts=texts, on=anchor + 4 * week)
    first = incubation.accompany(
        people,
        low_water,
        people.coach,
        on=anchor + week,
        reasons="Connaît le terrain.",
    )
    second = incubation.accompany(
        people, lanes, people.coach, on=anchor + 2 * week, reasons="A suivi un projet voisin."
    )
    action = {
        "title": "Appeler deux préfectures de bassin",
        "owner": people.porteur,
        "due_on": anchor + 4 * week,
    }
    held = incubation.meet(
        first,
        on=anchor + 2 * week,
        summary="Objectif des six semaines : une carte utilisée par un préfet, une fois.",
        note="Porteur seul sur deux métiers : veiller à la charge.",
        actions=[action],
    )
    with at(anchor + 3 * week):
        held.actions.get().complete(by=people.porteur)
    incubation.meet(second, on=anchor + 5 * week, summary="Première fiche écrite avec une commune.")
    late = {
        "title": "Envoyer la fiche d’impact à la direction",
        "owner": people.porteur,
        "due_on": until - timedelta(days=4),
    }
    incubation.meet(
        first,
        on=until - 4 * week,
        summary="La carte sert chaque semaine ; reste à prouver le gain de temps.",
        note="Prépare bien la revue ; le service hésite sur la suite.",
        actions=[late],
    )
    incubation.report_until(people, low_water, people.porteur, until=until, leaving=["booking"])
    incubation.report_until(people, lanes, people.agente_voirie, until=until)
    incubation.measure(
        low_water,
        people.porteur,
        name="Délai entre la mesure et l’arrêté",
        unit="heures",
        start=72,
        step=-14,
        since=anchor + 4 * week,
    )
    incubation.measure(
        lanes,
        people.agente_voirie,
        name="Demandes qui trouvent leur responsable",
        unit="demandes",
        start=3,
        step=8,
        since=anchor + 4 * week,
    )
    incubation.open_lab(low_water, people.porteur, on=anchor + 9 * week)
    with at(until - timedelta(days=3)):
        draft = TermReview.objects.get(term__project=low_water)
        draft.save_draft(
            by=people.porteur,
            version=draft.version,
            achievements="Douze stations lues chaque heure, une carte par arrêté.",
            impact="Le délai passe de 72 à 30 heures sur le bassin d’essai.",
        )
    del contracts  # without a coach yet: the team's page says so


def review_a_term(people, promotion, committee, grid, *, now):
    """The lanes' term review is before the committee, in a sitting that meets today.

    A member has not handed in what they accepted: it is late.
    """
    review = TermReview.objects.get(term__project=promotion.projects.order_by("pk")[1])
    with at(now - timedelta(days=20)):
        review.save_draft(
            by=people.agente_voirie,
            version=review.version,
            achievements="Cinq communes, quarante fiches, une page par chemin.",
            impact="Trente-cinq demandes ont trouvé leur responsable en moins d’une semaine.",
            learnings="La fiche s’écrit à deux, au comptoir de la mairie, en dix minutes.",
            request="Six mois de plus, pour un département entier.",
        )
        review.submit(by=people.agente_voirie)
        round = examination.plan_round(
            people,
            committee,
            grid,
            name="Fins de mandat en cours",
            opens_on=now - timedelta(days=19),
            soft_on=now - timedelta(days=9),
            closes_on=now + timedelta(days=2),
        )
        review.examine(by=people.equipe, round=round)
    deliberations = list(Deliberation.objects.about(review))
    member, others = people.membre, [people.directrice_territoires, people.directeur_finances]
    with at(now - timedelta(days=18)):
        examination.declare(round, [*examination.voices(committee), people.secretaire])
        examination.entrust(round, {deliberations[0]: [member, *others]}, by=people.equipe)
    with at(now - timedelta(days=12)):
        examination.review_all(round, rank=lambda d: 2, people=others)
        Assignment.objects.answerable_by(member).get(deliberation__round=round).accept(by=member)
    examination.convene(
        people, committee, deliberations, on=now, hour=14, convened_on=now - timedelta(days=9)
    )
