#!/usr/bin/env bash
# Asks a real Nominatim: sets one up from an extract of Monaco, runs the tests that need it, and takes it down.
# Needs Debian's postgresql-15-postgis-3 and osm2pgsql, or those of a later PostgreSQL; `make test-nominatim` does the rest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

extract="$(cd .. && pwd)/shared/osm/monaco-2026-03.osm.pbf"
if [ ! -f "$extract" ]; then
    echo "Skipped: there is no ../shared/osm beside the checkout."
    exit 0
fi
postgres=$(find /usr/lib/postgresql -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -1)
if [ -z "$postgres" ] || ! command -v osm2pgsql > /dev/null; then
    echo "Install postgresql-15-postgis-3 and osm2pgsql first."
    exit 1
fi

python="$PWD/.venv/bin/python"
nominatim="$PWD/build/nominatim/bin/nominatim"
work=$(mktemp -d)
as_postgres=()
if [ "$(id -u)" = 0 ]; then # which PostgreSQL does not run as
    chown postgres "$work"
    as_postgres=(runuser -u postgres --)
fi
server=""
take_down() {
    [ -z "$server" ] || kill "$server" 2> /dev/null || true
    "${as_postgres[@]}" "$postgres/pg_ctl" -D "$work/data" -m immediate stop > /dev/null 2>&1 || true
    rm -rf "$work"
}
trap take_down EXIT

"${as_postgres[@]}" "$postgres/initdb" -D "$work/data" -A trust -U nominatim > /dev/null
"${as_postgres[@]}" "$postgres/pg_ctl" -D "$work/data" -w -l "$work/data/log" \
    -o "-c listen_addresses='' -c unix_socket_directories=$work -c fsync=off" start > /dev/null

export NOMINATIM_DATABASE_DSN="pgsql:dbname=nominatim;host=$work;user=nominatim"
export NOMINATIM_DATABASE_WEBUSER=nominatim NOMINATIM_IMPORT_STYLE=address
mkdir "$work/project"
(cd "$work/project" && "$nominatim" import --offline --osm-file "$extract" --threads 1 > "$work/import.log" 2>&1) ||
    { tail -20 "$work/import.log"; exit 1; }

port=$("$python" -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
(cd "$work/project" && exec "$nominatim" serve --server "127.0.0.1:$port" > "$work/serve.log" 2>&1) &
server=$!
for _ in $(seq 100); do
    curl --silent --fail --output /dev/null "http://127.0.0.1:$port/status" && break
    sleep 0.1
done
NOMINATIM_URL="http://127.0.0.1:$port" "$python" -m pytest --quiet tests/adapters/test_nominatim.py "$@"
