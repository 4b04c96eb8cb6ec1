"""The portal as it is measured: with the floor beside its pages, and each answer's query count."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "incubator.settings")
settings.ROOT_URLCONF = "incubator.benchmarks.floor"
portal = get_wsgi_application()


def application(environ, start_response):
    count = 0

    def counted(execute, *statement):
        nonlocal count
        count += 1
        return execute(*statement)

    def start(status, headers, exc_info=None):
        return start_response(status, [*headers, ("X-Queries", str(count))], exc_info)

    with connection.execute_wrapper(counted):
        return portal(environ, start)
