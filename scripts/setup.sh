# Checks what the build needs outside cargo and installs what it can. Sourced by ./task, because it
# may have to choose a compiler. Debian 12 or Ubuntu; elsewhere it says what to install.

setup_stop() {
	echo "madang: $1" >&2
	exit 1
}

# Installs Debian packages, as root or through sudo without a question.
setup_packages() {
	command -v apt-get >/dev/null || return 1
	local root=()
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
		root=(sudo -n)
	fi
	echo "madang: installing $*" >&2
	if ! "${root[@]}" apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1; then
		"${root[@]}" apt-get update >/dev/null 2>&1 || return 1
		"${root[@]}" apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 || return 1
	fi
}

setup_rust() {
	command -v cargo >/dev/null || [ ! -f "$HOME/.cargo/env" ] || . "$HOME/.cargo/env"
	command -v cargo >/dev/null ||
		setup_stop "Rust is missing: install rustup from https://rustup.rs and run this again."
}

setup_compiler() {
	# clang compiles the one large C++ library of the build, wasm-opt, faster than gcc does.
	if [ -z "${CXX:-}" ] && command -v clang++ >/dev/null; then
		export CXX=clang++
	fi
	command -v "${CXX:-c++}" >/dev/null && command -v "${CC:-cc}" >/dev/null ||
		setup_packages g++ ||
		setup_stop "a C and C++ compiler is missing: install Debian's package g++."
}

setup_protoc() {
	[ -n "${PROTOC:-}" ] || command -v protoc >/dev/null || setup_packages protobuf-compiler ||
		setup_stop "protoc is missing: install Debian's package protobuf-compiler."
}

setup_wasm_target() {
	local sysroot
	sysroot=$(rustc --print sysroot)
	[ ! -d "$sysroot/lib/rustlib/wasm32v1-none" ] || return 0
	if command -v rustup >/dev/null && rustup target add wasm32v1-none >/dev/null 2>&1; then
		return 0
	fi
	# No target to be had: Debian's own Rust comes with the sources of core and alloc. rustc-web is a
	# security update of Debian 12.
	setup_debian_rust ||
		setup_stop "the wasm target is missing: run 'rustup target add wasm32v1-none', or install Debian's packages rustc-web, cargo-web, rust-web-src and lld as root."
	echo "madang: building with Debian's $(rustc --version), because rustup has no wasm target" >&2
}

# Debian's Rust, with the libraries of the wasm target built from its own sources.
setup_debian_rust() {
	if [ ! -x /usr/bin/rustc ] || [ ! -x /usr/bin/cargo ] || [ ! -d /usr/lib/rustlib/src/rust ] ||
		! command -v wasm-ld >/dev/null; then
		setup_packages rustc-web cargo-web rust-web-src lld || return 1
	fi
	export PATH="/usr/bin:$PATH" CARGO_TARGET_WASM32V1_NONE_LINKER=wasm-ld
	local libraries=/usr/lib/rustlib/wasm32v1-none/lib
	[ ! -d "$libraries" ] || return 0

	# The wasm builder looks for the target in the sysroot before it would build the standard
	# library itself, so WASM_BUILD_STD=1 alone does not get past its check.
	local scratch
	scratch=$(mktemp -d)
	mkdir "$scratch/src"
	printf '[package]\nname = "libraries"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$scratch/Cargo.toml"
	printf '#![no_std]\nextern crate alloc;\n' >"$scratch/src/lib.rs"
	echo "madang: building core and alloc for wasm" >&2
	# The runtime is linked with LTO, which needs the bitcode of these libraries too.
	(
		cd "$scratch"
		RUSTFLAGS="-C embed-bitcode=yes" RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$scratch/target" cargo build --quiet --release \
			--target wasm32v1-none -Z build-std=core,alloc
	) || return 1
	mkdir -p "$libraries" 2>/dev/null || return 1
	cp "$scratch"/target/wasm32v1-none/release/deps/lib{core,alloc,compiler_builtins}-*.rlib "$libraries"
	rm -rf "$scratch"
}

# What only `./task collator` needs: the SDK builds it with RocksDB.
setup_libclang() {
	[ -n "${LIBCLANG_PATH:-}" ] || ls /usr/lib/llvm-*/lib/libclang*.so* >/dev/null 2>&1 ||
		setup_packages libclang-dev ||
		setup_stop "libclang is missing: install Debian's package libclang-dev."
}

# What only `./task deny` needs. It is compiled, and not into the target folder of the workspace.
setup_deny() {
	local version=0.20.2
	[ "$(cargo deny --version 2>/dev/null)" != "cargo-deny $version" ] || return 0
	echo "madang: installing cargo-deny $version, which takes a few minutes" >&2
	env -u CARGO_TARGET_DIR cargo install --quiet cargo-deny --version "$version" --locked ||
		setup_stop "cargo-deny is missing: run 'cargo install cargo-deny --version $version --locked'."
}

setup_rust
setup_compiler
setup_protoc
setup_wasm_target
