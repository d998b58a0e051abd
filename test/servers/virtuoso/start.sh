#!/usr/bin/env bash
# start.sh PORT DATADIR: Virtuoso in the foreground on 127.0.0.1 over a fresh database; anybody may write through /sparql
# and /sparql-graph-crud. Ready when DATADIR/ready is there: it answers before it allows.
set -euo pipefail
port=$1
mkdir -p "$2"
data=$(cd "$2" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
# Its SQL port, on which it is set up, has to be some other free one.
sql=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
sed "s|@DATA@|$data|; s|@HTTP@|$port|; s|@SQL@|$sql|" "$here/virtuoso.ini" >"$data/virtuoso.ini"
rm -f "$data/ready"
(
  for _ in $(seq 300); do
    # isql says that it failed in what it prints, not by its exit code.
    if said=$(isql-vt "127.0.0.1:$sql" dba dba "$here/allow-writing.sql" 2>&1) && ! grep -q '^\*\*\* Error' <<<"$said"; then
      : >"$data/ready"
      exit
    fi
    sleep 0.2
  done
) &
exec virtuoso-t +configfile "$data/virtuoso.ini" +foreground
