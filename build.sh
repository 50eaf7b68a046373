#!/usr/bin/env bash
# The only front door. Given: git, a C compiler, cargo (through rustup), node and npm. Everything else is installed here, once.
set -euo pipefail
cd "$(dirname "$0")"
ROOT=$PWD

BROWSERS="chromium firefox"
MODULES="core pages verify pdf"
# Nothing is inlined here: large functions number their locals with more bytes, none of them alike, and the module would be a tenth larger after gzip.
# Functions stand in the order of their names, which are then stripped: those compiled once per type are alike, and gzip sees only 32 kB back.
# Exactly these features: `--all-features` emits modules that no engine loads, and older versions of the tool break the externref table in silence.
WASM_FEATURES="--enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals
  --enable-reference-types --enable-multivalue --enable-simd"
WASM_OPT_FLAGS="-Oz --one-caller-inline-max-function-size=0 --always-inline-max-function-size=0 $WASM_FEATURES -g --reorder-functions-by-name"
# Ceilings in bytes: those of the design, but for the ZIP (there 3 500 000), over it since the fonts and the second voice came: to be brought back.
CORE_GZIP=700000 PAGES_GZIP=900000 VERIFY_GZIP=350000 PDF_GZIP=800000 FONTS=1200000 ZIP_SIZE=3700000
# The size of the page archiver that this is compared with (SingleFile's extension package).
SINGLEFILE=1290000

