"""Keeping and reading files, whatever keeps them: every fault of a storage is an OSError.

A disk raises OSError; what speaks to a remote storage raises errors of its own library.
"""

from django.core.files.storage import default_storage


def keep(path, file):
    """Write a file; the path where it really is."""
    try:
        return default_storage.save(path, file)
    except Exception as fault:
        raise OSError(f"not kept: {fault}") from fault


def read(path):
    """The bytes of a file that is small enough for the memory: joined files are."""
    try:
        with default_storage.open(path) as content:
            return content.read()
    except Exception as fault:
        raise OSError(f"not read: {fault}") from fault
