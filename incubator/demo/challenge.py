"""Two calls that are over: a challenge being checked, and a page each before the committee."""

from datetime import timedelta

from calls.models import Classification
from calls.tasks import expire_drafts
from committees.models import Masking
from incubator.demo import calls, dossiers, examination, forms
from incubator.demo.clock import at
from incubator.demo.winter import answer_questions


DAY = timedelta(days=1)
LETTERS = {
    "summary": "Chaque année, des millions de lettres partent et des millions d’appels reviennent. "
    "Prenez une lettre que votre service envoie, et rendez-la claire en six mois.",
    "guidance": "La direction ouvre ses modèles, ses chiffres d’appels et son centre de contact de "
    "Lens. Elle attend des essais avec ceux qui reçoivent la lettre, pas une charte de plus.",
}
PAGE = {
    "summary": "Déclarer, demander un local, fermer une rue : que vivent les associations face à "
    "nos services ? Une page suffit pour proposer d’aller le comprendre.",
    "guidance": "Ne proposez pas encore de solution : dites ce que vous ne savez pas.",
}


def set_challenge(people, pains, committee, grid, *, now):
    """Closed nine days ago: one to check, two asked for more, one accepted, one refused."""
    told = forms.told_in("challenge.toml")
    call = calls.publish(
        people,
        title="Défi : des lettres que l’on comprend du premier coup",
        kind="challenges",
        sponsor=people.entities["dgfip"],
        drafted_on=now - 50 * DAY,
        opens_on=now - 45 * DAY,
        closes_on=now - 9 * DAY,
        committee=committee,
        grid=grid,
        promotion_on=now + 60 * DAY,
        questions=told["questions"],
        **LETTERS,
    )
    keys = forms.keys_of(call, told["questions"])
    answer_questions(people, call, told["inquiries"], now=now)
    for idea in told["applications"]:
        application = dossiers.submit(people, call, keys, idea, pains, now=now)
        check(people, application, idea, keys, now=now)
    with at(now - 8 * DAY, 6):
        expire_drafts()
    return call


def check(people, application, idea, keys, *, now):
    """What the team makes of a deposit: its theme, whether it goes on, what it lacks."""
    if "theme" in idea:
        with at(now - 8 * DAY, 10):
            Classification.put(application, by=people.equipe, theme=idea["theme"])
    if "admitted_on" in idea:
        with at(now - idea["admitted_on"] * DAY):
            application.admit(by=people.equipe)
    if "inadmissible" in idea:
        with at(now - idea["checked_on"] * DAY):
            application.dismiss(by=people.equipe, reason=idea["inadmissible"])
    if "correction" in idea:
        dossiers.correct(people, application, keys, idea["correction"], now=now)


def ask_for_a_page(people, pains, committee, grid, *, now):
    """The first of two steps, closed twelve days ago: the committee declares its interests."""
    told = forms.told_in("sketches.toml")
    call = calls.publish(
        people,
        title="Une page pour simplifier la vie des associations",
        kind="two_step",
        months=3,
        drafted_on=now - 46 * DAY,
        opens_on=now - 42 * DAY,
        closes_on=now - 12 * DAY,
        committee=committee,
        grid=grid,
        promotion_on=now + 45 * DAY,
        questions=told["questions"],
        **PAGE,
    )
    keys = forms.keys_of(call, told["questions"])
    pages = [
        dossiers.submit(people, call, keys, idea, pains, now=now) for idea in told["applications"]
    ]
    with at(now - 8 * DAY, 15):
        for page, idea in zip(pages, told["applications"], strict=True):
            Classification.put(page, by=people.equipe, theme=idea["theme"])
            page.admit(by=people.equipe)
        round = examination.plan_round(
            people,
            committee,
            grid,
            name="Choix des investigations",
            opens_on=now - 4 * DAY,
            soft_on=now + 10 * DAY,
            closes_on=now + 14 * DAY,
            blind=True,
        )
        call.send_to_committee(by=people.equipe, round=round, applications=pages)
    check_blindness(people, round, on=now - 7 * DAY)
    return call


def check_blindness(people, round, *, on):
    """Somebody checks that no dossier of a blind round says whose it is; the last one waits."""
    maskings = Masking.objects.awaited().filter(deliberation__round=round).order_by("pk")
    with at(on, 10):
        for masking in list(maskings)[:-1]:
            if passages := [trace.passage for trace in masking.traces()]:
                masking.mask(by=people.equipe, passages=passages)
            masking.approve(by=people.equipe)
