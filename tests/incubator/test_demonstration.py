"""The demonstration and the volume: true to every rule, with something true on every page."""

import random
import re
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client

from accounts.models import User
from base.calendar import months_after, today
from calls.models import Application, Attachment, Call, Export, Irritant
from committees.models import Assignment, Decision, Minutes, Sitting
from incubator.benchmarks import committee
from incubator.demo.cases import cohorts
from incubator.demo.people import PASSWORD
from journal.models import Event, Snapshot
from notifications.models import Message
from projects.models import Milestone, Project, Promotion, Term
from tests.incubator.shown import AWAITED, SHOWN, numbers


WALKS = {
    "agent": ["/mon-espace/", "/candidatures/"],
    "porteur": ["/mon-espace/", "/projets/alerte-etiage/suivi/", "/projets/alerte-etiage/jalons/"],
    "presidente": ["/mon-espace/", "/comites/", "/comites/deliberations/"],
    "membre": ["/mon-espace/", "/comites/"],
    "secretaire": ["/mon-espace/", "/comites/"],
    "coach": ["/mon-espace/", "/accompagnement/"],
    "equipe": ["/mon-espace/", "/equipe/", "/equipe/candidatures/", "/equipe/coachs/"],
    "admin": ["/mon-espace/", "/equipe/", "/admin/"],
}


@pytest.fixture(scope="module", autouse=True)
def demonstration(django_db_setup, django_db_blocker):
    """Loaded once for this file, and undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        settings.DEBUG = True
        begin_keys_elsewhere()
        call_command("demo")
        yield
        settings.DEBUG = False
        transaction.set_rollback(True)


def begin_keys_elsewhere():
    """As after other tests: keys choose between plans that cost the same, and the story may not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename, COALESCE(last_value, 1) FROM pg_sequences"
            " WHERE sequencename LIKE 'committees%' AND schemaname = 'public'"
        )
        for name, last in cursor.fetchall():
            further = last + random.randrange(1, 5000)
            cursor.execute("SELECT setval(%s::regclass, %s)", [name, further])


def read_by(account, address):
    """The words of a page, as they are read: without its tags, whatever the spaces."""
    client = Client()
    client.force_login(User.objects.get(email=f"{account}@fabrique.example"))
    answer = client.get(address)
    assert answer.status_code == 200
    text = re.sub(r"<[^>]*>", " ", answer.content.decode().partition("<main")[2])
    return " ".join(unescape(text).split())


def holds():
    call_command("check_invariants")
    call_command("verify_journal")


def test_every_rule_holds_and_the_journal_is_whole():
    holds()


def test_each_past_promotion_is_complete():
    for cohort in cohorts():
        projects = Project.objects.filter(promotion__name=cohort.name)
        terms = Term.objects.filter(project__in=projects)

        assert projects.count() == len(cohort.cases)
        assert terms.count() >= sum(len(case.terms) for case in cohort.cases)
        assert not terms.filter(review__status="draft", ends_on__lt=today()).exists()


def test_two_calls_are_open_and_two_are_before_the_committee():
    assert set(Call.objects.open().values_list("title", flat=True)) == {
        "Appel à intrapreneurs, hiver",
        "Vos idées, toute l’année",
    }
    assert Application.objects.filter(status="examined").count() == 4 + 3


def test_one_promotion_runs_with_a_milestone_overdue_and_a_term_ending_within_a_month():
    running = Promotion.objects.get(projects__slug="alerte-etiage")
    terms = Term.objects.running_on(today()).filter(project__promotion=running)

    assert terms.count() == 3
    assert {term.ends_on for term in terms} == {months_after(running.starts_on, 6)}
    assert running.starts_on < today() < months_after(running.starts_on, 6)
    assert months_after(running.starts_on, 6) - today() < timedelta(days=31)
    assert Milestone.objects.overdue().filter(term__project__promotion=running).exists()


def test_a_sitting_can_be_opened_today():
    chair = User.objects.get(email="presidente@fabrique.example")

    assert Sitting.objects.openable_by(chair).count() == 1


def test_the_story_was_lived_at_its_dates():
    minutes = Minutes.objects.earliest("generated_at")
    deposit = Event.objects.filter(verb="application.deposited").earliest("at")

    assert timedelta(days=200) < today() - deposit.at.date() < timedelta(days=330)
    assert deposit.at < minutes.sitting.opened_at < minutes.generated_at
    assert not Event.objects.filter(at__date__gt=today()).exists()
    assert not Decision.objects.filter(decided_at__date__gt=today()).exists()
    assert Irritant.objects.earliest("reported_at").reported_at < deposit.at


