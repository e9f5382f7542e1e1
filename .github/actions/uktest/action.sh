#!/usr/bin/env bash
# What the action does between its uploads: `prepare` finds or builds uktest, installs what the machine needs and names the
# cache; `run` runs uktest once, tells the counts, and ends as uktest did. It reads its inputs from INPUT_* only.
set -euo pipefail
# Else a failure inside $(…) would go on.
shopt -s inherit_errexit

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

say() { printf 'uktest: %s\n' "$1" >&2; }

# Ends the step with an annotation; a text of an input may hold what GitHub reads as a command.
refuse() {
	local text="${1//'%'/%25}"
	text="${text//$'\r'/%0D}"
	printf '::error title=uktest::%s\n' "${text//$'\n'/%0A}"
	exit 2
}

output() {
	case "$2" in *$'\n'*) refuse "$1 has more than one line" ;; esac
	printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}

is_on() {
	case "$2" in
	true) return 0 ;;
	false | "") return 1 ;;
	*) refuse "$1 is true or false, and not $2" ;;
	esac
}

enter() {
	cd -- "${INPUT_WORKING_DIRECTORY:-.}" || refuse "there is no folder ${INPUT_WORKING_DIRECTORY:-.}"
}

# The project's own uktest, where its lock file has one; else that of the action's own commit, built once.
program() {
	local folder="$PWD" root
	while [ "$folder" != / ] && [ -n "$folder" ]; do
		if [ -e "$folder/node_modules/uktest/dist/bin/uktest/uktest.cjs" ]; then
			printf '%s\n' "$folder/node_modules/uktest/dist/bin/uktest/uktest.cjs"
			return
		fi
		[ "$folder" != "${GITHUB_WORKSPACE:-/}" ] || break
		folder="$(dirname "$folder")"
	done
	root="$(cd "$HERE/../../.." && pwd)"
	if [ ! -e "$root/dist/bin/uktest/uktest.cjs" ]; then
		say "building uktest in $root"
		# Building needs what a release does not.
		(cd "$root" && NODE_ENV=development npm ci --include=dev --no-audit --no-fund) >&2
	fi
	printf '%s\n' "$root/dist/bin/uktest/uktest.cjs"
}

# The machine that an image needs, as its ELF header says; into `machine`.
machine_of_image() {
	[ -f "$INPUT_IMAGE" ] || refuse "there is no image $INPUT_IMAGE: build it in a step before"
	case "$(od -An -tu2 -j18 -N2 -- "$INPUT_IMAGE" | tr -d ' ')" in
	3) machine=qemu-i386 ;;
	62) machine=qemu-x86_64 ;;
	183) machine=qemu-arm64 ;;
	*) refuse "$INPUT_IMAGE is no ELF image of a machine that uktest knows" ;;
	esac
}

# Lines of `program package`: what has to be there. An image that is built already needs no compiler.
needs() {
	local machine="$1" here
	here="$(uname -m)"
	case "$machine" in
	qemu-x86_64) echo "qemu-system-x86_64 qemu-system-x86" ;;
	qemu-i386) echo "qemu-system-i386 qemu-system-x86" ;;
	qemu-arm64) echo "qemu-system-aarch64 qemu-system-arm" ;;
	esac
	[ -z "${INPUT_IMAGE:-}" ] || return 0
	case "$machine-$here" in
	qemu-arm64-aarch64 | qemu-x86_64-x86_64 | qemu-i386-x86_64 | v86-x86_64 | auto-*)
		echo "gcc gcc"
		echo "ld binutils"
		;;
	qemu-arm64-*)
		echo "aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu"
		echo "aarch64-linux-gnu-ld binutils-aarch64-linux-gnu"
		;;
	qemu-x86_64-*)
		echo "x86_64-linux-gnu-gcc gcc-x86-64-linux-gnu"
		echo "x86_64-linux-gnu-ld binutils-x86-64-linux-gnu"
		;;
	*)
		echo "i686-linux-gnu-gcc gcc-i686-linux-gnu"
		echo "i686-linux-gnu-ld binutils-i686-linux-gnu"
		;;
	esac
}

install() {
	local tool package packages=() root=()
	while read -r tool package; do
		command -v "$tool" >/dev/null || packages+=("$package")
	done < <(needs "$1")
	[ "${#packages[@]}" -gt 0 ] || return 0
	command -v apt-get >/dev/null ||
		refuse "missing: ${packages[*]}; this runner has no apt-get, install them in a step before"
	say "installing ${packages[*]}"
	[ "$(id -u)" = 0 ] || root=(sudo)
	"${root[@]}" apt-get update -q >&2
	"${root[@]}" env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -q --no-install-recommends "${packages[@]}" >&2
}

