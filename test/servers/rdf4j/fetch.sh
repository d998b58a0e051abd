#!/usr/bin/env bash
# Brings RDF4J Server (EDL) and a servlet container for it (Jetty, EPL/Apache-2.0) into the cache.
set -euo pipefail
rdf4j=4.1.3 jetty=10.0.26
cache=${VAMPIRA_SERVERS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vampira-servers}
home=$cache/rdf4j-$rdf4j
"$(dirname "$0")/../java-home.sh" >/dev/null
[ -s "$home/jetty-runner.jar" ] && exit 0
mkdir -p "$cache"
fresh=$(mktemp -d "$cache/fresh-XXXXXX")
trap 'rm -rf "$fresh"' EXIT
for artifact in "org.eclipse.jetty:jetty-runner:$jetty:jar" "org.eclipse.rdf4j:rdf4j-http-server:$rdf4j:war"; do
  mvn --batch-mode --quiet org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$artifact" \
    -Dmdep.stripVersion=true -DoutputDirectory="$fresh/home" </dev/null >&2
done
python3 -m zipfile -e "$fresh/home/rdf4j-http-server.war" "$fresh/home/webapp"
rm -rf "$home" "$fresh/home/rdf4j-http-server.war"
mv "$fresh/home" "$home"
