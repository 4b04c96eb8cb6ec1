"""The open call: drafts and deposits under way, a second version of its form, what people ask."""

from datetime import timedelta

from base.calendar import start_of_day
from calls.models import DepositOrder, Extension, Inquiry
from incubator.demo import calls, dossiers, forms
from incubator.demo.clock import at
from incubator.demo.papers import chart, paper


DAY = timedelta(days=1)
DRAFTS = {"queues", "nids", "guide", "offres", "recette"}
WAITS = [20, 35, 60, 90, 75, 40, 55, 80, 45, 15]  # minutes, at each hour of a Tuesday


def open_call(people, pains, committee, grid, *, now):
    """Opened ten days ago, closed in eighteen: the call, and each application by its name."""
    told = forms.told_in("winter_form.toml") | forms.told_in("winter.toml")
    call = calls.publish(
        people,
        title="Appel à intrapreneurs, hiver",
        drafted_on=now - 14 * DAY,
        opens_on=now - 10 * DAY,
        closes_on=now + 18 * DAY,
        committee=committee,
        grid=grid,
        promotion_on=now + 100 * DAY,
        questions=told["questions"],
    )
    keys = forms.keys_of(call, told["questions"])
    inquiries = told["inquiries"]
    answer_questions(people, call, [each for each in inquiries if "answer" in each], now=now)
    ideas = {}
    for idea in sorted(told["applications"], key=lambda idea: -idea["on"]):
        stage = {"stage": "draft"} if idea["key"] in DRAFTS else {}
        ideas[idea["key"]] = dossiers.submit(people, call, keys, idea | stage, pains, now=now)
    gather(people, ideas, keys, now=now)
    with at(now - 3 * DAY, 8):
        keys = forms.rewrite(call, told["second"], by=people.equipe, keys=keys)
    go_on(people, ideas, keys, told, now=now)
    grant_time(people, call, now=now)
    answer_questions(people, call, [each for each in inquiries if "answer" not in each], now=now)
    with at(now - 1 * DAY, 17):
        call.copy(
            by=people.equipe,
            title="Appel à intrapreneurs, printemps",
            opens_at=start_of_day(now + 110 * DAY).replace(hour=9),
            closes_at=start_of_day(now + 150 * DAY).replace(hour=12),
        )
    return ideas


def gather(people, ideas, keys, *, now):
    """Colleagues are invited, files joined, and two managers pass the signature on."""
    queues, guide, offers, trial = (ideas[key] for key in ["queues", "guide", "offres", "recette"])
    welcome, risks, secretary = people.agent_accueil, people.agente_risques, people.secretaire
    sent = dossiers.invite(queues, [(welcome, "editor"), (risks, "reader")], on=now - 6 * DAY)
    sent += dossiers.invite(guide, [(secretary, "editor")], on=now - 5 * DAY)
    with at(now - 5 * DAY, 13):
        lines = [f"{8 + hour} h : {wait} minutes" for hour, wait in enumerate(WAITS)]
        survey = paper("Relevé d’attente, un mardi.pdf", "Attente au guichet, un mardi", *lines)
        dossiers.join(queues, survey, key=keys["papers"])
        dossiers.join(queues, chart("Attente par heure.png", WAITS), key=keys["papers"])
    with at(now - 5 * DAY, 14):
        for invitation, person in zip(sent, [welcome, risks, secretary], strict=True):
            invitation.accept(by=person)
    with at(now - 4 * DAY, 9):
        queues.approval().delegate(
            by=None,
            manager_name="Directrice des ressources humaines de la préfecture",
            manager_email="ressources.humaines.prefecture@fabrique.example",
        )
        offers.approval().delegate(
            by=None,
            manager_name=f"{people.membre}, sous-directeur",
            manager_email=people.membre.email,
        )
    dossiers.invite(trial, [(people.coach, "reader")], on=now - 4 * DAY)
    dossiers.invite(queues, [(people.porteur, "editor")], on=now - 4 * DAY)


def go_on(people, ideas, keys, told, *, now):
    """After the second version: written by two, deposited again, changed, withdrawn, ordered."""
    later = {idea["key"]: idea.get("later", {}) for idea in told["applications"]}
    with at(now - 2 * DAY, 9):
        queues, welcome = ideas["queues"], people.agent_accueil
        own = "Afficher en ligne et à l’entrée le temps d’attente réel, guichet par guichet."
        own += " La première semaine : un écran, deux guichets, et nos collègues qui le tiennent."
        dossiers.write(queues, by=welcome, texts={keys["idea"]: own})
        DepositOrder.ask(queues, by=people.agent)
    with at(now - 2 * DAY, 10):
        texts = dict(forms.stored(people, ideas["guide"].call, keys, later["guide"]))
        dossiers.write(ideas["guide"], by=people.coach_usages, texts=texts)
    with at(now - 2 * DAY, 11):
        book, author = ideas["carnet"], people.agent_forets
        book.amend(by=author)
        dossiers.write(book, by=author, texts={keys[k]: v for k, v in later["carnet"].items()})
        book.deposit(by=author)
    with at(now - 2 * DAY, 15):
        plan, author = ideas["commune"], people.agente_risques
        plan.amend(by=author)
        dossiers.write(plan, by=author, texts={keys[k]: v for k, v in later["commune"].items()})
    with at(now - 2 * DAY, 16):
        ideas["clauses"].withdraw(by=people.agent_marches)


def grant_time(people, call, *, now):
    """One person gets more time, and the team keeps why."""
    with at(now - 1 * DAY, 10):
        Extension.grant(
            by=people.equipe,
            call=call,
            person=people.agente_voirie,
            until=call.closes_at + 5 * DAY,
            reason="En arrêt de travail jusqu’à trois jours avant la clôture ; demande appuyée par "
            "son chef de bureau.",
        )


def answer_questions(people, call, inquiries, *, now):
    """What people ask about a call; the team answers most, and says the usual by itself."""
    for inquiry in inquiries:
        on = now - inquiry["on"] * DAY
        asker = getattr(people, inquiry["by"]) if "by" in inquiry else None
        with at(on, 10):
            if asker is None:
                Inquiry.publish(
                    by=people.equipe, call=call, text=inquiry["question"], answer=inquiry["answer"]
                )
                continue
            asked = Inquiry.ask(by=asker, call=call, text=inquiry["question"])
        if "answer" in inquiry:
            with at(on, 16):
                asked.reply(by=people.equipe, text=asked.text, answer=inquiry["answer"])
