import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def temporary(monkeypatch):
    """A short temporary folder of its own, for those who are killed before they tidy up."""
    with tempfile.TemporaryDirectory(prefix="t-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        monkeypatch.setenv("TMPDIR", folder)
        yield folder
