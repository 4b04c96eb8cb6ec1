"""The static files that collectstatic leaves out of the image."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """DSFR ships each component twice more, by itself and for old browsers; no page asks for it."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *["component", "legacy", "layout", "scheme", "analytics", "core", "icon-picker"],
        *["*.legacy.min.css", "*.main.min.css"],
    ]
