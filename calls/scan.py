"""What an antivirus says of a file: clamd's INSTREAM, over its socket."""

import socket
import struct

from django.conf import settings


PIECE = 64 * 1024
PATIENCE = 30  # seconds


class NoAnswer(Exception):
    """The antivirus is away, or said something that is no verdict."""


def is_configured():
    return bool(settings.CLAMD_ADDRESS)


def is_clean(file):
    """True or False; NoAnswer when nothing can be said. `unix:/path`, or `host:port`."""
    try:
        with connection() as wire:
            wire.sendall(b"zINSTREAM\0")
            while piece := file.read(PIECE):
                wire.sendall(struct.pack("!L", len(piece)) + piece)
            wire.sendall(struct.pack("!L", 0))
            verdict = wire.recv(4096).rstrip(b"\0").decode(errors="replace")
    except OSError as fault:
        raise NoAnswer(str(fault)) from fault
    if verdict.endswith(" OK"):
        return True
    if verdict.endswith(" FOUND"):
        return False
    raise NoAnswer(verdict[:200])


def connection():
    address = settings.CLAMD_ADDRESS
    if address.startswith("unix:"):
        wire = socket.socket(socket.AF_UNIX)
        wire.settimeout(PATIENCE)
        wire.connect(address.removeprefix("unix:"))
        return wire
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)
