#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace planner {

enum class Severity : std::uint8_t { error, warning };

/// How a run ends because of an issue; the command line maps it to an exit code.
enum class Failure : std::uint8_t { io, invalid, infeasible };

/// Stable numbers: a code is never given another meaning. 1xxx text and structure, 2xxx references and
/// meaning, 3xxx units; 31xx are warnings.
enum class Code : std::uint16_t {
  unreadable_file = 1001,
  file_too_large = 1002,
  invalid_utf8 = 1003,
  not_text = 1004,
  too_deep = 1005,
  truncated = 1006,
  syntax = 1007,
  bad_string = 1008,
  bad_number = 1009,
  duplicate_key = 1010,
  misplaced_comma = 1011,
  trailing_text = 1012,
  unknown_key = 1101,
  wrong_type = 1102,
  missing_key = 1103,
  not_allowed = 1104,
  out_of_range = 1105,
  bad_id = 1106,
  wrong_count = 1107,
  not_in_this_version = 1108,
  unsupported_format = 1109,
  conflicting_keys = 1110,
  bad_text = 1111,
  import_outside_project = 2101,
  digest_mismatch = 2102,
  bad_set = 2103,
  unknown_reference = 2104,
  extends_cycle = 2105,
  guard_failed = 2106,
  several_baselines = 2107,
  unknown_strategy = 2108,
  call_cycle = 2110,
  flow_without_calls = 2111,
  service_without_placement = 2112,
  unreachable_site = 2113,
  does_not_fit = 2114,
  unknown_catalogue_id = 2115,
  unknown_place = 2116,
  ambiguous_place = 2117,
  empty_set = 2118,
  bad_law = 2119,
  bad_weights = 2120,
  not_placeable = 2121,
  no_service_time = 2122,
  empty_scenario = 2123,
  bad_profile = 2124,
  bad_expression = 2130,
  unknown_metric = 2131,
  bad_trace = 2141,
  bad_quorum = 2150,
  too_many_attempts = 2151,
  bad_state = 2160,
  residency = 2161,
  overload = 2201,
  missing_unit = 3001,
  wrong_dimension = 3002,
  unknown_unit = 3003,
  malformed_quantity = 3004,
  quantity_out_of_range = 3005,
  unused = 3101,
  never_placed = 3102,
  no_load = 3103,
  no_users = 3104,
  near_capacity = 3107,
  delay_budget = 3110,
  short_trace = 3131,
  import_not_valid_yet = 3132,
};

/// What a code stands for.
struct CodeInfo {
  Code code{};
  Severity severity = Severity::error;
  Failure failure = Failure::invalid;  ///< meaningless for a warning
  std::string_view title;              ///< a few words
  std::string_view explanation;        ///< what is wrong, why it matters, what to do; Markdown
};

/// Every code, by rising number.
[[nodiscard]] std::span<const CodeInfo> all_codes();
[[nodiscard]] const CodeInfo& info(Code code);
/// `E2104`, `W3107`.
[[nodiscard]] std::string name(Code code);
/// The code called `name` (`E2104`, case-insensitive), none if there is no such code.
[[nodiscard]] std::optional<Code> find_code(std::string_view name);
/// docs/diagnostics.md: every code with its explanation.
[[nodiscard]] std::string codes_markdown();

}  // namespace planner
