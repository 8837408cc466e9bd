#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "planner/fail.hpp"
#include "planner/number_text.hpp"
#include "show/text_table.hpp"
#include "text/json_figures.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

std::string joined(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, " + "));
}

/// The first reasons of several hundred: each user who is cut off is one.
std::string short_reason(const std::string& reason) {
  constexpr std::size_t told = 2;
  std::size_t end = 0, count = 0;
  for (std::size_t at = 0; at != std::string::npos; at = reason.find("; ", at + 1)) {
    if (count++ == told) end = at;
  }
  if (count <= told) return reason;
  return fmt::format("{}; and {} more", reason.substr(0, end), count - told);
}

std::string p99_cell(const Loss& loss, const std::string& flow) {
  const auto found = std::ranges::find(loss.flows, flow, &Loss::Flow::flow);
  if (found == loss.flows.end()) return loss.survives ? "-" : "cannot";
  return fmt::format("{} ({})", number_text(found->p99.value),
                     signed_with_error(found->delta, found->p99.value));
}

std::string table_of(const Scenario& scenario, const std::vector<Loss>& losses, const TextOptions& options) {
  TextTable table;
  std::vector<std::string> head{"lost", "users in it", "requests/s", "fail at once"};
  for (const auto& [flow, spec] : scenario.flows) head.push_back("p99 " + flow + " [ms]");
  head.push_back("busiest");
  table.row(head, TextTable::Emphasis::strong);
  for (const Loss& loss : losses) {
    std::vector<std::string> cells{loss.lost.front(), number_text(loss.users), number_text(loss.exposed),
                                   number_text(loss.failed_requests)};
    for (const auto& [flow, spec] : scenario.flows) cells.push_back(p99_cell(loss, flow));
    cells.push_back(loss.busiest ? fmt::format("{:.0f} %", 100 * loss.busiest->utilisation) : "-");
    table.row(std::move(cells));
    for (std::size_t i = 1; i < loss.lost.size(); ++i) table.row({"+ " + loss.lost[i]});
  }
  return table.text(options.width, 0, options.color);
}

std::string window_text(const Scenario& scenario, const std::vector<Loss>& losses) {
  std::string text = fmt::format(
      "Requests that need the part fail for {} until the loss is noticed; users' own calls also until the "
      "old "
      "name has run out, {} on average.",
      duration_text(scenario.faults.detection), duration_text(scenario.faults.name_ttl / 2));
  double saved = 0;
  for (const Loss& loss : losses) saved = std::max(saved, loss.retried_requests);
  if (saved > 0) text += fmt::format(" Later attempts save up to {} requests a loss.", number_text(saved));
  return text;
}

}  // namespace

std::string render_losses(const Scenario& scenario, const Losses& losses, const TextOptions& options) {
  if (losses.all == 0) {
    return losses.parts == 0 ? "nothing that could be lost is in use\n"
                             : "only one that could be lost is in use, so no two can be\n";
  }
  if (!losses.infeasible.empty())
    return wrapped(fmt::format("{} is infeasible as it is: {}", scenario.strategy, losses.infeasible),
                   options.width, 0);
  std::string text = losses.tried > 0 ? table_of(scenario, losses.found, options) : "";
  if (losses.tried < losses.all)
    text += wrapped(fmt::format("partial: {} of {} losses were tried", losses.tried, losses.all),
                    options.width, 0);
  for (const Loss& loss : losses.found) {
    if (!loss.survives)
      text += wrapped("without " + joined(loss.lost) + ": " + short_reason(loss.reason), options.width, 2);
  }
  return text + wrapped(window_text(scenario, losses.found), options.width, 0);
}

Json losses_json(const Losses& losses) {
  Json json{{"tried", losses.tried}, {"of", losses.all}, {"losses", Json::array()}};
  if (!losses.infeasible.empty()) json["reason"] = losses.infeasible;
  for (const Loss& loss : losses.found) {
    Json entry{{"lost", loss.lost},
               {"survives", loss.survives},
               {"share", rounded(loss.share)},
               {"users", rounded(loss.users)},
               {"requests_per_second", rounded(loss.exposed)},
               {"failed_requests", rounded(loss.failed_requests)},
               {"retried_requests", rounded(loss.retried_requests)},
               {"flows", Json::object()}};
    if (!loss.survives) entry["reason"] = loss.reason;
    if (loss.busiest) {
      entry["busiest"] = {{"pool", loss.busiest->pool},
                          {"service", loss.busiest->service},
                          {"utilization", rounded(loss.busiest->utilisation)}};
    }
    for (const Loss::Flow& flow : loss.flows)
      entry["flows"][flow.flow] = {{"p99", estimate_json(flow.p99)}, {"delta", estimate_json(flow.delta)}};
    json["losses"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace planner
