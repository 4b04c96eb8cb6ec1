"""Is the process there (/healthz, to restart it); does all answer (/readyz, to watch it)."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import RedisError

from incubator import heartbeat
from notifications.models import Message


# Beat speaks each minute, the outbox is swept each minute: three are missed before we say so.
BEAT_IS_LATE = timedelta(minutes=3)
OUTBOX_IS_LATE = timedelta(minutes=15)
DISK_IS_FULL = 200 * 1024 * 1024


@require_safe
@login_not_required
@never_cache
def healthz(request):
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@login_not_required
@never_cache
def readyz(request):
    """200 if each part answers, else 503; the body names the parts and holds figures alone."""
    parts = {
        "database": answer(database, DatabaseError),
        "migrations": answer(migrations, DatabaseError),
        "outbox": answer(outbox, DatabaseError),
        "broker": answer(broker, RedisError),
        "beat": answer(beat, RedisError),
        "disk": answer(disk, OSError),
    }
    ready = all(part["ok"] for part in parts.values())
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def answer(question, failure):
    """What failed is in the log; the body says that it failed and no more."""
    try:
        return question()
    except failure:
        return {"ok": False}


def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True}


def migrations():
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return {"ok": not waiting, "waiting": len(waiting)}


def outbox():
    """Late is what should have left: a message that a busy server put off is not."""
    oldest = Message.objects.due().aggregate(oldest=Min("next_try_at"))["oldest"]
    age = timezone.now() - oldest if oldest else timedelta()
    return {"ok": age < OUTBOX_IS_LATE, "oldest_seconds": int(age.total_seconds())}


def broker():
    with heartbeat.broker() as client:
        client.ping()
    return {"ok": True}


def beat():
    seconds = heartbeat.seconds_since()
    late = seconds is None or seconds > BEAT_IS_LATE.total_seconds()
    return {"ok": not late, "last_seconds": seconds}


def disk():
    free = shutil.disk_usage(settings.BASE_DIR).free
    return {"ok": free > DISK_IS_FULL, "free_megabytes": free // 1024**2}
