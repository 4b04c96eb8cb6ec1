"""The portal as it is measured: with the floor beside its pages, and what each answer asked.

X-Queries says how many queries; X-Counting, how many milliseconds those that count rows took.
"""

import os
import time

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "incubator.settings")
settings.ROOT_URLCONF = "incubator.benchmarks.floor"
portal = get_wsgi_application()


def application(environ, start_response):
    count, counting = 0, 0.0

    def counted(execute, sql, *statement):
        nonlocal count, counting
        count += 1
        begun = time.perf_counter()
        answer = execute(sql, *statement)
        if sql.startswith("SELECT COUNT("):
            counting += (time.perf_counter() - begun) * 1000
        return answer

    def start(status, headers, exc_info=None):
        said = [("X-Queries", str(count)), ("X-Counting", f"{counting:.2f}")]
        return start_response(status, [*headers, *said], exc_info)

    with connection.execute_wrapper(counted):
        return portal(environ, start)
