# Shared by ./run and ./test (bash, sourced): Debian packages, the build, timed steps.
# Everything said here goes to standard error, so that `./run > answer.txt` holds the answer alone.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jobs=${JOBS:-$(nproc)}
log_dir="$root/build/log"
tool="$root/build/release/cli/isochrone"
mkdir -p "$log_dir"

say() { printf '%s\n' "$*" >&2; }

# step LABEL COMMAND...: runs it quietly and says in one line what was done and how long it took.
# The command's output is kept in build/log/; its end is shown when it fails. Returns its status.
# A function that is run as a step must chain its commands with && : bash ignores `set -e` in here.
step() {
  local label=$1 start=$SECONDS status log
  shift
  log="$log_dir/$(tr -cs 'a-zA-Z0-9\n' '-' <<<"$label").log"
  printf '%-60s ' "$label" >&2
  "$@" >"$log" 2>&1 </dev/null && status=0 || status=$?
  if ((status == 0)); then
    printf 'ok      %4d s\n' $((SECONDS - start)) >&2
  else
    printf 'FAILED  %4d s\n' $((SECONDS - start)) >&2
    tail -n 60 "$log" | sed 's/^/    /' >&2
    say "    (status $status; all of it: ${log#"$root"/})"
  fi
  return $status
}

# missing_packages SECTION...: names of the listed packages that are not installed.
missing_packages() {
  local section package
  while read -r section package _; do
    [[ $section == \#* || -z $package || " $* " != *" $section "* ]] && continue
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
  done <"$root/cmake/debian-packages.txt"
}

install_packages() {
  local sudo=()
  ((EUID == 0)) || sudo=(sudo)
  "${sudo[@]}" apt-get -qq update &&
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "$@"
}

# need_packages SECTION...: installs what is missing of these sections of cmake/debian-packages.txt.
need_packages() {
  local missing
  if ! command -v dpkg-query >/dev/null; then
    say "not a Debian system: the packages of cmake/debian-packages.txt are taken to be there"
    return
  fi
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  if ((EUID != 0)) && ! command -v sudo >/dev/null; then
    say "missing packages, and neither root nor sudo to install them: ${missing[*]}"
    return 1
  fi
  step "installing ${#missing[@]} packages" install_packages "${missing[@]}"
}

# cached: options for cmake that use ccache where it is installed. Precompiled headers would defeat it.
cached=()
if command -v ccache >/dev/null; then
  cached=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON)
fi

# build_tree FOLDER CMAKE_OPTION... -- TARGET...: configures and builds (no target: all).
build_tree() {
  local folder=$1 options=()
  shift
  while (($#)) && [[ $1 != -- ]]; do options+=("$1"); shift; done
  if (($#)); then shift; fi
  cmake -S "$root" -B "$folder" -G Ninja "${cached[@]}" "${options[@]}" &&
    cmake --build "$folder" --parallel "$jobs" ${1:+--target "$@"}
}