def test_the_story_has_its_people_wherever_keys_begin():
    asked = Assignment.objects.filter(deliberation__round__name="Sélection, été")
    reviewers = {}
    for title, email in asked.values_list("deliberation__snapshot__title", "seat__user__email"):
        reviewers.setdefault(title.partition(" (")[0], set()).add(email.partition("@")[0])

    assert reviewers == {
        "La bonne pièce du premier coup": {
            "membre",
            "directrice.territoires",
            "directrice.numerique",
        },
        "Ma commune et l’eau": {
            "directeur.finances",
            "directrice.territoires",
            "directrice.numerique",
        },
        "Bilan carbone des services déconcentrés": {
            "membre",
            "directrice.territoires",
            "presidente",
        },
        "Clauses sociales à portée de main": {"membre", "directeur.finances", "presidente"},
    }


def test_no_mail_of_the_story_leaves():
    assert not Message.objects.waiting().exists()


@pytest.mark.parametrize("account", WALKS)
def test_each_account_signs_in_and_finds_its_pages(account):
    client = Client()
    credentials = {"login": f"{account}@fabrique.example", "password": PASSWORD}

    assert client.post("/comptes/login/", credentials).status_code == 302
    assert {path: client.get(path).status_code for path in WALKS[account]} == dict.fromkeys(
        WALKS[account], 200
    )


@pytest.mark.parametrize("account", ["agent", "porteur", "presidente", "membre", "coach", "equipe"])
def test_something_awaits_each_account(account):
    client = Client()
    client.force_login(User.objects.get(email=f"{account}@fabrique.example"))

    assert len(client.get("/mon-espace/").context["duties"]) > 0


@pytest.mark.parametrize("account", AWAITED)
def test_what_the_calls_ask_of_each_account_awaits_it(account):
    asked = read_by(account, "/mon-espace/")

    assert [words for words in AWAITED[account] if words not in asked] == []


@pytest.mark.parametrize(("account", "address", "words"), SHOWN)
def test_every_page_has_something_true(account, address, words):
    page = read_by(account, address.format(**numbers()))

    assert [word for word in words if word not in page] == []


def test_the_benchmark_finds_the_sheet_that_the_member_is_writing():
    with connection.cursor() as cursor:
        cursor.execute(committee.DRAFT)

        assert cursor.fetchall() == [(numbers()["piece"],)]


def test_its_files_are_real_ones():
    client = Client()
    client.force_login(User.objects.get(email="agent@fabrique.example"))
    joined = Attachment.objects.filter(application__title="Files d’attente visibles")
    contents = [
        client.get(file.get_absolute_url()).getvalue()[:4] for file in joined.order_by("pk")
    ]
    client.force_login(User.objects.get(email="equipe@fabrique.example"))
    table = client.get(
        f"/equipe/candidatures/exports/{Export.objects.get(status='ready').pk}/fichier/"
    )

    assert contents == [b"%PDF", b"\x89PNG"]
    assert table.getvalue()[:2] == b"PK"


def test_the_demonstration_is_loaded_once():
    with pytest.raises(CommandError, match="is not empty"):
        call_command("demo")


@pytest.mark.parametrize("command", [["demo"], ["populate", "--applications", "100"]])
def test_neither_is_ever_loaded_outside_debug(command, settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="outside DEBUG"):
        call_command(*command)


def test_the_volume_adds_what_it_says_under_every_rule():
    before = {m: m.objects.count() for m in (Application, Snapshot, Project, Event)}

    call_command("populate", "--applications", "100")

    added = {m.__name__: m.objects.count() - before[m] for m in before}
    assert added["Application"] == added["Snapshot"] == 100
    assert (added["Project"], added["Event"]) == (10, 1000)
    holds()


def test_the_volume_is_added_once():
    call_command("populate", "--applications", "10")

    with pytest.raises(CommandError, match="already"):
        call_command("populate", "--applications", "10")


def test_irritants_have_come_to_every_end():
    told = Irritant.objects.counted()
    low_water = told.get(title__startswith="Les niveaux d’eau")
    first = low_water.reports()[0]

    assert {status for status, _label, count in told.counted_by_status() if count} == set(
        Irritant.Status.values
    )
    assert Project.objects.get(slug="alerte-etiage").irritant() == low_water
    assert (first.author, first.reporter_email != "") == (None, True)
    assert Message.objects.filter(
        notice="calls/irritant_bore", address=first.reporter_email
    ).exists()
    assert not told.published().filter(Q(theme="") | Q(sufferers="") | Q(frequency="")).exists()