usage() {
  cat <<'TEXT'
./build.sh COMMAND
  run [--headless]  the demo: a browser with the extension on a local feed; headless, it captures a post by itself and leaves target/demo/
  test              every ring: native, wasm in a browser, check, end to end in Chromium and Firefox
  check             format, clippy, layers, size ceilings, web-ext lint, no hook and no build path in what is shipped
  wasm              the modules, in target/wasm/
  package           target/ext/FLAVOUR/BROWSER/ and target/dist/*.zip, flavours release and demo
  e2e [FILE…]       end to end only; BROWSER=chromium or BROWSER=firefox for one
  bench             sizes, a second build elsewhere: the same bytes; how long a suggestion takes in Chromium
  speed             the last of these alone
  fuzz [SECONDS [SEED]]  altered inputs at every reader of untrusted bytes, 600 s in all; finds stay in target/fuzz
  fuzz --replay FILE     one of them again
  setup             installs what is missing (done by the others as they need it)
Browsers that are elsewhere: CHROMIUM, FIREFOX, CHROMEDRIVER.
TEXT
}

say() { printf '\n== %s\n' "$*"; }
die() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# ── What it needs ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

setup() { setup_rust; setup_npm; setup_system; }

setup_rust() {
  has cargo || die "cargo is missing: install Rust through rustup"
  # rust-toolchain.toml names the target; a toolchain that came without rustup must have it already.
  if has rustup && ! rustup target list --installed | grep -qx wasm32-unknown-unknown; then rustup target add wasm32-unknown-unknown; fi
  [ "$(locked_version Cargo.lock wasm-bindgen)" = "$(locked_version tests/tools/Cargo.lock wasm-bindgen-cli)" ] ||
    die "tests/tools must bring wasm-bindgen-cli at the version of wasm-bindgen in Cargo.lock ($(locked_version Cargo.lock wasm-bindgen))"
  cargo build --quiet --locked --manifest-path tests/tools/Cargo.toml --target-dir target/tools
}

locked_version() { sed -n "/^name = \"$2\"\$/{n;s/^version = \"\(.*\)\"\$/\1/p;}" "$1"; }

setup_npm() {
  has node && has npm || die "node (20 or later) and npm are missing"
  [ tests/e2e/node_modules/.package-lock.json -nt tests/e2e/package-lock.json ] || (cd tests/e2e && npm ci --no-audit --no-fund && touch node_modules/.package-lock.json)
}

# Browsers and small tools: installed where we may, else named in one line.
setup_system() {
  local missing=""
  [ -n "${CHROMIUM:-}" ] || first_of /usr/bin/chromium /usr/bin/chromium-browser /Applications/Chromium.app >/dev/null || missing+=" chromium"
  [ -n "${CHROMEDRIVER:-}" ] || has chromedriver || missing+=" chromium-driver"
  [ -n "${FIREFOX:-}" ] || first_of /usr/bin/firefox-esr /usr/bin/firefox /Applications/Firefox.app >/dev/null || missing+=" firefox-esr"
  local tool
  for tool in openssl unzip zip; do has $tool || missing+=" $tool"; done
  if has dpkg-query; then
    local package # fonts, the French texts of the browsers, and what reads PDFs in the tests
    for package in fonts-noto-core fonts-noto-color-emoji chromium-l10n firefox-esr-l10n-fr poppler-utils qpdf; do
      dpkg-query -W -f '${Status}' $package 2>/dev/null | grep -q 'install ok' || missing+=" $package"
    done
  fi
  [ -n "$missing" ] || return 0
  if has apt-get && [ "$(id -u)" = 0 ]; then
    say "Debian packages:$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -q update && apt-get -q -o DPkg::Lock::Timeout=500 install -y --no-install-recommends $missing
  elif has apt-get; then die "missing: sudo apt-get install --no-install-recommends$missing"
  elif has brew; then die "missing:$missing — brew install --cask chromium firefox chromedriver; brew install openssl zip (or set CHROMIUM, FIREFOX, CHROMEDRIVER)"
  else die "missing:$missing (or set CHROMIUM, FIREFOX, CHROMEDRIVER to their paths)"; fi
}

first_of() { local path; for path; do [ -e "$path" ] && { echo "$path"; return; }; done; return 1; }

# ── What is shipped ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

version() { sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1; }

wasm() {
  setup_rust
  setup_npm
  local flavour module
  for flavour in ${*:-release demo}; do
    for module in $MODULES; do build_module "$flavour" "$module"; done
  done
}

build_module() {
  local flavour=$1 module=$2 out=target/wasm/$1 features=module-$2
  [ "$flavour" = release ] || features=$features,flavour-demo
  mkdir -p "$out"
  if up_to_date "$out/$module"; then return; fi
  rm -f "$out/$module".*
  touch "$out/$module.started"
  CARGO_ENCODED_RUSTFLAGS=$(remapped_paths) \
    cargo build --quiet --release --locked --lib --target wasm32-unknown-unknown --no-default-features --features "$features"
  local raw=target/wasm32-unknown-unknown/release/temoin.wasm
  # background.js starts a new instance after a panic: for that the glue needs its reset function.
  target/tools/debug/bindgen --target web --no-typescript --remove-producers-section --experimental-reset-state-function --out-name "$module" --out-dir "$out" $raw
  # shellcheck disable=SC2086 — a list of flags
  tests/e2e/node_modules/.bin/wasm-opt $WASM_OPT_FLAGS "$out/${module}_bg.wasm" -o "$out/$module.named"
  # shellcheck disable=SC2086
  tests/e2e/node_modules/.bin/wasm-opt $WASM_FEATURES --strip-debug --strip-producers "$out/$module.named" -o "$out/$module.opt"
  rm "$out/$module.named"
  node -e 'if (!WebAssembly.validate(require("fs").readFileSync(process.argv[1]))) { console.error(process.argv[1] + ": no engine would load it"); process.exit(1) }' "$out/$module.opt"
  mv "$out/$module.opt" "$out/${module}_bg.wasm"
  cp "${raw%.wasm}.d" "$out/$module.d"
  mv "$out/$module.started" "$out/$module.built"
  echo "$flavour/$module: $(wc -c <"$out/${module}_bg.wasm" | tr -d ' ') bytes, $(gzip_size "$out/${module}_bg.wasm") in gzip"
}

# The only flags: no folder of the machine that builds stands in the module, so that everybody gets the same bytes. Of two that fit the last one wins;
# the folder of a registry's sources is named after the address that the machine has it from.
remapped_paths() {
  local cargo_home=${CARGO_HOME:-$HOME/.cargo} source
  cargo fetch --quiet --locked
  printf -- '--remap-path-prefix=%s=/temoin\x1f--remap-path-prefix=%s=/rust\x1f--remap-path-prefix=%s=/cargo' "$ROOT" "$(rustc --print sysroot)" "$cargo_home"
  for source in "$cargo_home"/registry/src/*; do printf '\x1f--remap-path-prefix=%s=/crates' "$source"; done
}

# cargo keeps one module of the name only, so it would build each of them again and again: what rustc read is compared with the last build here.
up_to_date() {
  [ -e "$1.built" ] && [ -e "$1.d" ] || return 1
  sed 's/^[^:]*: *//' "$1.d" | xargs sh -c 'for file; do [ -e "$file" ] && [ "$file" -ot "$0" ] || exit 1; done' "$1.built" Cargo.toml Cargo.lock .cargo/config.toml rust-toolchain.toml \
    tests/tools/Cargo.lock tests/e2e/package-lock.json build.sh
}

