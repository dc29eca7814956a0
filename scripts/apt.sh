#!/usr/bin/env bash
# Installs the system programs that marked tests need, and nothing when no test is marked.
#
#   pytest.mark.browser      needs chromium
#   pytest.mark.postgresql   needs a PostgreSQL server
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "scripts/apt.sh: $*" >&2
  exit 1
}

marked() { grep -rqs --include='*.py' "pytest\.mark\.$1\b" tests; }

wanted=()
if marked browser && ! command -v chromium >/dev/null; then
  wanted+=(chromium)
fi
if marked postgresql && ! command -v pg_ctl >/dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/pg_ctl' >/dev/null; then
  wanted+=(postgresql)
fi
[ "${#wanted[@]}" -eq 0 ] && exit 0

command -v apt-get >/dev/null || fail "tests need ${wanted[*]} and there is no apt-get here; install them by hand"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || fail "tests need ${wanted[*]}; run 'apt-get install ${wanted[*]}' as root"
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq || fail "apt-get update failed; tests need ${wanted[*]}"
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${wanted[@]}" || fail "could not install ${wanted[*]}"
