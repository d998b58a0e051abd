#!/usr/bin/env bash
# start.sh PORT DATADIR: Oxigraph in the foreground on 127.0.0.1; ready when GET / answers.
set -euo pipefail
port=$1 data=$2
cache=${VAMPIRA_SERVERS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vampira-servers}
mkdir -p "$data"
exec "$cache/oxigraph-0.5.13/bin/oxigraph" serve --location "$data" --bind "127.0.0.1:$port"