package() {
  has zip || setup_system
  wasm "$@"
  local flavour browser
  for flavour in ${*:-release demo}; do
    for browser in $BROWSERS; do
      assemble "$flavour" "$browser"
      pack "target/ext/$flavour/$browser" "$(archive "$flavour" "$browser")"
    done
  done
}

assemble() {
  local dir=target/ext/$1/$2
  rm -rf "$dir"
  mkdir -p "$dir/wasm"
  cp -R www/. extension/. "$dir/"
  cp src/qualification/data/voice.bin "$dir/"
  rm -f "$dir"/manifest.*.json "$dir"/icons/*.svg
  node tests/tools/manifest.mjs "$2" "$1" >"$dir/manifest.json"
  local module
  for module in $MODULES; do cp "target/wasm/$1/$module.js" "target/wasm/$1/${module}_bg.wasm" "$dir/wasm/"; done
}

archive() {
  local suffix=""
  [ "$1" = release ] || suffix=-$1
  echo "target/dist/temoin-$(version)-$2$suffix.zip"
}

# The same files give the same bytes: order, times and modes are fixed, nothing else is stored.
pack() {
  local zip=$ROOT/$2
  mkdir -p "$(dirname "$zip")"
  rm -f "$zip"
  find "$1" -type f -exec chmod 644 {} +
  (cd "$1" && export LC_ALL=C TZ=UTC && find . -type f -exec touch -t 198001020000 {} + && find . -type f | sed 's|^\./||' | sort | zip -q -X -9 -@ "$zip")
}

# ── Checks ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

check() {
  setup_rust
  setup_npm
  step "format" cargo fmt --check
  step "clippy, native" cargo clippy --quiet --locked --all-targets -- -D warnings
  local module
  for module in $MODULES; do
    step "clippy, wasm, $module" cargo clippy --quiet --locked --lib --target wasm32-unknown-unknown --no-default-features --features "module-$module" -- -D warnings
  done
  for module in core pages pdf; do
    step "clippy, wasm, demo, $module" cargo clippy --quiet --locked --lib --target wasm32-unknown-unknown --no-default-features --features "module-$module,flavour-demo" -- -D warnings
  done
  step "layers" cargo test --quiet --locked --test layers
  package
  step "core at most $CORE_GZIP in gzip" at_most "$(gzip_size target/wasm/release/core_bg.wasm)" $CORE_GZIP
  step "pages at most $PAGES_GZIP in gzip" at_most "$(gzip_size target/wasm/release/pages_bg.wasm)" $PAGES_GZIP
  step "verifier at most $VERIFY_GZIP in gzip" at_most "$(gzip_size target/wasm/release/verify_bg.wasm)" $VERIFY_GZIP
  step "typesetter at most $PDF_GZIP in gzip" at_most "$(gzip_size target/wasm/release/pdf_bg.wasm)" $PDF_GZIP
  step "fonts at most $FONTS" at_most "$(fonts_size)" $FONTS
  local browser zip
  for browser in $BROWSERS; do
    zip=$(archive release "$browser")
    step "$zip at most $ZIP_SIZE" at_most "$(wc -c <"$zip")" $ZIP_SIZE
    step "$zip: packed again, the same bytes" same_again "target/ext/release/$browser" "$zip"
  done
  step "web-ext lint, warnings as errors" node tests/tools/lint.mjs target/ext/release/firefox
  step "no test hook in the release" no_hook
  step "no build path in what is shipped" no_build_path
  step "no registry address in the lock of npm" no_match '"resolved"' tests/e2e/package-lock.json
}

# Says what passed (`test` counts these lines); stops at what did not.
step() {
  local name=$1 started=$SECONDS
  shift
  "$@" || { echo "failed: $name"; exit 1; }
  echo "ok: $name ($((SECONDS - started)) s)"
}

gzip_size() { gzip -9nc "$1" | wc -c | tr -d ' '; }
fonts_size() { if [ -d www/fonts ]; then find www/fonts -type f -exec cat {} + | wc -c | tr -d ' '; else echo 0; fi; }

at_most() {
  echo "   $1 of $2 bytes; $(awk "BEGIN { printf \"%.2f\", $1 / $SINGLEFILE }") of SingleFile's $SINGLEFILE"
  [ "$1" -le "$2" ]
}

same_again() {
  pack "$1" target/dist/again.zip
  cmp "$2" target/dist/again.zip && rm target/dist/again.zip
}

no_match() { ! grep -n -e "$@"; }

# Every hook of the demo hangs on this object, and every export of its own begins with demo.
no_hook() { ! grep -rlaiE 'temoinDemo|export function demo' target/ext/release; }

no_build_path() {
  ! grep -rlaF -e "$ROOT" -e "${CARGO_HOME:-$HOME/.cargo}" -e "$(rustc --print sysroot)" -e registry/src target/ext target/dist
}

# ── Tests ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

RINGS="native browser check e2e"

# Each ring runs whatever the others did; the last line is the sum.
test_all() {
  say "setup"
  local started=$SECONDS ring status passed=0 failed=0 times=""
  setup
  times="setup $((SECONDS - started)) s"
  mkdir -p target/test
  for ring in $RINGS; do
    say "ring: $ring"
    started=$SECONDS
    rm -f target/test/$ring.*
    set +e
    bash "$0" "ring_$ring" 2>&1 | tee target/test/$ring.log
    status=${PIPESTATUS[0]}
    set -e
    times+=", $ring $((SECONDS - started)) s"
    passed=$((passed + $(count_passed $ring)))
    local broken
    broken=$(count_failed $ring)
    # A ring that stopped without naming a test (it did not compile, say) has failed all the same.
    if [ "$status" != 0 ] && [ "$broken" = 0 ]; then broken=1; fi
    [ "$status" = 0 ] || echo "ring $ring failed (exit $status)"
    failed=$((failed + broken))
  done
  say "time: $times"
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

ring_native() { cargo test --locked; }

ring_browser() { in_chromium --test browser; }

# A suggestion for 500 characters, as the release module computes it.
speed() { in_chromium --release --test qualification_speed -- --nocapture 2>&1 | grep -E 'characters|test result|error'; }

in_chromium() {
  setup_rust
  mkdir -p target/browser
  cat >target/browser/webdriver.json <<JSON
{ "goog:chromeOptions": { "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"], "binary": "$(chromium_path)" } }
JSON
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=$ROOT/target/tools/debug/bindgen-test-runner WASM_BINDGEN_TEST_WEBDRIVER_JSON=$ROOT/target/browser/webdriver.json \
    CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver)} cargo test --locked --target wasm32-unknown-unknown --no-default-features --features module-core "$@"
}

chromium_path() { echo "${CHROMIUM:-$(first_of /usr/bin/chromium /usr/bin/chromium-browser /Applications/Chromium.app/Contents/MacOS/Chromium)}"; }

ring_check() { check; }
ring_e2e() { e2e; }

# The packages must stand: `e2e` makes them. One file at a time, a browser takes both cores; nothing is tried twice.
e2e() {
  setup_npm
  setup_system
  package
  cargo build --locked --quiet --bin temoin
  mkdir -p target/test
  cd tests/e2e
  local files=("$@")
  [ ${#files[@]} -gt 0 ] || files=(*.test.mjs)
  node --test --test-concurrency=1 --test-reporter=spec --test-reporter-destination=stdout --test-reporter=tap --test-reporter-destination="$ROOT/target/test/e2e.tap" "${files[@]}"
}

sum() { awk '{ n += $1 } END { print n + 0 }'; }

count_passed() {
  case $1 in
    native | browser) sed -n 's/^test result: .* \([0-9][0-9]*\) passed;.*/\1/p' target/test/$1.log | sum ;;
    check) grep -c '^ok: ' target/test/check.log || true ;;
    e2e) tap_count pass ;;
  esac
}

