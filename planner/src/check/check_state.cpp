#include "check/check_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "check/check_references.hpp"

namespace planner {
namespace {

class StateChecker {
 public:
  StateChecker(const Fields& root, ReadContext& context)
      : root_{root}, issues_{context.issues}, scenario_{context.scenario} {}

  void check() {
    for (const Member* service : root_.object("services").entries()) check_service(*service);
    for (const Member* flow : root_.object("flows").entries()) check_writes(*flow);
    for (const Member* population : root_.object("populations").entries()) check_residency(*population);
  }

 private:
  /// Sites of a service, without those that are unknown (and reported).
  [[nodiscard]] std::vector<std::string> sites_of(const std::string& service) const {
    std::vector<std::string> sites;
    const auto placed = scenario_.placement.find(service);
    if (placed == scenario_.placement.end()) return sites;
    for (const auto& [site, placement] : placed->second)
      if (scenario_.sites.contains(site)) sites.push_back(site);
    return sites;
  }

  void check_service(const Member& member) {
    const auto& state = scenario_.services.at(member.key).state;
    if (!state) return;
    const Value& where = *member.value.find("state");
    const auto placed = scenario_.placement.find(member.key);
    if (placed == scenario_.placement.end()) return;
    if (placed->second.contains(user_device)) {
      issues_.add(
          Code::not_placeable, where.span,
          fmt::format("\"{}\" is placed on the users' devices, where state is not modelled", member.key));
    }
    if (state->kind == State::Kind::replicated) check_copies(member.key, *state, where);
  }

  void check_copies(const std::string& service, const State& state, const Value& where) {
    const std::vector<std::string> sites = sites_of(service);
    const Value* primary = where.find("primary");
    if (primary == nullptr || sites.empty()) return;
    if (!scenario_.sites.contains(state.primary)) {
      report_unknown(primary->span, state.primary, scenario_.sites, "sites", "site", root_, issues_);
    } else if (std::ranges::find(sites, state.primary) == sites.end()) {
      issues_.add(Code::bad_state, primary->span,
                  fmt::format("the primary of \"{}\" is to be at \"{}\", but strategy \"{}\" places it at {} "
                              "only",
                              service, state.primary, scenario_.strategy, fmt::join(sites, ", ")));
    }
    if (state.quorum > sites.size()) {
      issues_.add(Code::bad_state, where.find("quorum")->span,
                  fmt::format("a quorum of {} copies, but \"{}\" is placed at {} sites", state.quorum,
                              service, sites.size()));
    }
  }

  void check_writes(const Member& flow) {
    for (const Member* call : Fields{flow.value}.object("calls").entries()) {
      const Value* writes = call->value.find("writes");
      const Value* service = call->value.find("service");
      if (writes == nullptr || service == nullptr) continue;
      const auto found = scenario_.services.find(service->text);
      if (found == scenario_.services.end()) continue;
      if (found->second.state && found->second.state->kind == State::Kind::replicated) continue;
      issues_.add(Code::conflicting_keys, writes->span,
                  fmt::format("\"writes\" has no effect: \"{}\" has no replicated state", service->text));
    }
  }

  void check_residency(const Member& member) {
    const auto population = scenario_.populations.find(member.key);
    if (population == scenario_.populations.end() || !population->second.residency) return;
    std::set<std::string> services;
    for (const auto& [id, workload] : scenario_.workloads) {
      const auto flow = scenario_.flows.find(workload.flow);
      if (workload.population != member.key || flow == scenario_.flows.end()) continue;
      for (const auto& [name, call] : flow->second.calls) services.insert(call.service);
    }
    for (const std::string& service : services)
      check_service_of(member, service, *population->second.residency);
  }

  // What is shared may be anywhere that the service is, and copies are everywhere; else one place is enough.
  void check_service_of(const Member& member, const std::string& service, const Residency& residency) {
    const std::vector<std::string> sites = sites_of(service);
    if (sites.empty() || scenario_.placement.at(service).contains(user_device)) return;
    std::vector<std::string> outside;
    for (const std::string& site : sites) {
      if (!residency.allows(scenario_.sites.at(site))) outside.push_back(described(site));
    }
    const auto& state = scenario_.services.at(service).state;
    const bool everywhere =
        state && (state->kind == State::Kind::replicated ||
                  (state->kind == State::Kind::objects && state->key == State::Key::item));
    if (outside.empty() || (!everywhere && outside.size() < sites.size())) return;
    Diagnostic& issue = issues_.add(
        Code::residency, member.value.find("residency")->span,
        fmt::format("data of \"{}\" must not be {} under strategy \"{}\": service \"{}\" {} at {}",
                    member.key, everywhere ? "everywhere it would be" : "anywhere it would be",
                    scenario_.strategy, service, everywhere ? "keeps it" : "is placed only",
                    fmt::join(outside, ", ")));
    issue.help = "place the service at a site that the residency allows";
  }

  [[nodiscard]] std::string described(const std::string& site) const {
    const auto& at = scenario_.sites.at(site).at;
    return fmt::format("{} ({})", site, at && !at->country.empty() ? at->country : "country not stated");
  }

  const Fields& root_;
  Issues& issues_;
  const Scenario& scenario_;
};

}  // namespace

bool Residency::allows(const Site& site) const {
  const std::string country = site.at ? site.at->country : std::string{};
  const bool here = countries.empty() || std::ranges::find(countries, country) != countries.end();
  return here && std::ranges::all_of(labels, [&](const auto& label) {
           const auto own = site.labels.find(label.first);
           return own != site.labels.end() && own->second == label.second;
         });
}

void check_state(const Fields& root, ReadContext& context) { StateChecker{root, context}.check(); }

}  // namespace planner
