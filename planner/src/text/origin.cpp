#include "planner/origin.hpp"

#include <nlohmann/json.hpp>

#include "planner/value.hpp"

namespace planner {

std::vector<Origin> origins_of(const Document& document, const std::vector<Scenario>& scenarios) {
  const auto bundle = std::make_shared<const Bundle>(document.bundle());
  std::vector<Origin> origins;
  for (const Scenario& scenario : scenarios) origins.push_back({bundle, scenario.strategy});
  return origins;
}

std::optional<Variant> read_variant(const LoadWith& load, const std::string& strategy,
                                    const nlohmann::ordered_json& patch) {
  // As values set, not as a patch file: those would lie below what the user sets.
  std::vector<std::string> sets;
  for (const auto& [section, change] : patch.items())
    sets.push_back("/" + escape_token(section) + "=" + change.dump());
  try {
    const Document document = load(sets);
    Scenario scenario = document.resolve(strategy).scenario();
    return Variant{std::move(scenario), {std::make_shared<const Bundle>(document.bundle()), strategy}};
  } catch (const ScenarioError&) {
    return std::nullopt;
  }
}

}  // namespace planner
