"""The files of a built image: hashed, compressed, kept for ever, and all there."""

import re

import pytest
from django.core.management import call_command
from django.test import Client


@pytest.fixture
def hashed(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", verbosity=0, interactive=False)
    return settings.STATIC_ROOT


def test_a_page_links_to_hashed_files_that_exist(hashed):
    client = Client()
    page = client.get("/nulle-part/")

    links = re.findall(r'(?:href|src)="(/static/[^"#]+)', page.content.decode())
    assert len(links) >= 3
    for link in links:
        answer = client.get(link, headers={"accept-encoding": "br"})
        assert answer.status_code == 200, link
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", link), link
        assert "immutable" in answer["Cache-Control"], link
        if link.endswith((".css", ".js")):
            assert answer["Content-Encoding"] == "br", link

    kept = sum(path.stat().st_size for path in hashed.rglob("*") if path.is_file())
    assert kept < 25 * 1024 * 1024
