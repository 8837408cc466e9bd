#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "planner/number_text.hpp"
#include "planner/regression.hpp"
#include "show/text_table.hpp"

namespace planner {
namespace {

std::string amount(const Estimate& estimate, double like) {
  return estimate.unit == "1" ? percent_text(estimate.value)
                              : number_text(estimate.value, like) + " " + estimate.unit;
}

const char* kind_name(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::better:
      return "better";
    case Change::Kind::worse:
      return "worse";
    case Change::Kind::unknown:
      return "unknown";
    case Change::Kind::same:
      break;
  }
  return "same";
}

nlohmann::ordered_json estimate_json(const Estimate& estimate) {
  return {{"v", estimate.value}, {"lo", estimate.low}, {"hi", estimate.high}, {"unit", estimate.unit}};
}

std::string conclusion(const Regression& regression) {
  const std::string tolerance = percent_text(regression.tolerance);
  if (regression.any_worse()) return fmt::format("Worse than {} beyond {}.", regression.before, tolerance);
  if (!regression.undecided())
    return fmt::format("Nothing is worse than {} beyond {}.", regression.before, tolerance);
  const char* why = regression.changes.empty() ? "there is nothing that both have"
                                               : "fewer than two replications of both tell what is marked ?";
  return fmt::format("Whether anything is worse than {} is not known: {}.", regression.before, why);
}

/// `+12 %`, `~` where chance explains it, `?` where nothing is known of chance.
std::string change_text(const Change& change) {
  if (change.kind == Change::Kind::unknown) return "?";
  if (change.kind == Change::Kind::same) return "~";
  const double scale = change.before.unit == "1" ? 1 : std::abs(change.before.value);
  const double relative = scale > 0 ? change.delta.value / scale : 0;
  return (relative > 0 ? "+" : "-") + percent_text(std::abs(relative));
}

}  // namespace

std::string render_regression(const Regression& regression, const TextOptions& options) {
  TextTable table;
  table.row({"  against " + regression.before, "before", "now", "change", ""}, TextTable::Emphasis::strong);
  for (const Change& change : regression.changes) {
    table.row({"  " + change.strategy + " " + change.metric, amount(change.before, change.after.value),
               amount(change.after, change.after.value), change_text(change),
               change.kind == Change::Kind::same ? "" : kind_name(change.kind)});
  }
  std::string text = table.text(options.width, 0, options.color);
  for (const std::string& strategy : regression.only_now)
    text += fmt::format("  {} was not there before\n", strategy);
  return text + wrapped(conclusion(regression), options.width, 0);
}

nlohmann::ordered_json regression_json(const Regression& regression) {
  nlohmann::ordered_json json{
      {"before", regression.before},     {"tolerance", regression.tolerance},
      {"worse", regression.any_worse()}, {"undecided", regression.undecided()},
      {"only_now", regression.only_now}, {"changes", nlohmann::ordered_json::array()}};
  for (const Change& change : regression.changes) {
    json["changes"].push_back({{"strategy", change.strategy},
                               {"metric", change.metric},
                               {"kind", kind_name(change.kind)},
                               {"paired", change.pairing == Change::Pairing::paired},
                               {"before", estimate_json(change.before)},
                               {"now", estimate_json(change.after)},
                               {"delta", estimate_json(change.delta)}});
  }
  return json;
}

}  // namespace planner
