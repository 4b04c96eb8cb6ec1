"""A small daemon that speaks clamd's INSTREAM over TCP, and does what the content says."""

import socketserver
import struct
import threading
import time
from contextlib import contextmanager, suppress


class Handler(socketserver.BaseRequestHandler):
    """A signature is infected; HUGE past its limit; SLOW answers late; ODD hangs up; else clean."""

    def handle(self):
        wire = self.request.makefile("rb")
        assert wire.read(len(b"zINSTREAM\0")) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", wire.read(4))[0]:
            content += wire.read(length)
        self.server.asked.append(content)
        if b"ODD" in content:
            return
        infected = any(signature in content for signature in self.server.signatures)
        found = b"Eicar-Signature FOUND" if infected else b"OK"
        answer = b"INSTREAM size limit exceeded. ERROR" if b"HUGE" in content else found
        time.sleep(1 if b"SLOW" in content else 0)
        with suppress(OSError):  # who asked had no more patience
            self.request.sendall(b"stream: ")
            self.request.sendall(answer + b"\0")


class Daemon(socketserver.ThreadingTCPServer):
    daemon_threads = True
    address = property(lambda self: f"127.0.0.1:{self.server_address[1]}")


@contextmanager
def listening():
    """`.address` for the setting, `.asked` for what it was given, `.signatures` that it knows."""
    with Daemon(("127.0.0.1", 0), Handler) as daemon:
        daemon.asked, daemon.signatures = [], [b"EICAR"]
        threading.Thread(target=daemon.serve_forever, kwargs={"poll_interval": 0.05}).start()
        yield daemon
        daemon.shutdown()