digest() { sha256sum | cut -c1-24; }

# A build is good for the compiler that made it, in the folders it was made in; the sources decide how good.
cache() {
	local prefix sources compilers
	compilers="$(for tool in gcc aarch64-linux-gnu-gcc i686-linux-gnu-gcc x86_64-linux-gnu-gcc; do
		! command -v "$tool" >/dev/null || "$tool" --version | head -n 1
	done)"
	prefix="$(printf '%s\n' "$1" "$2" "$PWD" "$compilers" | digest)"
	sources="$( (git ls-files -s . && git diff HEAD -- .) 2>/dev/null || echo "${GITHUB_RUN_ID:-0}")"
	output build "$PWD/.uktest/build"
	output cache-prefix "uktest-$prefix-"
	output cache-key "uktest-$prefix-$(printf '%s' "$sources" | digest)"
}

prepare() {
	enter
	command -v node >/dev/null || refuse "Node 20.19 or later is needed: put actions/setup-node in front"
	local machine="${INPUT_MACHINE:-auto}" uktest
	if [ -z "${INPUT_MERGE:-}" ]; then
		if [ "$machine" = auto ] && [ -n "${INPUT_IMAGE:-}" ]; then machine_of_image; fi
		if is_on install "${INPUT_INSTALL:-true}"; then install "$machine"; fi
	fi
	uktest="$(program)"
	output program "$uktest"
	output folder "$(mktemp -d "${RUNNER_TEMP:?}/uktest-XXXXXX")"
	if is_on cache "${INPUT_CACHE:-true}" && [ -z "${INPUT_IMAGE:-}${INPUT_MERGE:-}" ]; then
		cache "$machine" "$uktest"
	fi
}

# Counts and verdict out of the JSON report; without one nothing was judged.
tell() {
	node -e '
		const { existsSync, readFileSync } = require("node:fs");
		const [path] = process.argv.slice(1);
		const { verdict = "error", counts = {} } = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
		const keys = ["cases", "passed", "failed", "crashed", "timed-out", "skipped", "not-run", "findings", "faults"];
		console.log(`verdict=${verdict}`);
		for (const key of keys) console.log(`${key}=${Number(counts[key] ?? 0)}`);
	' -- "$1" >>"$GITHUB_OUTPUT"
}

there() { [ ! -s "$2" ] || output "$1" "$2"; }

run() {
	enter
	local words=() patterns=() line code=0 record
	with() { [ -z "$2" ] || words+=("--$1=$2"); }
	if [ -n "${INPUT_MERGE:-}" ]; then
		words=(merge)
		with expect "${INPUT_EXPECT:-}"
		patterns=("$INPUT_MERGE")
		record="$FOLDER/events.jsonl"
		words+=(--reporter="events=$record")
	else
		words=(run)
		with image "${INPUT_IMAGE:-}"
		with symbols "${INPUT_SYMBOLS:-}"
		with machine "${INPUT_MACHINE:-auto}"
		with profile "${INPUT_PROFILE:-}"
		with ubsan "${INPUT_UBSAN:-fail}"
		with shard "${INPUT_SHARD:-}"
		with times "${INPUT_TIMES:-}"
		with retries "${INPUT_RETRIES:-0}"
		words+=(--record="$FOLDER/record")
		record="$FOLDER/record/run-0001/events.jsonl"
		# Words between blanks and ends of lines; a star is for uktest and not for the shell.
		read -r -d '' -a patterns <<<"${INPUT_PATTERN:-}" || true
	fi
	with baseline "${INPUT_BASELINE:-}"
	if is_on only-new "${INPUT_ONLY_NEW:-false}"; then words+=(--only-new); fi
	with quarantine "${INPUT_QUARANTINE:-}"
	while IFS= read -r line; do
		[ -z "$line" ] || words+=("$line")
	done <<<"${INPUT_ARGUMENTS:-}"
	words+=(--color=always --reporter=pretty)
	words+=(--reporter="junit=$FOLDER/junit.xml" --reporter="sarif=$FOLDER/uktest.sarif" --reporter="json=$FOLDER/run.json")
	node "$PROGRAM" "${words[@]}" -- ${patterns[@]+"${patterns[@]}"} || code=$?
	tell "$FOLDER/run.json"
	output exit-code "$code"
	there record "$record"
	there junit "$FOLDER/junit.xml"
	there sarif "$FOLDER/uktest.sarif"
	exit "$code"
}

case "${1:-}" in
prepare | run) "$1" ;;
*) refuse "prepare or run, and not ${1:-nothing}" ;;
esac
