"""A portal under gunicorn with two workers, on a database of a size, and those who visit it."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from urllib.parse import urlencode, urlsplit

import psycopg2
from django.conf import settings


PASSWORD = "fabrique-demo"  # noqa: S105  (the demonstration's own)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Portal:
    """A database of its own (`bench_<applications>`), filled, and served until `stop()`."""

    template = "template1"

    def __init__(self, applications):
        self.applications = applications
        self.name = f"bench_{applications}"
        self.port = free_port()
        base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
        self.environment = os.environ | {
            "DATABASE_URL": f"{base}/{self.name}",
            "DEBUG": "true",
            "DJANGO_SETTINGS_MODULE": "incubator.settings",
            "CONN_MAX_AGE": "60",
        }
        self.seconds, self.server = {}, None

    def rename(self, name):
        """Use a database of another name."""
        self.name = name
        base, _, _ = self.environment["DATABASE_URL"].rpartition("/")
        self.environment["DATABASE_URL"] = f"{base}/{name}"

    def fill(self):
        """Create the database again: the demonstration, then the volume. Seconds of each step."""
        self.create()
        self.manage("demo")
        self.manage("populate", "--applications", str(self.applications))

    def create(self):
        self._owner(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self._owner(f"CREATE DATABASE {self.name} TEMPLATE {self.template}")
        self.manage("migrate", "--verbosity", "0")

    def serve(self):
        command = [sys.executable, "-m", "gunicorn", "incubator.benchmarks.wsgi:application"]
        options = ["--workers", "2", "--preload", "--bind", f"127.0.0.1:{self.port}"]
        quiet = ["--log-level", "error", "--no-control-socket"]
        self.server = subprocess.Popen([*command, *options, *quiet], env=self.environment)
        for _ in range(300):
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"{self.name} does not answer.")

    def stop(self):
        if self.server:
            self.server.terminate()
            self.server.wait(20)
        self._owner(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def get(self, path, cookies=""):
        """(status, milliseconds, queries, bytes, headers, text) of one visit."""
        start = time.perf_counter()
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        link.request("GET", path, headers={"Cookie": cookies, "Accept-Language": "fr"})
        answer = link.getresponse()
        body = answer.read()
        elapsed = (time.perf_counter() - start) * 1000
        link.close()
        queries = int(answer.headers.get("X-Queries", 0))
        return answer.status, elapsed, queries, len(body), answer.headers, body

    def sign_in(self, account):
        """The cookies of a person of the demonstration, after the real login page."""
        page = self.get("/comptes/login/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page[5])[1].decode()
        cookies = self._cookies(page[4])
        form = {
            "csrfmiddlewaretoken": token,
            "login": f"{account}@fabrique.example",
            "password": PASSWORD,
        }
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        link.request("POST", "/comptes/login/", urlencode(form), headers)
        answer = link.getresponse()
        answer.read()
        if answer.status != 302 or "login" in urlsplit(answer.headers["Location"]).path:
            raise RuntimeError(f"{account} cannot sign in: {answer.status}")
        return self._cookies(answer.headers)

    def ask(self, statement, *values):
        """The rows that the database answers."""
        link = psycopg2.connect(**address_of(self.name))
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(statement, values)
            rows = cursor.fetchall() if cursor.description else []
        link.close()
        return rows

    @staticmethod
    def _cookies(headers):
        return "; ".join(c.partition(";")[0] for c in headers.get_all("Set-Cookie") or [])

    def manage(self, *command):
        """What a management command says."""
        start = time.perf_counter()
        run = [sys.executable, "manage.py", *command]
        done = subprocess.run(
            run, env=self.environment, cwd=settings.BASE_DIR, check=True, stdout=subprocess.PIPE
        )
        self.seconds[command[0]] = round(time.perf_counter() - start, 1)
        return done.stdout.decode()

    @staticmethod
    def _owner(statement):
        link = psycopg2.connect(**address_of("postgres"))
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(statement)
        link.close()


def address_of(database):
    given = settings.DATABASES["default"]
    return {
        "dbname": database,
        "user": given["USER"],
        "password": given["PASSWORD"],
        "host": given["HOST"],
        "port": given["PORT"] or 5432,
    }
