#include "planner/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "planner/sections.hpp"
#include "planner/sweep.hpp"
#include "planner/value.hpp"

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

/// p99 of a flow, as a requirement: its deadline is the limit. Without one it is held to be above 0, so that
/// what is left to the limit is p99 itself.
Assertion p99_requirement(const std::string& flow, const std::optional<sim::Duration>& deadline) {
  Assertion assertion;
  assertion.text = fmt::format("p99(latency{{flow={}}})", flow);
  const std::string limit =
      deadline ? fmt::format(" <= {} ms", sim::to_seconds(*deadline) * 1e3) : std::string{" >= 0 ms"};
  assertion.comparison = std::get<Comparison>(parse_comparison(assertion.text + limit));
  if (deadline) assertion.text += limit;
  return assertion;
}

/// What is judged when inputs vary.
struct Subject {
  Assertion assertion;
  Tornado::About about = Tornado::About::margin;
};

std::vector<Subject> subjects_of(const Scenario& scenario, const SensitivityOptions& options) {
  std::vector<Subject> subjects;
  if (options.flow.empty()) {
    for (const Assertion& assertion : scenario.assertions) {
      if (options.assertion.empty() || assertion.id == options.assertion) subjects.push_back({assertion});
    }
  }
  if (!subjects.empty()) return subjects;
  const std::string flow = options.flow.empty() ? scenario.flows.begin()->first : options.flow;
  const auto& deadline = scenario.flows.at(flow).deadline;
  subjects.push_back(
      {p99_requirement(flow, deadline), deadline ? Tornado::About::margin : Tornado::About::value});
  return subjects;
}

/// The strategy, with its baseline where a requirement compares with it.
struct World {
  Scenario scenario;
  std::optional<Scenario> baseline;
  Origin origin, baseline_origin;
};

World world_of(const Document& document, const SensitivityOptions& options, bool with_baseline) {
  World world{document.resolve(options.strategy).scenario(), std::nullopt, {}, {}};
  if (with_baseline && document.baseline() != options.strategy)
    world.baseline = document.resolve(document.baseline()).scenario();
  const auto bundle = std::make_shared<const Bundle>(document.bundle());
  world.origin = {bundle, options.strategy};
  world.baseline_origin = {bundle, document.baseline()};
  return world;
}

/// Values to try in this order. A count that the factor makes no whole number moves to the next one beyond.
std::vector<Json> candidates(const Json& value, double factor) {
  const Json moved = *scaled(value, factor);
  if (!value.is_number_integer() || moved.is_number_integer()) return {moved};
  const double whole = factor < 1 ? std::floor(moved.get<double>()) : std::ceil(moved.get<double>());
  return {moved, Json(static_cast<std::int64_t>(whole))};
}

/// One scenario among those that a batch runs.
struct Variant {
  std::optional<std::size_t> own, baseline;  ///< where in the study
  std::string problem;                       ///< why there is none
};

/// The tables that a variant's requirements are judged by; none where it was not simulated as a whole.
struct Tables {
  const FigureTable *own = nullptr, *baseline = nullptr;
};

/// Finds the effects of some inputs in one study.
class Batch {
 public:
  Batch(const LoadWith& load, const SensitivityOptions& options, const World& base)
      : load_{load}, options_{options}, base_{base} {
    base_variant_ = add(base, "base");
    scenarios_.front().baseline = true;
  }

  void add(const Input& input) {
    inputs_.push_back(input);
    lowered_.push_back(variant(input, 1 - options_.by, fmt::format("lowered {}", inputs_.size())));
    raised_.push_back(variant(input, 1 + options_.by, fmt::format("raised {}", inputs_.size())));
  }

  /// @return false when the study was interrupted
  bool run(const std::vector<Subject>& subjects, Sensitivity& all) {
    StudyOptions options = options_.study;
    options.origins = origins_;
    const Study study = run_study(scenarios_, options);
    if (study.interrupted) return false;
    for (std::size_t s = 0; s < subjects.size(); ++s) {
      const auto base = margin_at(study, subjects[s], base_variant_);
      Tornado& tornado = all.tornadoes[s];
      if (const NoValue* none = std::get_if<NoValue>(&base)) {
        tornado.problem = none->reason;
        continue;
      }
      const Margin& margin = std::get<Margin>(base);
      tornado.margin = estimate(margin.sections, study.confidence, margin.unit);
      for (std::size_t i = 0; i < inputs_.size(); ++i)
        tornado.effects.push_back(effect(study, subjects[s], i, margin));
    }
    return true;
  }

