from datetime import timedelta

import pytest
from celery.schedules import crontab
from django.db import connection, connections
from kombu.exceptions import OperationalError

from incubator.celery import SCHEDULE, Task, app
from incubator.scheduler import LOCK, STANDBY, LoneScheduler


app.loader.import_default_modules()
MINE = {name for name in app.tasks if not name.startswith("celery.")}
LIVE = {"committees.tasks.remind_awaited_votes"}  # of a ballot that is open in the room, now
ON_DEMAND = {
    "notifications.tasks.deliver",
    "calls.tasks.write_export",
    "committees.tasks.work_out_plan",
}


def test_every_scheduled_task_exists():
    assert set(SCHEDULE) - MINE == set()


def test_every_other_task_is_scheduled():
    assert MINE - set(SCHEDULE) == ON_DEMAND


def test_nothing_is_due_in_the_hours_that_exist_twice_or_not_at_all():
    """What runs each minute or so needs no hour; everything else stays out of 02:00 to 03:30."""
    for task, schedule in SCHEDULE.items():
        if isinstance(schedule, crontab):
            assert not {2, 3} & schedule.hour, task
        else:
            assert schedule <= timedelta(minutes=5), task


def test_people_are_not_reminded_at_night():
    for task, schedule in SCHEDULE.items():
        if ".remind_" in task and task not in LIVE:
            assert schedule.hour <= set(range(7, 21)), task


def test_the_settings_lose_nothing_when_a_worker_or_the_broker_dies():
    conf = app.conf

    assert conf.task_acks_late and conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1
    assert conf.broker_transport_options["visibility_timeout"] > conf.task_time_limit
    assert conf.task_soft_time_limit < conf.task_time_limit
    assert conf.broker_transport_options["socket_timeout"] <= 2
    assert conf.broker_transport_options["socket_connect_timeout"] <= 2
    assert conf.worker_soft_shutdown_timeout > 0
    assert conf.result_backend is None and conf.task_ignore_result
    assert conf.accept_content == ["json"] and conf.task_serializer == "json"
    assert conf.timezone == "Europe/Paris" and conf.enable_utc
    assert not conf.task_always_eager


def test_no_task_waits_longer_than_five_minutes_before_it_is_tried_again():
    for name in MINE:
        task = app.tasks[name]
        assert task.default_retry_delay <= 300, name
        assert getattr(task, "retry_backoff_max", 0) <= 300, name


@pytest.fixture
def unreachable(monkeypatch):
    """A broker that refuses connections."""
    monkeypatch.setattr(Task, "silent_until", 0)
    with app.connection_for_write("redis://127.0.0.1:1/0") as connection:
        yield connection


def test_a_broker_that_failed_is_left_alone_for_a_while(unreachable):
    with pytest.raises(OperationalError, match="refused"):
        app.tasks["incubator.tasks.beat"].apply_async(connection=unreachable)

    with pytest.raises(OperationalError, match="did not answer a moment ago"):
        app.tasks["incubator.tasks.beat"].delay()


@pytest.fixture
def scheduler(tmp_path):
    ours = LoneScheduler(app, schedule_filename=str(tmp_path / "beat"), lazy=True)
    yield ours
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_all()")


def test_a_second_beat_stands_by(scheduler):
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        assert scheduler.tick() == STANDBY
        cursor.execute("SELECT pg_advisory_unlock_all()")
    other.close()

    assert scheduler.is_alone()
    assert scheduler.is_alone()
