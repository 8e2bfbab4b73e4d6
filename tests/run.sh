#!/bin/sh
# Runs every check of the project: formatting, lints, tests, documentation. Installs what the
# system lacks. No screen, sound card or network is needed once the dependencies are there.
set -eu
cd "$(dirname "$0")/.."
. assets/setup.sh
setup build test
export RUSTDOCFLAGS="-D warnings"
set -x
cargo fmt --check
# shellcheck disable=SC2086
{
    cargo clippy --locked --all-targets $features -- -D warnings
    cargo test --locked $features
    cargo doc --locked --no-deps --document-private-items $features
}