 private:
  Variant add(const World& world, const std::string& name) {
    Variant variant;
    const auto put = [&](const Scenario& scenario, const Origin& origin, const std::string& called) {
      Scenario& added = scenarios_.emplace_back(scenario);
      added.strategy = called;
      added.baseline = false;
      added.experiment = base_.scenario.experiment;
      origins_.push_back(origin);
      return scenarios_.size() - 1;
    };
    variant.own = put(world.scenario, world.origin, name);
    if (world.baseline) variant.baseline = put(*world.baseline, world.baseline_origin, name + " baseline");
    return variant;
  }

  Variant variant(const Input& input, double factor, const std::string& name) {
    Variant failed;
    for (const Json& value : candidates(Json::parse(input.value), factor)) {
      try {
        const Document document = load_({input.pointer + "=" + value.dump()});
        return add(world_of(document, options_, base_.baseline.has_value()), name);
      } catch (const ScenarioError& error) {
        failed.problem = error.diagnostics().front().message;
      }
    }
    return failed;
  }

  [[nodiscard]] std::variant<Margin, NoValue> margin_at(const Study& study, const Subject& subject,
                                                        const Variant& variant) const {
    const auto table = [&](const std::optional<std::size_t>& which) -> const FigureTable* {
      if (!which || study.strategies[*which].figures.empty()) return nullptr;
      return &study.strategies[*which].figures;
    };
    const FigureTable* own = table(variant.own);
    if (own == nullptr) return NoValue{study.strategies[*variant.own].infeasible_reason};
    const bool is_baseline = !base_.baseline;
    return margin(subject.assertion, *own, is_baseline ? own : table(variant.baseline));
  }

  /// @return whether the requirement is met on one side of the change alone
  bool put(const Study& study, const Subject& subject, const Variant& variant, const Margin& base,
           std::optional<Estimate>& change, std::string& problem) const {
    problem = variant.problem;
    if (!variant.own) return false;  // such as half a node: no answer to anything
    const auto varied = margin_at(study, subject, variant);
    if (const NoValue* none = std::get_if<NoValue>(&varied)) {
      problem = none->reason;
      return true;
    }
    const PairedSections pair = paired(std::get<Margin>(varied).sections, base.sections);
    change = estimate(pair.difference, study.confidence, base.unit);
    return (base.sections.overall >= 0) != (std::get<Margin>(varied).sections.overall >= 0);
  }

  [[nodiscard]] Effect effect(const Study& study, const Subject& subject, std::size_t i,
                              const Margin& base) const {
    Effect effect;
    effect.input = inputs_[i];
    const bool low = put(study, subject, lowered_[i], base, effect.lowered, effect.lowered_problem);
    const bool high = put(study, subject, raised_[i], base, effect.raised, effect.raised_problem);
    effect.flips = low || high;
    return effect;
  }

  const LoadWith& load_;
  const SensitivityOptions& options_;
  const World& base_;
  Variant base_variant_;
  std::vector<Scenario> scenarios_;
  std::vector<Origin> origins_;  ///< of the scenarios
  std::vector<Input> inputs_;
  std::vector<Variant> lowered_, raised_;  ///< by input
};

Sensitivity empty_tornadoes(const SensitivityOptions& options, const std::vector<Subject>& subjects) {
  Sensitivity all{options.strategy, options.by, 0, 0, {}};
  for (const Subject& subject : subjects)
    all.tornadoes.push_back({subject.assertion.id, subject.assertion.text, subject.about, {}, {}, {}});
  return all;
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

Sensitivity find_sensitivity(const LoadWith& load, const SensitivityOptions& options) {
  const Document document = load({});
  const Resolution resolution = document.resolve(options.strategy);
  const std::vector<Subject> subjects = subjects_of(resolution.scenario(), options);
  const bool compares =
      std::ranges::any_of(subjects, [](const Subject& subject) { return uses_baseline(subject.assertion); });
  const World base = world_of(document, options, compares);
  Sensitivity all = empty_tornadoes(options, subjects);
  const std::vector<Input> inputs = inputs_of(resolution);
  all.inputs = inputs.size();
  for (std::size_t begin = 0; begin < inputs.size(); begin += inputs_at_once) {
    Batch batch{load, options, base};
    const std::size_t end = std::min(begin + inputs_at_once, inputs.size());
    for (std::size_t i = begin; i < end; ++i) batch.add(inputs[i]);
    if (!batch.run(subjects, all)) break;
    all.varied = end;
  }
  for (Tornado& tornado : all.tornadoes)
    std::ranges::stable_sort(tornado.effects, std::greater{}, &Effect::size);
  return all;
}

}  // namespace planner
