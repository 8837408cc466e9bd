#include <fmt/format.h>

#include "planner/number_text.hpp"
#include "show/report_model.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_inputs = 15;  ///< drawn: what follows changes least

Json bar_json(std::size_t series, const Estimate& change) {
  return {{"series", series},
          {"v", chart_number(change.value)},
          {"lo", chart_number(change.low)},
          {"hi", chart_number(change.high)}};
}

std::string cell(const std::optional<Estimate>& change, const std::string& problem) {
  if (change) return signed_with_error(*change, change->value);
  return problem.empty() ? "–" : "cannot: " + problem;
}

ReportFigure figure_of(const Tornado& tornado, double by) {
  const std::string share = percent_text(by);
  ReportFigure figure{tornado.id.empty() ? tornado.text : tornado.id + ": " + tornado.text,
                      "How much is left to the limit when one input is lowered or raised, on the same random "
                      "numbers; to the right there is more. Inputs that nobody measured are marked.",
                      {},
                      {}};
  if (tornado.about == Tornado::About::value)
    figure.note =
        "How it changes when one input is lowered or raised. Inputs that nobody measured are marked.";
  figure.table.head = {"input", "basis", "verdict", "lowered by " + share, "raised by " + share, "unit"};
  figure.table.text_columns = 3;
  figure.chart = {{"kind", "intervals"},
                  {"unit", tornado.margin.unit},
                  {"scale", "zero"},
                  {"names", {"lowered by " + share, "raised by " + share}},
                  {"groups", Json::array()}};
  for (const Effect& effect : tornado.effects) {
    if (figure.table.rows.size() == most_inputs || effect.size() == 0) break;
    const std::string mark = effect.input.assumed ? " (assumed)" : "";
    figure.table.rows.push_back({effect.input.pointer, effect.input.assumed ? "assumed" : "",
                                 effect.flips ? "flips" : "", cell(effect.lowered, effect.lowered_problem),
                                 cell(effect.raised, effect.raised_problem), tornado.margin.unit});
    Json rows = Json::array();
    if (effect.lowered) rows.push_back(bar_json(0, *effect.lowered));
    if (effect.raised) rows.push_back(bar_json(1, *effect.raised));
    if (!rows.empty())
      figure.chart["groups"].push_back({{"name", effect.input.pointer + mark}, {"rows", std::move(rows)}});
  }
  if (figure.chart["groups"].empty()) figure.chart = nullptr;
  return figure;
}

}  // namespace

ReportSection sensitivity_section(const Sensitivity& sensitivity) {
  ReportSection section{"sensitivity", "What it hangs on: " + sensitivity.strategy, {}, {}};
  for (const Tornado& tornado : sensitivity.tornadoes) {
    const std::string name = tornado.id.empty() ? tornado.text : tornado.id;
    if (!tornado.problem.empty()) {
      section.items.push_back(name + ": " + tornado.problem);
      continue;
    }
    ReportFigure figure = figure_of(tornado, sensitivity.by);
    if (figure.table.rows.empty()) {
      section.items.push_back(name + ": no input changes it");
    } else {
      section.figures.push_back(std::move(figure));
    }
  }
  return section;
}

}  // namespace planner
