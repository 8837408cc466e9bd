#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "planner/number_text.hpp"
#include "planner/sensitivity.hpp"
#include "show/text_table.hpp"
#include "text/json_figures.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

std::string change_text(const std::optional<Estimate>& change, const std::string& problem) {
  if (change) return signed_with_error(*change, std::abs(change->value));
  return problem.empty() ? "-" : "cannot";
}

std::string heading(const Tornado& tornado, const std::string& strategy) {
  const std::string name = tornado.id.empty() ? tornado.text : tornado.id + ": " + tornado.text;
  if (!tornado.problem.empty()) return fmt::format("{} under {}: {}", name, strategy, tornado.problem);
  const Estimate& margin = tornado.margin;
  if (tornado.about == Tornado::About::value)
    return fmt::format("{} under {}: {} {}", name, strategy, with_error(margin), margin.unit);
  Estimate distance = margin;
  distance.value = std::abs(margin.value);
  return fmt::format("{} under {}: {} by {} {}", name, strategy, margin.value < 0 ? "missed" : "met",
                     with_error(distance), margin.unit);
}

std::string table_of(const Tornado& tornado, double by, std::size_t most, const TextOptions& options) {
  const bool is_margin = tornado.about == Tornado::About::margin;
  TextTable table;
  table.row({fmt::format("change of {} [{}]", is_margin ? "the margin" : "it", tornado.margin.unit),
             fmt::format("-{}", percent_text(by)), fmt::format("+{}", percent_text(by)), "basis", "verdict"},
            TextTable::Emphasis::strong);
  std::size_t told = 0;
  for (const Effect& effect : tornado.effects) {
    if (told == most || (effect.size() == 0 && effect.lowered_problem.empty())) break;
    ++told;
    table.row({effect.input.pointer, change_text(effect.lowered, effect.lowered_problem),
               change_text(effect.raised, effect.raised_problem), effect.input.assumed ? "assumed" : "",
               effect.flips ? "flips" : ""});
  }
  std::string text = table.text(options.width, 2, options.color);
  if (told < tornado.effects.size())
    text += fmt::format("  {} more inputs change less or nothing (--top, --format json)\n",
                        tornado.effects.size() - told);
  return text;
}

Json effect_json(const Effect& effect) {
  Json entry{{"pointer", effect.input.pointer},
             {"value", Json::parse(effect.input.value)},
             {"assumed", effect.input.assumed},
             {"flips", effect.flips}};
  if (effect.lowered) entry["lowered"] = estimate_json(*effect.lowered);
  if (effect.raised) entry["raised"] = estimate_json(*effect.raised);
  if (!effect.lowered_problem.empty()) entry["lowered_problem"] = effect.lowered_problem;
  if (!effect.raised_problem.empty()) entry["raised_problem"] = effect.raised_problem;
  return entry;
}

Json tornado_json(const Tornado& tornado) {
  Json json;
  if (!tornado.id.empty()) json["assertion"] = tornado.id;
  json["expression"] = tornado.text;
  json["about"] = tornado.about == Tornado::About::margin ? "margin" : "value";
  if (tornado.problem.empty()) {
    json["margin"] = estimate_json(tornado.margin);
  } else {
    json["problem"] = tornado.problem;
  }
  json["effects"] = Json::array();
  for (const Effect& effect : tornado.effects) json["effects"].push_back(effect_json(effect));
  return json;
}

}  // namespace

std::string render_sensitivity(const Sensitivity& all, std::size_t most, const TextOptions& options) {
  std::string text;
  for (const Tornado& tornado : all.tornadoes) {
    if (!text.empty()) text += "\n";
    text += wrapped(heading(tornado, all.strategy), options.width, 0);
    if (tornado.problem.empty()) text += table_of(tornado, all.by, most, options);
  }
  if (all.varied < all.inputs)
    text += wrapped(fmt::format("partial: {} of {} inputs were varied", all.varied, all.inputs),
                    options.width, 0);
  return text;
}

Json sensitivity_json(const Sensitivity& all) {
  Json json{{"strategy", all.strategy},
            {"by", all.by},
            {"varied", all.varied},
            {"inputs", all.inputs},
            {"tornadoes", Json::array()}};
  for (const Tornado& tornado : all.tornadoes) json["tornadoes"].push_back(tornado_json(tornado));
  return json;
}

}  // namespace planner
