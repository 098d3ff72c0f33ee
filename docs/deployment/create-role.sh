#!/bin/sh
# Run once by the postgres image on an empty volume: the application's own role is neither superuser nor exempt from
# row-level security, because a superuser would see every school.
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --set=password="$POSTGRES_PASSWORD" <<'SQL'
CREATE ROLE safeguard LOGIN NOSUPERUSER NOCREATEDB NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE safeguard OWNER safeguard;
\connect safeguard
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS unaccent;
SQL
