#!/usr/bin/env bash
# Brings Apache Jena Fuseki (one jar, Apache-2.0) and a Java that runs it into the cache. Does nothing when they are there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version=6.2.0
home=${VAMPIRA_SERVERS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vampira-servers}/fuseki
jar=jena-fuseki-server-$version.jar
"$here/../java-home.sh" >/dev/null
[ -s "$home/$jar" ] && exit 0
mkdir -p "$home"
fresh=$(mktemp -d "$home/fresh-XXXXXX")
trap 'rm -rf "$fresh"' EXIT
mvn --batch-mode --quiet org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact="org.apache.jena:jena-fuseki-server:$version:jar" -DoutputDirectory="$fresh" </dev/null >&2
mv "$fresh/$jar" "$home/$jar"
