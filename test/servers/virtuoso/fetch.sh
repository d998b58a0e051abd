#!/usr/bin/env bash
# Virtuoso (GPL-2.0, a test server only) comes with the distribution.
set -euo pipefail
command -v virtuoso-t >/dev/null && command -v isql-vt >/dev/null && exit 0
export DEBIAN_FRONTEND=noninteractive
{ apt-get update -qq && apt-get install -y -qq --no-install-recommends virtuoso-opensource-7-bin; } </dev/null >&2
