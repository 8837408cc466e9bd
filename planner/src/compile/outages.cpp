#include "planner/outages.hpp"

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <variant>

#include "planner/quantity.hpp"
#include "read/time_zone.hpp"
#include "text/text_form.hpp"

namespace planner {
namespace {

using namespace std::chrono_literals;
constexpr sim::Duration day = 24h;

/// Local time less UTC when the run begins.
sim::Duration offset_of(const Scenario& scenario) {
  const std::optional<Zone> zone = parse_zone(scenario.zone);
  if (!zone || zone->local) return sim::Duration{0};
  if (zone->name.empty()) return zone->offset;
  return zone_clock(zone->name, scenario.start_unix, scenario.duration).front().offset;
}

/// Of `18:30`, which the schema has checked.
sim::Duration time_of_day(const std::string& text) {
  return std::chrono::hours{std::stoi(text.substr(0, 2))} +
         std::chrono::minutes{std::stoi(text.substr(3, 2))};
}

}  // namespace

std::vector<PlannedOutage> planned_outages(const Resolution& resolution) {
  const Scenario& scenario = resolution.scenario();
  const nlohmann::ordered_json json = resolution.json();
  std::vector<PlannedOutage> found;
  if (!json.contains("faults")) return found;
  const sim::Duration start = (std::chrono::seconds{scenario.start_unix} + offset_of(scenario)) % day;
  for (const auto& [id, outage] : json.at("faults").items()) {
    if (!outage.is_object() || !outage.contains("at") || !outage.contains("for")) continue;
    const auto length = parse_quantity(outage.at("for").get<std::string>(), Dimension::time);
    const auto* seconds = std::get_if<ParsedQuantity>(&length);
    if (seconds == nullptr) continue;
    PlannedOutage planned{.id = id,
                          .of = outage.value("site", outage.value("link", std::string{})),
                          .begin = time_of_day(outage.at("at").get<std::string>()) - start,
                          .length = sim::from_seconds(seconds->value)};
    while (planned.begin + planned.length > sim::Duration{0}) planned.begin -= day;
    for (planned.begin += day; planned.begin < scenario.warmup + scenario.duration; planned.begin += day)
      found.push_back(planned);
  }
  return found;
}

}  // namespace planner
