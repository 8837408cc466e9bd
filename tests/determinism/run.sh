#!/bin/bash
# The same scenario and seed give the same bytes from every compiler, optimisation level and processor level, and
# on any number of threads.
#
# usage: tests/determinism/run.sh [--normal | --full] [TOOL...]
#
# Simulates every sample (shortened, so that -O0 is quick) and compares the sha256 of the JSON result with that of
# the release build (g++ -O3): on several threads, with each TOOL (further builds of the tool that are there), and
# with --full with builds made for it, which between them change the compiler, the optimisation and the processor.
set -euo pipefail
cd "$(dirname "$0")/../.."
source cmake/steps.sh

depth=${1:---normal}
tools=("${@:2}")
shorten=(--set '/time/warmup=5 s' --set '/time/duration=60 s' --reps 2)

# name | compiler | flags
variants=()
[[ $depth == --full ]] &&
  variants=("gcc-O0|g++|-O0" "clang-O0|clang++|-O0" "clang-O3|clang++|-O3" "gcc-O3-v3|g++|-O3 -march=x86-64-v3"
    "clang-O3-v3|clang++|-O3 -march=x86-64-v3")

# Whether this processor runs code for x86-64-v3.
runs_v3() { grep -qw avx2 /proc/cpuinfo && grep -qw fma /proc/cpuinfo && grep -qw bmi2 /proc/cpuinfo; }

# digest TOOL [OPTION...]: one line a sample, `sha256 name`. A run that fails is no result, so it ends the check.
digest() {
  local scenario tool=$1
  shift
  for scenario in scenarios/*/scenario.json; do
    "$tool" run "$scenario" --all "${shorten[@]}" "$@" --format json --quiet | sha256sum | sed "s|-$|$scenario|" || return
  done
}

if [[ ! -x $tool ]]; then
  step "reference: g++ -O3" build_tree build/release --preset release -- isochrone
fi
reference=$(digest "$tool") || { say "the reference build fails: $reference"; exit 1; }
say "$reference"

status=0
for threads in 1 2 3 8; do
  if [[ $(digest "$tool" --jobs "$threads") == "$reference" ]]; then
    say "$threads threads: same bytes"
  else
    say "$threads threads: DIFFERENT"
    status=1
  fi
done
for other in "${tools[@]}"; do
  if [[ $(digest "$other") == "$reference" ]]; then
    say "$other: same bytes"
  else
    say "$other: DIFFERENT"
    status=1
  fi
done
for variant in "${variants[@]}"; do
  IFS='|' read -r name compiler flags <<<"$variant"
  if [[ $flags == *x86-64-v3* ]] && ! runs_v3; then
    say "$name: skipped, this processor has no x86-64-v3"
    continue
  fi
  step "building $name" build_tree "build/determinism/$name" -DCMAKE_BUILD_TYPE=None \
    -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="$flags" -DISOCHRONE_TESTS=OFF -- isochrone
  found=$(digest "build/determinism/$name/cli/isochrone") || say "$name: a run failed"
  if [[ $found == "$reference" ]]; then
    say "$name: same bytes"
  else
    say "$name: DIFFERENT"
    diff <(echo "$reference") <(echo "$found") >&2 || true
    status=1
  fi
done
exit $status
