#!/usr/bin/env bash
# Superset with the dashboards of this folder, on http://127.0.0.1:8088, from the marts in PostgreSQL.
# NTM_SUPERSET_DSN (default NTM_POSTGRES_DSN) should be a login of role ntm_bi. What it keeps lies in <data>/superset.
# With --prepare everything is made ready and nothing is served.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
export NTM_SUPERSET_DSN="${NTM_SUPERSET_DSN:-${NTM_POSTGRES_DSN:-}}"
if [ -z "$NTM_SUPERSET_DSN" ]; then
    echo "Set NTM_SUPERSET_DSN=postgresql://LOGIN@HOST/DATABASE, a login of role ntm_bi (docs/connect.md)." >&2
    exit 2
fi
umask 077
home="${NTM_DATA_DIR:-$root/data}/superset"
mkdir -p "$home"
home=$(cd "$home" && pwd)
env="${NTM_SUPERSET_ENV:-$home/env}"
export NTM_SUPERSET_HOME="$home" SUPERSET_HOME="$home" SUPERSET_CONFIG_PATH="$here/superset_config.py" FLASK_APP=superset

if ! cmp -s "$here/requirements.txt" "$env/installed.txt"; then
    echo "Making Superset's environment (some minutes, once) …"
    [ -x "$env/bin/python" ] || uv venv -q --python 3.11 "$env"
    uv pip install -q --python "$env/bin/python" -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$env/installed.txt"
fi
secret() { "$env/bin/python" -c 'import secrets; print(secrets.token_urlsafe(32))'; }
[ -s "$home/secret_key" ] || secret >"$home/secret_key"
if [ -n "${NTM_SUPERSET_PASSWORD:-}" ]; then
    printf '%s\n' "$NTM_SUPERSET_PASSWORD" >"$home/admin_password"
fi
[ -s "$home/admin_password" ] || secret >"$home/admin_password"

quietly() { "$@" >"$home/prepare.log" 2>&1 || { tail -20 "$home/prepare.log" >&2; exit 3; }; }
rm -rf "$home/bundle"
(cd "$root" && python -m publish.superset_bundle "$home/bundle")
echo "Preparing Superset …"
quietly "$env/bin/superset" db upgrade
quietly "$env/bin/superset" init
password=$(cat "$home/admin_password")
quietly "$env/bin/superset" fab create-admin --username admin --firstname Van --lastname phong \
    --email admin@localhost --password "$password"
quietly "$env/bin/superset" fab reset-password --username admin --password "$password"
quietly "$env/bin/python" "$here/import_assets.py" "$home/bundle"
[ "${1:-}" = "--prepare" ] && exit 0

port="${NTM_SUPERSET_PORT:-8088}"
echo "http://127.0.0.1:$port/dashboard/list/  user: admin  password: in $home/admin_password"
exec "$env/bin/gunicorn" --bind "127.0.0.1:$port" --workers 1 --threads 8 --timeout 120 --log-level warning \
    "superset.app:create_app()"
