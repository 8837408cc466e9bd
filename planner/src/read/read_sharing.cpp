#include "read/read_sharing.hpp"

#include <fmt/format.h>

#include <map>

#include "models/nr_qos.hpp"

namespace planner {
namespace {

/// The best-effort class, of a population that states none.
constexpr std::uint32_t usual_class = 9;

std::uint32_t level_of(const Fields& access) {
  return models::priority_level(access.count("qos", usual_class)).value_or(0);
}

/// What two populations of one cell differ in; empty: nothing.
std::string difference(const Access& a, const Access& b) {
  if (a.cell_uplink != b.cell_uplink) return "cell_uplink";
  if (a.cell_downlink != b.cell_downlink) return "cell_downlink";
  if (a.users_per_cell != b.users_per_cell) return "users_per_cell";
  if (a.sharing != b.sharing) return "the rule of sharing";
  return {};
}

}  // namespace

void read_sharing(const Fields& access, Access& target, ReadContext& context) {
  const Fields fields = access.object("sharing");
  if (!access.has("sharing")) return;
  const bool fair = fields.text("rule", "fair") == "fair";
  target.sharing = fair ? models::Sharing::fair : models::Sharing::in_turn;
  target.cell = fields.text("cell");
  for (const std::string_view key : {"weight", "weighed"}) {
    if (fair || !fields.has(key)) continue;
    context.issues.add(Code::conflicting_keys, fields.get(key)->span,
                       fmt::format("\"{}\" has no effect where transfers are carried in turn", key));
  }
  target.share.weight = fields.number("weight", target.share.weight);
  if (fields.text("weighed") == "slice") target.share.weighed = models::TenantSpec::Weighed::tenant;
  target.share.level = level_of(access);
  if (!target.cell_uplink && !target.cell_downlink) {
    context.issues.add(Code::missing_key, fields.span(),
                       "nothing to share: neither \"cell_uplink\" nor \"cell_downlink\" is known");
  }
}

void check_cells(const Fields& populations, ReadContext& context) {
  std::map<std::string, std::pair<std::string, const Access*>> known;  // first member of a cell
  for (const Member* member : populations.entries()) {
    const Access& access = context.scenario.populations.at(member->key).access;
    if (access.cell.empty()) continue;
    const auto [first, added] = known.try_emplace(access.cell, member->key, &access);
    if (added) continue;
    const std::string differs = difference(*first->second.second, access);
    if (differs.empty()) continue;
    const Value& sharing = *member->value.find("access")->find("sharing");
    context.issues.add(Code::conflicting_keys, sharing.span,
                       fmt::format("populations \"{}\" and \"{}\" share cell \"{}\", but differ in {}",
                                   first->second.first, member->key, access.cell, differs));
  }
}

}  // namespace planner
