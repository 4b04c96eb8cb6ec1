"""What arrives with a form: a file too large is read to its end, kept nowhere, and told so."""

import io

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


MOST_BYTES = 10 * 1024 * 1024  # of one file


class OversizedFile(UploadedFile):
    """A file without its content: its name and its true size, for the sentence on the page."""


class BoundedUploads(FileUploadHandler):
    """Stop keeping a file past the limit, before it fills the memory or the disk.

    The request is read to its end all the same: cut short, a browser would show a broken
    connection instead of the page that says what is wrong. Before the handlers that keep.
    """

    def receive_data_chunk(self, raw_data, start):
        return raw_data if start + len(raw_data) <= MOST_BYTES else None

    def file_complete(self, file_size):
        if file_size > MOST_BYTES:
            return OversizedFile(io.BytesIO(), self.file_name, self.content_type, file_size)
