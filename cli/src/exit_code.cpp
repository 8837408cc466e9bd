#include "exit_code.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace cli {

namespace {

constexpr std::array table{
    ExitCodeInfo{ExitCode::ok, "OK", "done"},
    ExitCodeInfo{ExitCode::usage, "USAGE", "unknown command or option, or a bad value for one"},
    ExitCodeInfo{ExitCode::invalid_input, "INVALID_INPUT", "the scenario has errors (they are listed)"},
    ExitCodeInfo{ExitCode::io, "IO", "a file is missing or unreadable, or cannot be written"},
    ExitCodeInfo{ExitCode::infeasible, "INFEASIBLE", "no strategy asked for can carry its load"},
    ExitCodeInfo{ExitCode::assertion_failed, "ASSERTION_FAILED", "an assertion of level error failed"},
    ExitCodeInfo{ExitCode::inconclusive, "INCONCLUSIVE", "none failed, but one of level error is undecided"},
    ExitCodeInfo{ExitCode::regression, "REGRESSION", "worse than the earlier result, beyond the tolerance"},
    ExitCodeInfo{
        ExitCode::different, "DIFFERENT",
        "fmt --check: not in canonical form; verify: another result; diff --exit-code: anything differs"},
    ExitCodeInfo{ExitCode::limit, "LIMIT",
                 "a time, event or memory limit was met: not all that was asked for was simulated"},
    ExitCodeInfo{ExitCode::partial, "PARTIAL", "points of a sweep are not in the store it was read from"},
    ExitCodeInfo{ExitCode::internal, "INTERNAL", "a bug in isochrone; the path of a report is printed"},
    ExitCodeInfo{ExitCode::sigint, "SIGINT", "interrupted by Ctrl-C; finished work is printed as partial"},
    ExitCodeInfo{ExitCode::sigterm, "SIGTERM", "told to end; finished work is printed as partial"},
};

constexpr std::array precedence{
    ExitCode::ok,         ExitCode::usage,
    ExitCode::different,  ExitCode::inconclusive,
    ExitCode::regression, ExitCode::assertion_failed,
    ExitCode::limit,      ExitCode::partial,
    ExitCode::infeasible, ExitCode::invalid_input,
    ExitCode::io,         ExitCode::internal,
    ExitCode::sigint,     ExitCode::sigterm,
};

}  // namespace

std::span<const ExitCodeInfo> exit_codes() { return table; }

const ExitCodeInfo& info(ExitCode code) { return *std::ranges::find(table, code, &ExitCodeInfo::code); }

ExitCode exit_code_of(planner::Failure failure) {
  switch (failure) {
    case planner::Failure::io:
      return ExitCode::io;
    case planner::Failure::infeasible:
      return ExitCode::infeasible;
    case planner::Failure::invalid:
      break;
  }
  return ExitCode::invalid_input;
}

nlohmann::ordered_json exit_json(ExitCode code) {
  return {{"code", static_cast<int>(code)}, {"name", info(code).name}};
}

ExitCode worse(ExitCode a, ExitCode b) {
  return std::ranges::find(precedence, a) < std::ranges::find(precedence, b) ? b : a;
}

}  // namespace cli
