#!/usr/bin/env bash
# start.sh PORT DATADIR: RDF4J Server in the foreground on 127.0.0.1, with a native repository `runs`;
# ready when GET /rdf4j-server/repositories/runs/size answers.
set -euo pipefail
port=$1 data=$2
here=$(cd "$(dirname "$0")" && pwd)
home=${VAMPIRA_SERVERS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vampira-servers}/rdf4j-4.1.3
java=$("$here/../java-home.sh")/bin/java
mkdir -p "$data/tmp"
# The repository is made over HTTP as soon as the server answers.
(
  for _ in $(seq 300); do
    curl --silent --fail --output /dev/null --request PUT --header 'content-type: text/turtle' \
      --data-binary "@$here/repository.ttl" "http://127.0.0.1:$port/rdf4j-server/repositories/runs" && exit
    sleep 0.2
  done
) &
exec "$java" -Xmx1g -XX:+UseSerialGC -Djava.awt.headless=true -Djava.net.preferIPv4Stack=true \
  -Djava.io.tmpdir="$data/tmp" -Dorg.eclipse.rdf4j.appdata.basedir="$data" \
  -Dorg.eclipse.jetty.server.Request.maxFormContentSize=50000000 \
  -jar "$home/jetty-runner.jar" --host 127.0.0.1 --port "$port" --path /rdf4j-server "$home/webapp"
