#!/usr/bin/env bash
# start.sh PORT DATADIR: Fuseki in the foreground on 127.0.0.1, a TDB2 dataset at /ds; ready when GET /$/ping answers.
# With VAMPIRA_TEST_PASSWORD set it asks for it: user `writer` may do everything, user `reader` only ask.
set -euo pipefail
port=$1 data=$2
here=$(cd "$(dirname "$0")" && pwd)
home=${VAMPIRA_SERVERS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vampira-servers}/fuseki
java=$("$here/../java-home.sh")/bin/java
mkdir -p "$data/ds"
if [ -n "${VAMPIRA_TEST_PASSWORD:-}" ]; then
  printf 'writer: %s\nreader: %s\n' "$VAMPIRA_TEST_PASSWORD" "$VAMPIRA_TEST_PASSWORD" >"$data/passwords"
  sed "s|@LOCATION@|$data/ds|" "$here/guarded.ttl" >"$data/config.ttl"
  dataset=(--passwd="$data/passwords" --auth=basic --config="$data/config.ttl")
else
  dataset=(--tdb2 --loc="$data/ds" --update /ds)
fi
exec "$java" -Xmx1g -XX:+UseSerialGC -Djava.awt.headless=true -Djava.net.preferIPv4Stack=true \
  -cp "$home/jena-fuseki-server-6.2.0.jar" org.apache.jena.fuseki.main.cmds.FusekiMainCmd \
  --port="$port" --localhost --ping --no-cors "${dataset[@]}"
