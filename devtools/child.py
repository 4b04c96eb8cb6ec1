"""Child processes that die with us, and that are nobody when we are root.

PostgreSQL refuses to run as root. As nobody it must still reach its binaries and data below a home
that only root may enter, so it keeps the one capability that lets it through, and the bit without
which access(2) would answer as if it had none.
"""

import ctypes
import os
import signal
import subprocess


NOBODY = 65534
PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_SET_SECUREBITS = 1, 8, 28
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2
NO_SETUID_FIXUP = 1 << 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522
libc = ctypes.CDLL(None, use_errno=True)


def become_nobody():
    libc.prctl(PR_SET_SECUREBITS, NO_SETUID_FIXUP, 0, 0, 0)
    libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    kept = 1 << CAP_DAC_OVERRIDE
    sets = (ctypes.c_uint32 * 6)(kept, kept, kept, 0, 0, 0)
    if libc.capset(header, sets) == 0:
        libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


def before_exec(*, unprivileged, last_signal):
    def prepare():
        if unprivileged and os.geteuid() == 0:
            become_nobody()
        # After the change of user, which forgets it.
        libc.prctl(PR_SET_PDEATHSIG, last_signal, 0, 0, 0)

    return prepare


def start(args, *, unprivileged=False, last_signal=signal.SIGTERM, **options):
    """A child in a process group of its own: Ctrl-C is for us, `last_signal` for when we die."""
    prepare = before_exec(unprivileged=unprivileged, last_signal=last_signal)
    return subprocess.Popen(args, process_group=0, preexec_fn=prepare, **options)


def finish(args, **options):
    """Run to its end; an error carries what the command said."""
    child = start(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    said, _ = child.communicate()
    if child.returncode:
        raise RuntimeError(f"{args[0]} failed: {said}")


def stop(child, how=signal.SIGTERM, *, patience=15):
    """Ask once, wait, then insist."""
    if child.poll() is None:
        child.send_signal(how)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
