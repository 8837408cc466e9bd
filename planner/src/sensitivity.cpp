#include "planner/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "planner/number_text.hpp"
#include "planner/study_view.hpp"
#include "planner/sweep.hpp"
#include "planner/value.hpp"
#include "text_table.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array sections{"sites",    "links", "network",   "populations",
                              "services", "flows", "workloads", "placement"};
constexpr std::size_t inputs_at_once = 4;  ///< compiled at a time: bounds the memory

/// Places, names of things and settings of the method: numbers that nobody is unsure of.
bool is_exact(const std::string& key) {
  return key == "at" || key == "labels" || key == "deadline" || key == "hourly" || key.starts_with("x-");
}

void collect(const Json& value, const std::string& pointer, std::vector<Input>& inputs) {
  if (value.is_object() && !value.contains("dist")) {
    for (const auto& [key, member] : value.items()) {
      if (!is_exact(key)) collect(member, pointer + "/" + escape_token(key), inputs);
    }
    return;
  }
  if (scaled(value, 2) && scaled(value, 2) != value) inputs.push_back({pointer, value.dump()});
}

bool within(const std::string& inner, const std::string& outer) {
  return inner == outer || (inner.starts_with(outer) && inner.at(outer.size()) == '/');
}

/// A scenario with one input varied, or why there is none.
struct Variant {
  std::optional<Scenario> scenario;
  std::string problem;
};

/// Finds the effects of some inputs in one study.
class Batch {
 public:
  Batch(const std::function<Document(const std::vector<std::string>&)>& load, const Scenario& base,
        const std::string& flow, double by)
      : load_{load}, base_{base}, flow_{flow}, by_{by} {
    scenarios_.push_back(base);
    scenarios_.front().baseline = true;
  }

  void add(const Input& input) {
    Effect& effect = effects_.emplace_back();
    effect.input = input;
    effect.lowered_problem = add_variant(input, 1 - by_, name(effects_.size(), "lowered"));
    effect.raised_problem = add_variant(input, 1 + by_, name(effects_.size(), "raised"));
  }

  std::vector<Effect> run(const StudyOptions& options, Sensitivity& all) {
    const Study study = run_study(scenarios_, options);
    if (study.interrupted) return {};
    const Slice* base = whole_flow(study.strategies.front(), flow_);
    if (!base) return {};
    all.p99 = base->percentiles[p99_index];
    all.deadline = base->deadline;
    for (std::size_t i = 0; i < effects_.size(); ++i) {
      Effect& effect = effects_[i];
      const bool low = put(study, name(i + 1, "lowered"), effect.lowered, effect.lowered_problem, *base);
      const bool high = put(study, name(i + 1, "raised"), effect.raised, effect.raised_problem, *base);
      effect.flips = low || high;
    }
    return std::move(effects_);
  }

 private:
  static std::string name(std::size_t number, const char* how) { return fmt::format("{} {}", how, number); }

  /// @return why there is no such variant; empty: there is
  std::string add_variant(const Input& input, double factor, const std::string& name) {
    try {
      const Json value = *scaled(Json::parse(input.value), factor);
      Scenario varied = load_({input.pointer + "=" + value.dump()}).resolve(base_.strategy).scenario();
      varied.strategy = name;
      varied.baseline = false;
      varied.experiment = base_.experiment;
      scenarios_.push_back(std::move(varied));
    } catch (const ScenarioError& error) {
      return error.diagnostics().front().message;
    }
    return {};
  }

  /// @return whether the deadline is met on one side of the change alone
  bool put(const Study& study, const std::string& name, std::optional<Estimate>& change, std::string& problem,
           const Slice& base) const {
    const auto found = std::ranges::find(study.strategies, name, &StrategyResult::strategy);
    if (found == study.strategies.end()) return false;  // such as half a node: no answer to anything
    if (!found->feasible) {
      problem = found->infeasible_reason;
      return true;
    }
    const Difference* difference = find_difference(study, name, "p99", flow_);
    if (!difference) return false;
    change = difference->delta;
    if (!base.deadline) return false;
    const double deadline = sim::to_seconds(*base.deadline) * 1e3;
    const double before = base.percentiles[p99_index].value;
    return (before <= deadline) != (before + change->value <= deadline);
  }

  const std::function<Document(const std::vector<std::string>&)>& load_;
  const Scenario& base_;
  std::string flow_;
  double by_;
  std::vector<Scenario> scenarios_;
  std::vector<Effect> effects_;
};

