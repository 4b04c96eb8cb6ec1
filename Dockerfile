# The portal as one small image: web, worker and beat differ by their command alone.
FROM python:3.11-slim AS build
WORKDIR /portal
COPY requirements requirements
RUN python -m venv /venv && pip install --no-cache-dir --require-hashes -r requirements/uv.txt
RUN uv pip sync --no-cache --python /venv/bin/python --require-hashes requirements/dev.txt
COPY . .
# A key for this step alone: nothing of it stays in the image.
RUN /venv/bin/python -m devtools.catalogues compile \
 && SECRET_KEY=$(/venv/bin/python -c "import secrets; print(secrets.token_hex(32))") \
    ALLOWED_HOSTS=build HASHED_STATIC=true /venv/bin/python manage.py collectstatic --noinput \
 && uv pip sync --no-cache --python /venv/bin/python --require-hashes requirements/base.txt \
 && rm -rf devtools requirements \
 && mkdir -p var/beat var/media

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin portal
COPY --from=build /venv /venv
COPY --from=build /portal /portal
# The code belongs to root; the portal writes beat's notes and nothing else.
RUN chown -R portal /portal/var/beat /portal/var/media
WORKDIR /portal
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HASHED_STATIC=true
USER portal
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", \
  "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0]}), timeout=4)"]
CMD ["gunicorn", "--config", "python:incubator.gunicorn"]
