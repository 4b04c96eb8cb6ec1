"""The sign of life that beat leaves on the broker by way of a worker, and that /readyz reads."""

import time

import redis
from django.conf import settings


KEY = "fabrique:beat"


def broker():
    """A client that gives up after a second: the health page waits for nobody."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1, retry=None
    )


def beat():
    with broker() as client:
        client.set(KEY, int(time.time()))


def seconds_since():
    """None if beat never ran on this broker."""
    with broker() as client:
        last = client.get(KEY)
    return None if last is None else max(0, int(time.time()) - int(last))
