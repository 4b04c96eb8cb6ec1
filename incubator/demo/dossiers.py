"""What people do with an application: they write it, have it signed, join files, deposit it."""

from datetime import timedelta

from calls.models import Application, Approval, Attachment, CoApplicant, Correction
from calls.models.answer import Entry
from incubator.demo import forms
from incubator.demo.clock import at
from incubator.demo.papers import paper


def submit(people, call, keys, idea, pains, *, now):
    """Write an idea on its day, have it signed as it says, deposit it unless it stays a draft."""
    author, on = getattr(people, idea["author"]), now - timedelta(days=idea["on"])
    with at(on, 9):
        application = Application.start(
            by=author, call=call, irritant=pains.get(idea.get("irritant"))
        )
        answers = idea["answers"]
        if "share" in keys and "share" in answers:
            answers = answers | {"from": call.promotion_starts_on.isoformat()}
        heading = {"title": idea["title"], "entity": people.entities[idea["service"]]}
        write(
            application, by=author, texts=heading | dict(forms.stored(people, call, keys, answers))
        )
        for key in ["papers", "sample"]:
            for name in answers.get(key, []):
                join(application, paper(name, idea["title"], str(author.entity)), key=keys[key])
    if "visa" in idea:
        ask_visa(people, application, idea["visa"], on=on)
    if idea.get("stage") != "draft":
        with at(on, 17):
            application.deposit(by=author)
    return application


def write(application, *, by, texts):
    """Save fields as a page does: each over the version that it had read."""
    entries = [Entry(key, text, application.version_of(key)) for key, text in texts.items()]
    application.write(by=by, entries=entries)


def join(application, file, *, key):
    return Attachment.add(application, by=application.author, key=key, file=file)


def ask_visa(people, application, visa, *, on):
    """Ask a manager, with an account or without one, who answers in the afternoon or not yet."""
    manager = getattr(people, visa["account"]) if "account" in visa else None
    with at(on, 11):
        approval = Approval.request(
            application,
            by=application.author,
            manager_name=visa["manager"],
            manager_email=manager.email if manager else address_of(application.author),
            share_of_time=visa["share"],
            starts_on=application.call.promotion_starts_on,
            months=application.call.months,
            conditions=visa.get("conditions", ""),
        )
    if "status" in visa:
        with at(on, 15):
            approval.answer(
                by=manager,
                status=visa["status"],
                plan_digest=approval.plan_digest,
                words=visa.get("words", ""),
            )
    return approval


def address_of(agent):
    """The mailbox of an agent's manager, who has no account here."""
    return f"responsable.{agent.email}"


def invite(application, colleagues, *, on):
    """Ask colleagues, each with what she may do, to carry it too; the invitations."""
    with at(on, 12):
        return [
            CoApplicant.invite(application, by=application.author, email=person.email, role=role)
            for person, role in colleagues
        ]


def correct(people, application, keys, asked, *, now):
    """Ask the author to complete some answers by a date; she answers on a day, or not yet."""
    requested_on = now - timedelta(days=asked["on"])
    with at(requested_on, 10):
        Correction.request(
            application,
            by=people.equipe,
            keys=[keys[name] for name in asked["questions"]],
            words=asked["words"],
            ends_on=requested_on + timedelta(days=asked["days"]),
        )
    if "answered_on" in asked:
        with at(now - timedelta(days=asked["answered_on"]), 16):
            texts = {keys[name]: text for name, text in asked["answers"].items()}
            write(application, by=application.author, texts=texts)
            application.deposit(by=application.author)