std::string change_text(const std::optional<Estimate>& change, const std::string& problem) {
  if (change) return signed_with_error(*change, std::max(std::abs(change->value), 0.1));
  return problem.empty() ? "-" : "cannot";
}

}  // namespace

double Effect::size() const {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  if (flips && (!lowered || !raised)) return infinite;
  const auto of = [](const std::optional<Estimate>& change) {
    return change ? std::abs(change->value) : 0.0;
  };
  return std::max(of(lowered), of(raised));
}

std::vector<Input> inputs_of(const Resolution& strategy) {
  const Json tree = strategy.json();
  std::vector<Input> inputs;
  for (const char* section : sections) {
    if (tree.contains(section)) collect(tree[section], std::string{"/"} + section, inputs);
  }
  for (Input& input : inputs) {
    input.assumed = std::ranges::any_of(strategy.scenario().assumptions, [&](const auto& assumption) {
      return within(input.pointer, assumption.pointer) || within(assumption.pointer, input.pointer);
    });
  }
  return inputs;
}

Sensitivity find_sensitivity(const std::function<Document(const std::vector<std::string>& sets)>& load,
                             const std::string& strategy, const std::string& flow, double by,
                             const StudyOptions& options) {
  const Resolution resolution = load({}).resolve(strategy);
  const Scenario& base = resolution.scenario();
  Sensitivity all{strategy, flow.empty() ? base.flows.begin()->first : flow, by, {}, {}, {}};
  const std::vector<Input> inputs = inputs_of(resolution);
  for (std::size_t begin = 0; begin < inputs.size(); begin += inputs_at_once) {
    Batch batch{load, base, all.flow, by};
    for (std::size_t i = begin; i < std::min(begin + inputs_at_once, inputs.size()); ++i)
      batch.add(inputs[i]);
    std::vector<Effect> found = batch.run(options, all);
    if (found.empty()) break;
    std::ranges::move(found, std::back_inserter(all.effects));
  }
  std::ranges::stable_sort(all.effects, std::greater{}, &Effect::size);
  return all;
}

std::string render_sensitivity(const Sensitivity& all, std::size_t most, const TextOptions& options) {
  std::string text = fmt::format("p99 of {} under {}: {} ms", all.flow, all.strategy, with_error(all.p99));
  if (all.deadline) {
    text += fmt::format(", {} ms of its deadline of {} left",
                        number_text(sim::to_seconds(*all.deadline) * 1e3 - all.p99.value),
                        duration_text(*all.deadline));
  }
  text = wrapped(text, options.width, 0);
  TextTable table;
  table.row({"change of p99 [ms]", fmt::format("-{}", percent_text(all.by)),
             fmt::format("+{}", percent_text(all.by)), "basis", "deadline"},
            TextTable::Emphasis::strong);
  for (std::size_t i = 0; i < std::min(most, all.effects.size()); ++i) {
    const Effect& effect = all.effects[i];
    table.row({effect.input.pointer, change_text(effect.lowered, effect.lowered_problem),
               change_text(effect.raised, effect.raised_problem), effect.input.assumed ? "assumed" : "",
               effect.flips ? "flips" : ""});
  }
  text += table.text(options.width, 2, options.color);
  if (most < all.effects.size())
    text += fmt::format("  {} more inputs change less (--top, --format json)\n", all.effects.size() - most);
  return text;
}

Json sensitivity_json(const Sensitivity& all) {
  const auto estimate = [](const Estimate& of) {
    return Json{{"v", of.value}, {"lo", of.low}, {"hi", of.high}, {"unit", of.unit}};
  };
  Json json{{"strategy", all.strategy}, {"flow", all.flow}, {"by", all.by}, {"p99", estimate(all.p99)}};
  if (all.deadline) json["deadline"] = {{"v", sim::to_seconds(*all.deadline) * 1e3}, {"unit", "ms"}};
  json["effects"] = Json::array();
  for (const Effect& effect : all.effects) {
    Json entry{{"pointer", effect.input.pointer},
               {"value", Json::parse(effect.input.value)},
               {"assumed", effect.input.assumed},
               {"flips", effect.flips}};
    if (effect.lowered) entry["lowered"] = estimate(*effect.lowered);
    if (effect.raised) entry["raised"] = estimate(*effect.raised);
    if (!effect.lowered_problem.empty()) entry["lowered_problem"] = effect.lowered_problem;
    if (!effect.raised_problem.empty()) entry["raised_problem"] = effect.raised_problem;
    json["effects"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace planner
