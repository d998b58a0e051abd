#!/usr/bin/env bash
# Brings the Oxigraph server (MIT or Apache-2.0) into the cache, from the wheel that carries it.
set -euo pipefail
version=0.5.13
cache=${VAMPIRA_SERVERS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vampira-servers}
[ -x "$cache/oxigraph-$version/bin/oxigraph" ] && exit 0
mkdir -p "$cache"
fresh=$(mktemp -d "$cache/fresh-XXXXXX")
trap 'rm -rf "$fresh"' EXIT
python3 -m pip install --quiet --no-deps --only-binary :all: --target "$fresh/oxigraph" "oxigraph==$version" </dev/null >&2
rm -rf "$cache/oxigraph-$version"
mv "$fresh/oxigraph" "$cache/oxigraph-$version"
