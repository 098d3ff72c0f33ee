# syntax=docker/dockerfile:1
# Production image: the styles built once with Node, then Python with locked packages, without a compiler,
# without the embedded database, running as an ordinary user.

FROM node:22-slim AS styles
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY scripts scripts
COPY static static
RUN npm run build

FROM python:3.13-slim AS packages
COPY requirements/production.lock /tmp/production.lock
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r /tmp/production.lock

FROM python:3.13-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --shell /usr/sbin/nologin safeguard \
    && install -d -o safeguard -g safeguard /data /data/media
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    DJANGO_SETTINGS_MODULE=safeguard.settings \
    SAFEGUARD_ENV=production \
    SAFEGUARD_VAR=/data \
    STATIC_ROOT=/app/static-collected \
    HOST=0.0.0.0 \
    PORT=8000
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
COPY --from=styles /build/static/dist static/dist
# Collecting needs settings that load, but none of the real ones.
RUN SAFEGUARD_ENV=development SAFEGUARD_VAR=/tmp/build STATIC_MANIFEST=1 \
    DATABASE_URL=postgresql://none/none REDIS_URL=redis://none \
    python manage.py collectstatic --noinput \
    && rm -rf /tmp/build
USER safeguard
EXPOSE 8000
CMD ["gunicorn", "--config", "python:safeguard.gunicorn_config"]
