#!/bin/sh
# Makes wasm32-unknown-unknown buildable. Prints the rustup toolchain to build the page with; nothing where the
# ordinary one can do it. Messages go to stderr.
#
# 1. The active rustc already builds for the target: nothing is done.
# 2. `rustup target add`.
# 3. Debian and its kin: compiler and library sources as packages; the library is built once into /usr/lib/rustlib.
#    Where rustup is, /usr is linked as its toolchain "debian-web".
# RONGHE_WASM=rustup or =debian tries that way only.
set -eu

target=wasm32-unknown-unknown
library=/usr/lib/rustlib/$target/lib
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

say() { echo "wasm: $*" >&2; }
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }
wanted() { [ "${RONGHE_WASM:-$1}" = "$1" ]; }

# Compiles and links in earnest: proves the library, its bitcode (for lto) and the linker at once.
probe() {
    echo '#[unsafe(no_mangle)] pub extern "C" fn f(n: u32) -> usize { format!("{n}").len() }' >"$scratch/probe.rs"
    "$@" --edition 2024 --crate-type cdylib --target "$target" -O -C lto=fat -C panic=abort \
        -o "$scratch/probe.wasm" "$scratch/probe.rs" >"$scratch/log" 2>&1
}

by_rustup() {
    command -v rustup >/dev/null || return 1
    rustup target add "$target" >&2 || rustup target add "$target" >&2 || return 1
    probe rustc
}

install_packages() {
    packages="rustc-web cargo-web rust-web-src rust-web-llvm gcc libc6-dev"
    # shellcheck disable=SC2086
    if command -v rust-lld >/dev/null && dpkg -s $packages >/dev/null 2>&1; then return 0; fi
    as_root apt-get -qq update >&2 || true
    # The linker must be of the compiler's own LLVM.
    llvm=$(apt-cache depends rust-web-llvm 2>/dev/null | sed -n 's/.*Depends: llvm-\([0-9]*\)$/\1/p' | head -n 1)
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
        $packages "lld${llvm:+-$llvm}" >&2
}

build_library() {
    say "building the standard library for $target, once"
    mkdir -p "$scratch/seed/src" "$scratch/lib"
    echo '#![no_std]' >"$scratch/seed/src/lib.rs"
    cat >"$scratch/seed/Cargo.toml" <<'MANIFEST'
[package]
name = "seed"
version = "0.0.0"
edition = "2024"
[workspace]
[profile.release]
panic = "abort"
MANIFEST
    (
        cd "$scratch/seed"
        env -u RUSTUP_TOOLCHAIN -u RUSTC_WRAPPER -u CARGO_TARGET_DIR RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
            RUSTFLAGS="-C embed-bitcode=yes" /usr/bin/cargo build -q --release --target "$target" \
            --target-dir "$scratch/target" -Z build-std=std,panic_abort >&2
    )
    find "$scratch/target/$target/release" -name '*.rlib' ! -name '*seed*' -exec cp {} "$scratch/lib/" \;
    as_root rm -rf "$library"
    as_root mkdir -p "${library%/*}"
    as_root cp -R "$scratch/lib" "$library"
    as_root chmod -R a+rX "$library"
}

by_debian() {
    command -v apt-get >/dev/null || return 1
    install_packages || return 1
    probe /usr/bin/rustc || build_library || return 1
    probe /usr/bin/rustc || return 1
    if command -v rustup >/dev/null; then rustup toolchain link debian-web /usr >&2 && echo debian-web; fi
}

if probe rustc; then :
elif wanted rustup && by_rustup; then say "rustup added $target"
elif wanted debian && by_debian; then say "$(/usr/bin/rustc -V) builds for $target"
else
    say "found no way to build for $target: $(tail -n 3 "$scratch/log" 2>/dev/null)"
    exit 1
fi
