#include "planner/study_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "planner/number_text.hpp"
#include "show/text_table.hpp"

namespace planner {

const StrategyResult& baseline_of(const Study& study) {
  const auto found = std::find_if(study.strategies.begin(), study.strategies.end(),
                                  [](const StrategyResult& result) { return result.baseline; });
  return found != study.strategies.end() ? *found : study.strategies.front();
}

std::vector<std::string> flows_of(const Study& study) {
  std::vector<std::string> flows;
  for (const StrategyResult& result : study.strategies) {
    for (const Slice& slice : result.slices) {
      const bool known = std::find(flows.begin(), flows.end(), slice.flow) != flows.end();
      if (!known && slice.population.empty() && slice.site.empty()) flows.push_back(slice.flow);
    }
  }
  return flows;
}

const Slice* whole_flow(const StrategyResult& result, const std::string& flow) {
  for (const Slice& slice : result.slices) {
    if (slice.flow == flow && slice.population.empty() && slice.site.empty()) return &slice;
  }
  return nullptr;
}

const Difference* find_difference(const Study& study, const std::string& strategy, const std::string& metric,
                                  const std::string& flow) {
  for (const Difference& difference : study.differences) {
    if (difference.strategy == strategy && difference.metric == metric && difference.flow == flow)
      return &difference;
  }
  return nullptr;
}

const PoolUse* busiest_pool(const StrategyResult& result) {
  const auto found =
      std::max_element(result.pools.begin(), result.pools.end(),
                       [](const PoolUse& a, const PoolUse& b) { return a.utilisation < b.utilisation; });
  return found != result.pools.end() ? &*found : nullptr;
}

std::string change_mark(const Difference& difference) {
  if (difference.equivalent) return "≈";
  return difference.significant ? "" : "~";
}

std::string heading(const Study& study, int width) {
  std::uint32_t replications = 0;
  for (const StrategyResult& result : study.strategies)
    replications = std::max(replications, result.replications);
  std::string text =
      wrapped(study.title.empty() ? study.scenario : study.scenario + ": " + study.title, width, 0);
  std::string facts = fmt::format("{} recorded", duration_text(study.duration));
  if (study.warmup.count() > 0) facts += fmt::format(" after {} of warm-up", duration_text(study.warmup));
  facts +=
      fmt::format(" · {} replication{} · seed {}", replications, replications == 1 ? "" : "s", study.seed);
  if (replications > 1) facts += fmt::format(" · ±\u00a0at\u00a0{:g}\u00a0%", 100 * study.confidence);
  return text + wrapped(facts, width, 0);
}

std::string footing(const Study& study, int width) {
  std::string text;
  if (!study.assumptions.empty()) {
    text += wrapped(fmt::format("{} input{} assumed or of no stated basis (--format json lists them)",
                                study.assumptions.size(), study.assumptions.size() == 1 ? " is" : "s are"),
                    width, 0);
  }
  if (study.interrupted)
    text += wrapped("The study ended early: figures are of what was simulated until then.", width, 0);
  return text;
}

std::string late_label(const Slice& slice) {
  return slice.deadline ? ">" + duration_text(*slice.deadline) : std::string{};
}

std::string part_label(std::size_t part) {
  std::string name{models::name(static_cast<models::Part>(part))};
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace planner
