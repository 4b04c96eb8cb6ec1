from django.conf import settings


def site(request):
    """What the shell of every page shows; no query."""
    return {"SITE_NAME": settings.SITE_NAME}
