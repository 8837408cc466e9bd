#pragma once
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>

#include "planner/diagnostic_code.hpp"

namespace cli {

/// How the program ends. The numbers are stable; docs/cli.md lists the same table.
enum class ExitCode : int {
  ok = 0,
  usage = 2,
  invalid_input = 3,
  io = 4,
  infeasible = 5,
  assertion_failed = 10,
  inconclusive = 11,
  regression = 12,
  different = 13,
  limit = 20,
  partial = 21,
  internal = 70,
  sigint = 130,
  sigterm = 143,
};

struct ExitCodeInfo {
  ExitCode code{};
  std::string_view name;     ///< symbolic: INVALID_INPUT
  std::string_view meaning;  ///< one line
};

/// Every exit code of this version, by rising number.
[[nodiscard]] std::span<const ExitCodeInfo> exit_codes();
[[nodiscard]] const ExitCodeInfo& info(ExitCode code);
/// How the program ends when a scenario cannot be used.
[[nodiscard]] ExitCode exit_code_of(planner::Failure failure);
/// The member `exit` of every JSON document: {"code": 3, "name": "INVALID_INPUT"}.
[[nodiscard]] nlohmann::ordered_json exit_json(ExitCode code);
/// The code that counts when both apply: the one that says more about why there is no full answer
/// (signals before 70 > 4 > 3 > 5 > 21 > 20 > 10 > 12 > 11 > 13 > 2 > 0).
[[nodiscard]] ExitCode worse(ExitCode a, ExitCode b);

}  // namespace cli
