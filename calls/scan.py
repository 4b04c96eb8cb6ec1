"""What an antivirus says of a file: clamd's INSTREAM, over its socket."""

import socket
import struct

from django.conf import settings


PIECE = 64 * 1024
PATIENCE = 30  # seconds
MOST_SAID = 4096


class NoAnswer(Exception):
    """What it said is no verdict on this file; or it hung up in the middle of it."""


class Silent(NoAnswer):
    """It is away, or takes longer than our patience: so it would be with any other file."""


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
            verdict = said_on(wire)
    except (BrokenPipeError, ConnectionResetError) as fault:  # a file larger than it takes
        raise NoAnswer(str(fault)) from fault
    except OSError as fault:
        raise Silent(str(fault)) from fault
    if verdict.endswith(" OK"):
        return True
    if verdict.endswith(" FOUND"):
        return False
    raise NoAnswer(verdict[:200])


def said_on(wire):
    """What it answers, up to the NUL that ends it; in one piece or in several."""
    said = b""
    while len(said) < MOST_SAID and not said.endswith(b"\0") and (piece := wire.recv(4096)):
        said += piece
    return said.rstrip(b"\0").decode(errors="replace")


def connection():
    address = settings.CLAMD_ADDRESS
    if address.startswith("unix:"):
        wire = socket.socket(socket.AF_UNIX)
        wire.settimeout(PATIENCE)
        wire.connect(address.removeprefix("unix:"))
        return wire
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)
