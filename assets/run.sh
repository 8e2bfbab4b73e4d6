#!/bin/sh
# Opens Needledrop; without arguments, on the demo show. Installs what the system lacks.
set -eu
cd "$(dirname "$0")/.."
. assets/setup.sh
setup build run
[ "$#" -gt 0 ] || set -- --demo
# shellcheck disable=SC2086
exec cargo run --release --quiet --locked $features -- "$@"
