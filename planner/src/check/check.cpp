#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "planner/regression.hpp"
#include "read/issues.hpp"

namespace planner {
namespace {

[[noreturn]] void refuse(const std::string& where, const ExpressionError& error) {
  throw ScenarioError{{make_diagnostic(error.code, {}, fmt::format("{}: {}", where, error.message))}};
}

/// The expression as read and bound to what there is.
Comparison comparison_of(const std::string& text, const std::string& where, const KnownIds& known) {
  auto parsed = parse_comparison(text);
  if (const auto* error = std::get_if<ExpressionError>(&parsed)) refuse(where, *error);
  Comparison comparison = std::get<Comparison>(std::move(parsed));
  for (Expression* side : {&comparison.left, &comparison.right}) {
    if (const auto error = bind(*side, known)) refuse(where, *error);
  }
  return comparison;
}

std::vector<Assertion> as_judged(const StoredStudy::Strategy& strategy, const KnownIds& known) {
  std::vector<Assertion> assertions;
  for (const Verdict& verdict : strategy.verdicts) {
    Assertion assertion;
    assertion.id = verdict.id;
    assertion.text = verdict.text;
    assertion.comparison = comparison_of(verdict.text, verdict.id, known);
    assertion.level = verdict.level;
    assertion.confidence = verdict.confidence;
    assertion.from = verdict.from;
    assertions.push_back(std::move(assertion));
  }
  return assertions;
}

/// Value of `key=` in a figure's key, empty without.
std::string selected(const std::string& figure, const std::string& key) {
  for (const char before : {'{', ','}) {
    const std::size_t at = figure.find(before + key + "=");
    if (at == std::string::npos) continue;
    const std::size_t begin = at + key.size() + 2;
    return figure.substr(begin, figure.find_first_of(",}", begin) - begin);
  }
  return {};
}

}  // namespace

KnownIds known_ids(const StoredStudy& stored) {
  KnownIds known;
  for (const StoredStudy::Strategy& strategy : stored.strategies) {
    for (const auto& [key, figure] : strategy.figures) {
      const std::string flow = selected(key, "flow");
      if (flow.empty()) continue;
      known.flows.insert(flow);
      if (key.starts_with("ratio(late")) known.flows_with_deadline.insert(flow);
    }
  }
  return known;
}

std::vector<Assertion> read_assertions(const std::string& text, const std::string& name,
                                       const KnownIds& known) {
  const auto bad = [&](const std::string& why) {
    return ScenarioError{{make_diagnostic(Code::bad_expression, {}, name + ": " + why)}};
  };
  try {
    const auto root = nlohmann::json::parse(text, nullptr, true, true);
    const auto& by_id = root.contains("assert") ? root.at("assert") : root;
    std::vector<Assertion> assertions;
    for (const auto& [id, json] : by_id.items()) {
      if (!json.is_object()) continue;
      Assertion assertion;
      assertion.id = id;
      assertion.text = json.at("expr").get<std::string>();
      assertion.comparison = comparison_of(assertion.text, name + ": " + id, known);
      assertion.level =
          json.value("level", "error") == "warn" ? Assertion::Level::warn : Assertion::Level::error;
      if (json.contains("confidence") && json.at("confidence").is_number())
        assertion.confidence = json.at("confidence").get<double>();
      assertion.from = json.value("from", std::string{});
      assertions.push_back(std::move(assertion));
    }
    if (assertions.empty()) throw bad("there are no assertions in it");
    return assertions;
  } catch (const nlohmann::json::exception& error) {
    throw bad(error.what());
  }
}

Study check(const StoredStudy& stored, const std::vector<Assertion>* assertions) {
  Study study;
  study.scenario = stored.scenario;
  study.sha256 = stored.sha256;
  study.seed = stored.seed;
  study.confidence = stored.confidence;
  study.look_confidence = stored.look_confidence;
  const auto baseline = std::ranges::find(stored.strategies, stored.baseline, &StoredStudy::Strategy::id);
  const FigureTable* reference = baseline == stored.strategies.end() ? nullptr : &baseline->figures;
  const KnownIds known = known_ids(stored);
  for (const StoredStudy::Strategy& strategy : stored.strategies) {
    StrategyResult& result = study.strategies.emplace_back();
    result.strategy = strategy.id;
    result.baseline = strategy.id == stored.baseline;
    result.figures = strategy.figures;
    for (const Assertion& assertion : assertions ? *assertions : as_judged(strategy, known)) {
      result.verdicts.push_back(
          judge(assertion, result.figures, reference, assertion.confidence.value_or(stored.look_confidence)));
    }
  }
  return study;
}

}  // namespace planner
