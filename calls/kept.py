"""What the storage really holds: joined files, and those that were written for people."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone


JOINED = "joined"  # the folder of the storage that they have to themselves
WRITTEN = "exports"  # and that of the files that are made for people
SETTLED_AFTER = timedelta(hours=1)


def kept_files():
    """The paths of what is kept: folders of two letters, and their files."""
    try:
        folders = default_storage.listdir(JOINED)[0]
    except FileNotFoundError:  # nothing was ever joined
        return
    for folder in folders:
        for name in default_storage.listdir(f"{JOINED}/{folder}")[1]:
            yield f"{JOINED}/{folder}/{name}"


def written_files():
    """The paths of what was written for those who asked for a file of the desk."""
    try:
        names = default_storage.listdir(WRITTEN)[1]
    except FileNotFoundError:  # nobody ever asked
        return
    for name in names:
        yield f"{WRITTEN}/{name}"


def is_settled(path):
    """Whether it came long enough ago for its row to be there."""
    return default_storage.get_modified_time(path) < timezone.now() - SETTLED_AFTER
