#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "planner/diagnostic.hpp"
#include "planner/results.hpp"

/// A study as text and as JSON; deterministic, no locale. Shared by the command line and the desktop.
namespace planner {

struct TextOptions {
  int width = 80;  ///< [columns], at least 80
  Color color = Color::off;
};

/// Each strategy in detail: percentiles of every flow, difference to the baseline, what the time is made of,
/// pools, cost and energy. Ends with a line feed. Text is for people: no stability is promised.
[[nodiscard]] std::string render_detail(const Study& study, const TextOptions& options);

/// The strategies side by side, with paired differences, and a sentence that names the answer.
[[nodiscard]] std::string render_comparison(const Study& study, const TextOptions& options);

/// The sentences that name the answer: which strategies meet all deadlines at p99, which of them is best and
/// why; a tied set where the intervals do not tell them apart. At least one.
[[nodiscard]] std::vector<std::string> conclusions(const Study& study);

/// Document type `result/1` (scenarios/schema/result-1.schema.json), without what the command line adds
/// (`exit`). Numbers are rounded to 9 significant digits; a number that is not finite is never written.
[[nodiscard]] nlohmann::ordered_json result_json(const Study& study);

}  // namespace planner
