"""How gunicorn serves the portal: `gunicorn --config python:incubator.gunicorn`."""

import os

from django.conf import settings


wsgi_app = "incubator.wsgi"
bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
preload_app = True  # one copy of the code for all workers
control_socket_disable = True
timeout = 30
graceful_timeout = 10
# A leak never grows old.
max_requests = 5000
max_requests_jitter = 500
logconfig_dict = settings.LOGGING
