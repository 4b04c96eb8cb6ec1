from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from base.lifecycle import Refused
from calls.appealing import day_of_silence, last_day_to_appeal
from calls.duties import appeals
from calls.letters import parts_of
from calls.models import Appeal, Application, Release
from committees.models import Decision, Deliberation, Interest
from journal.models import Event
from notifications.models import Message
from tests.calls.addresses import page
from tests.calls.appealing import answered, appealed, examined, told
from tests.calls.deposits import close
from tests.calls.releasing import release
from tests.factories import AssignmentFactory, ReviewFactory, RoundFactory, UserFactory
from tests.spoiling import spoil


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def told_days_ago(application, days):
    at = timezone.now() - timedelta(days=days)
    spoil(
        "UPDATE committees_decision SET notified_at = %s WHERE id = %s",
        at,
        application.decision().pk,
    )


@pytest.mark.parametrize(
    ("told_on", "last"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=UTC), date(2027, 1, 25)),  # the 24th is a Sunday
        (datetime(2025, 12, 31, 9, tzinfo=UTC), date(2026, 3, 2)),  # the 1st is a Sunday
        (datetime(2026, 3, 1, 23, 30, tzinfo=UTC), date(2026, 5, 4)),  # already the 2nd in Paris
    ],
)
def test_the_delay_is_of_two_full_months_and_ends_on_a_working_day(told_on, last):
    assert last_day_to_appeal(told_on) == last


def test_silence_rejects_after_two_months():
    assert day_of_silence(datetime(2026, 12, 31, 9, tzinfo=UTC)) == date(2027, 2, 28)


def test_an_appeal_is_received_and_its_people_are_told_until_when():
    appeal, _room = appealed()
    application = appeal.application

    message = Message.objects.get(notice="calls/appeal_received")
    assert (appeal.status, appeal.decision) == ("filed", application.decision())
    assert (message.recipient, "L231-4" in message.body) == (application.author, True)
    assert Event.objects.about(application).last().verb == "appeal.filed"


def test_a_late_appeal_is_refused_and_says_until_when_it_could():
    application, _room = told()
    told_days_ago(application, 70)

    with pytest.raises(
        Refused, match="Trop tard\u00a0: le recours gracieux pouvait être formé jusqu’au"
    ):
        Appeal.file(application, by=application.author, text="Vous avez mal lu.")


def test_the_last_days_are_in_time():
    application, _room = told()
    told_days_ago(application, 58)

    assert Appeal.file(application, by=application.author, text="Vous avez mal lu.")


def test_what_cannot_be_contested():
    selected, _room = told("selected")
    declined, _room = told()

    with pytest.raises(Refused, match="favorable"):
        Appeal.file(selected, by=selected.author, text="Non.")
    with pytest.raises(Refused):
        Appeal.file(declined, by=UserFactory(), text="Non.")
    Appeal.file(declined, by=declined.author, text="Non.")
    with pytest.raises(Refused, match="un recours est en cours"):
        Appeal.file(declined, by=declined.author, text="Encore.")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("appeal_live_once_per_decision", {"text": "Encore."}),
        ("appeal_says_why", {"text": " ", "status": "withdrawn"}),
        ("appeal_examined_has_its_examination", {"text": "Non.", "status": "decided"}),
    ],
)
def test_the_database_wants_a_whole_appeal(name, fields):
    appeal, _room = appealed()

    with pytest.raises(IntegrityError, match=name):
        Appeal.objects.create(
            application=appeal.application,
            decision=appeal.decision,
            filed_by=appeal.filed_by,
            **fields,
        )


def test_an_appeal_is_withdrawn_until_somebody_examines_it_and_filed_again():
    appeal, _room = appealed()
    with pytest.raises(Refused):
        appeal.withdraw(by=UserFactory())
    appeal.withdraw(by=appeal.filed_by)
    again = Appeal.file(appeal.application, by=appeal.filed_by, text="Tout bien pesé.")

    again.examine(by=UserFactory(staff=True), round=RoundFactory())
    with pytest.raises(Refused, match="plus être retiré"):
        again.withdraw(by=again.filed_by)


def test_those_who_took_the_first_decision_are_kept_away_each_with_a_sentence(staff):
    appeal, room = appealed()
    assignment = AssignmentFactory(deliberation=room.deliberation, reviewed=True)
    ReviewFactory(assignment=assignment, handed_in=True)
    new_member = room.seat(here=False).user

    round = RoundFactory(committee=room.sitting.committee)
    deliberation = appeal.examine(by=staff, round=round)

    kept = {i.person: i for i in deliberation.interests.all()}
    assert kept[assignment.seat.user].reason == "A évalué ce dossier en premier lieu."
    for seat in [room.chair, *room.members]:
        assert kept[seat.user].reason == "A siégé quand la décision contestée a été prise."
        assert not Deliberation.objects.visible_to(seat.user).contains(deliberation)
    assert {i.effect for i in kept.values() if "porte" not in i.reason} == {"exclusion"}
    assert new_member not in kept
    mine = kept[room.chair.user]
    with pytest.raises(Refused):
        mine.dismiss(by=staff, reason="Il sera impartial.")
    assert Interest.objects.get(pk=mine.pk).status == "confirmed"