count_failed() {
  case $1 in
    native | browser) sed -n 's/^test result: .* \([0-9][0-9]*\) failed;.*/\1/p' target/test/$1.log | sum ;;
    check) grep -c '^failed: ' target/test/check.log || true ;;
    e2e) tap_count fail cancelled ;;
  esac
}

tap_count() { if [ -f target/test/e2e.tap ]; then awk -v names=" $* " '$1 == "#" && index(names, " " $2 " ") { print $3 }' target/test/e2e.tap | sum; else echo 0; fi; }

# ── The demo, and numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

run() {
  setup_npm
  setup_system
  package demo
  if [ "${1:-}" = --headless ]; then
    node tests/e2e/run.mjs --headless
    rm -rf target/demo/pack
    mkdir target/demo/pack
    (cd target/demo/pack && unzip -q ../pack.zip && sha256 -c SHA256SUMS)
    say "target/demo/case.json, target/demo/pack.zip"
  else
    [ "$(uname)" = Darwin ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || die "no screen here: ./build.sh run --headless"
    node tests/e2e/run.mjs
  fi
}

sha256() { if has sha256sum; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

# What is committed, built again in another folder from nothing: the release must be the same bytes.
bench() {
  [ -z "$(git status --porcelain)" ] || die "bench builds what is committed: commit first"
  package
  local there
  there=$(mktemp -d)
  trap 'rm -rf "$there"' EXIT
  git archive HEAD | tar -x -C "$there"
  (cd "$there" && bash build.sh package)
  local zip
  for zip in target/dist/temoin-"$(version)"-*.zip; do step "$zip: built elsewhere, the same bytes" cmp "$zip" "$there/$zip"; done
  local module
  for module in $MODULES; do echo "$module: $(gzip_size "target/wasm/release/${module}_bg.wasm") bytes in gzip"; done
  speed
}

# Each target gets its share of the time; a crash, or five seconds without an end, is a find.
fuzz() {
  has cargo || die "cargo is missing: install Rust through rustup"
  cargo build --quiet --release --locked --manifest-path tests/fuzz/Cargo.toml --target-dir target/fuzz/build
  if [ "${1:-}" = --replay ]; then
    target/fuzz/build/release/temoin-fuzz replay "$2"
  else
    target/fuzz/build/release/temoin-fuzz run "${1:-600}" ${2:+"$2"}
  fi
}

case ${1:-help} in
  run | check | wasm | package | e2e | bench | speed | fuzz | setup | ring_native | ring_browser | ring_check | ring_e2e) "$@" ;;
  test) test_all ;;
  help | --help | -h) usage ;;
  *) usage >&2; exit 2 ;;
esac
