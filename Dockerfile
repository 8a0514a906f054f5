# One image for web, worker and beat: the runtime lock alone, no test tools, no database binaries.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DEMARCHE_PRODUCTION=1

RUN useradd --system --uid 10001 --home-dir /srv/demarche demarche \
    && mkdir -p /srv/demarche/snapshots \
    && chown demarche /srv/demarche/snapshots

WORKDIR /srv/demarche
# S3=1: also what a snapshot store in a bucket needs.
ARG S3=0
COPY requirements/runtime.lock requirements/s3.lock requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/runtime.lock \
    && if [ "$S3" = 1 ]; then pip install --no-cache-dir --require-hashes -r requirements/s3.lock; fi
COPY manage.py ./
COPY config config
COPY history history
COPY sources sources
COPY statements statements
COPY newsroom newsroom
COPY templates templates
COPY static static

# Collecting needs no secret and no server, only that the settings load.
RUN DEMARCHE_SECRET_KEY=collecting DEMARCHE_ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgresql://unused@unused/unused REDIS_URL=redis://unused \
    python manage.py collectstatic --noinput

USER demarche
VOLUME /srv/demarche/snapshots
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--config", "python:config.gunicorn"]