def test_the_committee_reads_the_dossier_and_the_appeal(staff):
    appeal, _room = examined()

    read = dict(appeal.deliberation.snapshot.sections)
    assert read["Le recours gracieux"] == "Vous avez mal lu."
    assert "Peu d’usagers rencontrés." in read["La décision contestée"]


def test_an_appeal_goes_to_another_round_that_is_not_blind(staff):
    appeal, room = appealed()

    with pytest.raises(Refused, match="un autre tour"):
        appeal.examine(by=staff, round=room.deliberation.round)
    with pytest.raises(Refused, match="à l’aveugle"), transaction.atomic():
        appeal.examine(by=staff, round=RoundFactory(blind=True))
    with pytest.raises(Refused, match="n’attend pas"):
        appeal.examine(by=UserFactory(), round=RoundFactory())


def test_the_answer_to_an_appeal_replaces_the_decision_and_leaves_by_two_people():
    appeal = answered()
    application, first = appeal.application, appeal.decision
    application.refresh_from_db()
    appeal.refresh_from_db()
    second = application.decision()

    assert (appeal.status, second.supersedes, application.status) == ("decided", first, "declined")
    assert application.told_decision() == first
    assert list(Decision.objects.in_force().about(first.deliberation)) == [second]

    close(application)
    assert release(application.call) == 1

    application.refresh_from_db()
    assert (application.status, application.told_decision()) == ("selected", second)
    assert [letter.decision for letter in application.letters.order_by("pk")] == [first, second]
    opening = dict(parts_of(application, second))["La décision"]
    assert opening.startswith("Le comité a examiné votre recours contre la décision du")
    assert Release.objects.count() == 1


def test_a_second_appeal_goes_to_the_court():
    appeal = answered("declined")
    application = appeal.application
    application.tell(by=UserFactory(staff=True))

    with pytest.raises(Refused, match="répond déjà à un recours"):
        Appeal.file(application, by=application.author, text="Encore.")
    remedies = dict(parts_of(application, application.decision()))["Contester cette décision"]
    assert "tribunal administratif" in remedies
    assert "recours gracieux" not in remedies


@pytest.mark.parametrize("stage", [lambda: appealed()[0], lambda: examined()[0], answered])
def test_what_is_under_appeal_is_kept(stage):
    application = stage().application
    spoil(
        "UPDATE calls_application SET notified_at = now() - interval '10 years' WHERE id = %s",
        application.pk,
    )

    assert not Application.objects.settled().contains(application)


def test_what_was_appealed_and_answered_ends_as_the_others():
    appeal, _room = appealed()
    appeal.withdraw(by=appeal.filed_by)

    assert Application.objects.settled().contains(appeal.application)


def test_the_team_is_awaited_until_silence_rejects(staff):
    appeal, _room = appealed()

    duty = appeals(staff)[0]
    assert (duty.url, appeals(UserFactory())) == (appeal.get_absolute_url(), [])
    assert duty.due_at.date() <= appeal.silence_on


def test_an_applicant_appeals_on_the_page_of_her_answer(client):
    application, _room = told()
    client.force_login(application.author)

    shown = client.get(application.get_absolute_url())
    blank = client.post(page("appeal", application.pk), {"text": " "})
    filed = client.post(page("appeal", application.pk), {"text": "Vous avez mal lu."}, follow=True)
    twice = client.post(page("appeal", application.pk), {"text": "Encore une fois."})

    assertContains(shown, "Former un recours gracieux (jusqu’au")
    assertContains(blank, "Vous pouvez former ce recours jusqu’au", status_code=422)
    assertContains(filed, "Votre recours est reçu")
    assertContains(filed, "réputé rejeté le")
    assertContains(twice, "Encore une fois.", status_code=409)
    assertContains(client.get(application.get_absolute_url()), "Un recours gracieux est en cours")
    client.post(page("appeal-withdrawal", application.pk))
    assert application.appeals.get().status == "withdrawn"


def test_the_team_sends_an_appeal_before_other_members_on_a_page(client, staff):
    appeal, room = appealed()
    round = RoundFactory()
    client.force_login(staff)

    listed = client.get(page("team-appeal-list"))
    shown = client.get(appeal.get_absolute_url())
    done = client.post(appeal.get_absolute_url(), {"round": round.pk}, follow=True)

    assertContains(listed, appeal.get_absolute_url())
    assertContains(shown, round.name)
    assertNotContains(shown, room.deliberation.round.name)
    assertContains(done, "D’autres membres examinent ce recours.")


def test_the_team_finds_no_appeal_of_a_dossier_kept_from_it(client, staff):
    appeal, room = appealed()
    Interest.objects.create(
        deliberation=room.deliberation,
        person=staff,
        origin="declared",
        status="confirmed",
        effect="exclusion",
        reason="Ami.",
        settled_at=timezone.now(),
        settled_by=staff,
    )
    client.force_login(staff)

    assertNotContains(client.get(page("team-appeal-list")), "recours/" + str(appeal.pk))
    assert client.get(appeal.get_absolute_url()).status_code == 404
    assert appeals(staff) == []
