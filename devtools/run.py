"""`make run`: the servers, the database in step, then the Procfile's processes until Ctrl-C."""

import os
import signal
import socket
import sys
import time
import urllib.request
from pathlib import Path

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import connection

from devtools import child
from devtools.catalogues import compile_all
from devtools.servers import ROOT, VAR, servers


PORT = os.environ.setdefault("PORT", "8000")
ADDRESS = f"http://localhost:{PORT}"
ACCOUNTS = ["agent", "porteur", "presidente", "membre", "secretaire", "coach", "equipe", "admin"]
PASSWORD = "fabrique-demo"
INTERRUPTIONS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def interrupt(*_):
    raise KeyboardInterrupt


def set_environment():
    os.chdir(ROOT)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    os.environ |= {
        "PATH": path,
        "VAR_DIR": str(VAR),
        "DJANGO_SETTINGS_MODULE": "incubator.settings",
    }
    for name, value in {
        "DEBUG": "true",
        "PYTHONWARNINGS": "ignore:You're running the worker",  # as root, on a machine of one's own
        "SITE_URL": ADDRESS,
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(VAR / "emails"),
        "MEDIA_ROOT": str(VAR / "media"),
    }.items():
        os.environ.setdefault(name, value)


def refuse_a_taken_port():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(PORT)))
        except OSError:
            sys.exit(f"Port {PORT} is taken: stop what listens there, or `make run PORT=8001`.")


def prepare_database():
    django.setup()
    call_command("migrate", verbosity=0)
    wanted = os.environ.get("DEMO", "yes") == "yes" and "demo" in get_commands()
    if wanted and not get_user_model().objects.exists():
        print("An empty database: loading the demonstration.", flush=True)
        call_command("demo")
    connection.close()


def start(processes):
    """The pages first: together, all would wait for each other's imports. Whether they answer."""
    for line in (ROOT / "Procfile").read_text().splitlines():
        name, _, command = os.path.expandvars(line).partition(": ")
        processes[name] = child.start(command.split())
        if name == "web" and not answers_at_last(processes[name]):
            return False
    return True


def answers_at_last(web):
    while web.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=5).close()
            return True
        except OSError:
            time.sleep(0.05)
    return False


def greet():
    print(f"\nLa Fabrique is on {ADDRESS} (Ctrl-C stops it; its mail is in {VAR / 'emails'})")
    print(f"Accounts, with the password {PASSWORD}:")
    for name in ACCOUNTS:
        print(f"  {name}@fabrique.example")
    print(flush=True)


def stop(processes):
    for number in INTERRUPTIONS:
        signal.signal(number, signal.SIG_IGN)
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    for process in processes.values():
        child.stop(process)


def run():
    """Ends when asked to, or with an error as soon as one process ends by itself."""
    refuse_a_taken_port()
    set_environment()
    compile_all()
    processes = {}
    with servers(VAR):
        try:
            prepare_database()
            if start(processes):
                greet()
            while all(process.poll() is None for process in processes.values()):
                time.sleep(0.2)
            ended = [name for name, process in processes.items() if process.poll() is not None]
            sys.exit(f"{' and '.join(ended)} ended: the others are stopped too.")
        finally:
            stop(processes)


if __name__ == "__main__":
    for number in INTERRUPTIONS:
        signal.signal(number, interrupt)
    try:
        run()
    except KeyboardInterrupt:
        print("\nStopped.")
