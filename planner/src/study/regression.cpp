#include "planner/regression.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "planner/sections.hpp"
#include "read/issues.hpp"
#include "sim/statistics.hpp"

namespace planner {
namespace {

using Json = nlohmann::json;

Figure read_figure(const Json& json) {
  Figure figure{json.at("unit").get<std::string>(), {json.at("v").get<double>(), {}}, {}};
  for (const Json& own : json.at("own")) {
    figure.sections.own.push_back(own.is_null() ? std::nullopt : std::optional{own.get<double>()});
  }
  if (json.contains("trials")) figure.trials = json.at("trials").get<std::uint64_t>();
  return figure;
}

Verdict read_verdict(const std::string& id, const Json& json) {
  Verdict verdict;
  verdict.id = id;
  verdict.text = json.at("expr").get<std::string>();
  verdict.level = json.at("level") == "warn" ? Assertion::Level::warn : Assertion::Level::error;
  verdict.confidence = json.at("confidence").get<double>();
  verdict.from = json.value("from", std::string{});
  return verdict;
}

StoredStudy::Strategy read_strategy(const std::string& id, const Json& json) {
  StoredStudy::Strategy strategy{id, {}, {}};
  if (json.contains("figures")) {
    for (const auto& [key, figure] : json.at("figures").items()) {
      if (!figure.at("v").is_null()) strategy.figures[key] = read_figure(figure);
    }
  }
  if (json.contains("assert")) {
    for (const auto& [name, verdict] : json.at("assert").items())
      strategy.verdicts.push_back(read_verdict(name, verdict));
  }
  return strategy;
}

StoredStudy from_json(const nlohmann::ordered_json& json) {
  if (json.contains("isochrone"))
    throw std::invalid_argument{"it is a scenario; `isochrone run` with --format json prints its result"};
  if (json.value("schema", nlohmann::ordered_json{}) != "result/1")
    throw std::invalid_argument{"its \"schema\" is not result/1"};
  StoredStudy study;
  study.scenario = json.at("scenario").at("name").get<std::string>();
  study.sha256 = json.at("scenario").at("sha256").get<std::string>();
  study.seed = json.at("seed").get<std::uint64_t>();
  study.confidence = json.at("confidence").get<double>();
  study.look_confidence = json.value("look_confidence", study.confidence);
  for (const auto& [id, strategy] : json.at("strategies").items()) {
    study.strategies.push_back(read_strategy(id, strategy));
    if (strategy.value("baseline", false)) study.baseline = id;
  }
  return study;
}

/// Higher is better for shares of good answers, lower for everything else.
enum class Better { lower, higher };

std::optional<Better> judged_metric(const std::string& key) {
  if (key.find("population=") != std::string::npos || key.find("site=") != std::string::npos)
    return std::nullopt;
  if (key == "cost.total" || key == "energy.total" || key == "carbon.total") return Better::lower;
  for (const char* stem : {"mean(latency", "p50(latency", "p95(latency", "p99(latency"}) {
    if (key.starts_with(stem)) return Better::lower;
  }
  if (key.starts_with("ratio(good")) return Better::higher;
  return std::nullopt;
}

std::vector<double> known(const Sections& sections) {
  std::vector<double> values;
  for (const auto& own : sections.own) {
    if (own) values.push_back(*own);
  }
  return values;
}

Estimate independent_delta(const Sections& now, const Sections& before, double confidence,
                           const std::string& unit) {
  const std::vector<double> x = known(now), y = known(before);
  const double delta = now.overall - before.overall;
  if (x.size() < 2 || y.size() < 2) return {delta, delta, delta, unit};
  const double half = sim::welch_difference(x, y, confidence).half_width;
  return {delta, delta - half, delta + half, unit};
}

Change change(const std::string& strategy, const std::string& key, const Figure& before, const Figure& now,
              double confidence, Change::Pairing pairing) {
  Change result{strategy,
                key,
                estimate(before.sections, confidence, before.unit),
                estimate(now.sections, confidence, now.unit),
                {},
                pairing,
                Change::Kind::same};
  result.delta = pairing == Change::Pairing::paired
                     ? estimate(paired(now.sections, before.sections).difference, confidence, now.unit)
                     : independent_delta(now.sections, before.sections, confidence, now.unit);
  return result;
}

/// Results are stored with nine digits: what is smaller, relative to the figure, is rounding.
constexpr double rounding = 1e-8;

Change::Kind kind_of(const Change& change, Better better, double tolerance, std::size_t replications) {
  if (replications < 2) return Change::Kind::unknown;
  const Estimate& delta = change.delta;
  const double scale = change.before.unit == "1" ? 1.0 : std::abs(change.before.value);
  const bool told = delta.low > 0 || delta.high < 0;
  if (!told || std::abs(delta.value) <= std::max(tolerance, rounding) * scale) return Change::Kind::same;
  const bool rose = delta.value > 0;
  return rose == (better == Better::higher) ? Change::Kind::better : Change::Kind::worse;
}

}  // namespace

StoredStudy stored(const Study& study) {
  StoredStudy result;
  result.scenario = study.scenario;
  result.sha256 = study.sha256;
  result.seed = study.seed;
  result.confidence = study.confidence;
  result.look_confidence = study.look_confidence;
  for (const StrategyResult& strategy : study.strategies) {
    result.strategies.push_back({strategy.strategy, strategy.figures, strategy.verdicts});
    if (strategy.baseline) result.baseline = strategy.strategy;
  }
  return result;
}

StoredStudy read_stored(const std::string& text, const std::string& name) {
  const auto refuse = [&](const std::string& why) {
    return ScenarioError{{make_diagnostic(Code::bad_text, {}, name + ": " + why)}};
  };
  try {
    StoredStudy study = from_json(nlohmann::ordered_json::parse(text));
    const bool none =
        std::ranges::all_of(study.strategies, [](const auto& strategy) { return strategy.figures.empty(); });
    if (none) throw refuse("the result has no figures (it is partial, or of an older version)");
    return study;
  } catch (const nlohmann::json::exception& error) {
    // The library's text begins with its own id.
    const std::string why = error.what();
    throw refuse("this is no result of isochrone: " + why.substr(why.find("] ") + 2));
  } catch (const std::invalid_argument& error) {
    throw refuse(std::string{"this is no result of isochrone: "} + error.what());
  }
}

bool Regression::any_worse() const {
  return std::ranges::any_of(changes,
                             [](const Change& change) { return change.kind == Change::Kind::worse; });
}

bool Regression::undecided() const {
  const auto unknown = [](const Change& change) { return change.kind == Change::Kind::unknown; };
  return !any_worse() && (changes.empty() || std::ranges::any_of(changes, unknown));
}

Regression compare(const StoredStudy& before, const StoredStudy& now, double tolerance, std::string name) {
  Regression result{std::move(name), tolerance, {}, {}};
  const auto pairing = before.seed == now.seed ? Change::Pairing::paired : Change::Pairing::independent;
  const double confidence = std::max(before.look_confidence, now.look_confidence);
  for (const StoredStudy::Strategy& strategy : now.strategies) {
    const auto earlier = std::ranges::find(before.strategies, strategy.id, &StoredStudy::Strategy::id);
    if (earlier == before.strategies.end()) {
      result.only_now.push_back(strategy.id);
      continue;
    }
    for (const auto& [key, figure] : strategy.figures) {
      const std::optional<Better> better = judged_metric(key);
      const auto same = earlier->figures.find(key);
      if (!better || same == earlier->figures.end() || same->second.unit != figure.unit) continue;
      Change made = change(strategy.id, key, same->second, figure, confidence, pairing);
      const std::size_t replications =
          std::min(known(figure.sections).size(), known(same->second.sections).size());
      made.kind = kind_of(made, *better, tolerance, replications);
      result.changes.push_back(std::move(made));
    }
  }
  return result;
}

}  // namespace planner
