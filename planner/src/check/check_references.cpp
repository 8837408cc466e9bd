#include "check/check_references.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "check/check_calls.hpp"
#include "check/check_placement.hpp"
#include "check/check_state.hpp"
#include "planner/number_text.hpp"
#include "read/schema_model.hpp"

namespace planner {
namespace {

class References {
 public:
  References(const Fields& root, ReadContext& context, UsedIds& used)
      : root_{root}, issues_{context.issues}, scenario_{context.scenario}, used_{used} {}

  void check() {
    check_not_empty();
    check_workloads();
    check_flows();
    check_links();
    check_populations();
    check_routing();
  }

 private:
  /// Reports a text that is no key of `known`.
  /// @return whether it is one; it then counts as used
  template <class Map>
  bool refer(const Value* id, const Map& known, std::string_view section, std::string_view what) {
    if (id == nullptr) return false;
    if (known.contains(id->text)) {
      used_.insert(fmt::format("{}/{}", section, id->text));
      return true;
    }
    report_unknown(id->span, id->text, known, section, what, root_, issues_);
    return false;
  }

  void check_not_empty() {
    const auto need = [&](bool present, std::string_view what) {
      if (!present)
        issues_.add(Code::empty_scenario, root_.span(), fmt::format("nothing to simulate: no {}", what));
    };
    need(!scenario_.services.empty(), "services");
    need(!scenario_.flows.empty(), "flows");
    need(!scenario_.populations.empty(), "populations");
    need(!scenario_.workloads.empty(), "workloads");
    need(scenario_.duration > sim::Duration{}, "duration in \"time\"");
  }

  void check_workloads() {
    for (const Member* member : root_.object("workloads").entries()) {
      const Fields fields{member->value};
      const bool known_users =
          refer(fields.get("population"), scenario_.populations, "populations", "population");
      const bool known_flow = refer(fields.get("flow"), scenario_.flows, "flows", "flow");
      const Workload& workload = scenario_.workloads.at(member->key);
      if (known_users) used_.insert("population_sets/" + scenario_.populations.at(workload.population).set);
      if (known_users && known_flow && !(workload.rate > 0)) {
        issues_.add(Code::no_load, member->key_span,
                    fmt::format("workload \"{}\" makes no requests", member->key));
      }
      if (known_users && known_flow && workload.rate > 0) check_somebody_asks(*member, workload);
    }
  }

  void check_somebody_asks(const Member& member, const Workload& workload) {
    if (scenario_.populations.at(workload.population).users > 0) return;
    // Where it is not said how many they are, a rate is no contradiction.
    if (!Fields{*root_.object("populations").get(workload.population)}.get("users")) return;
    issues_.add(Code::no_users, member.key_span,
                fmt::format("population \"{}\" has no users, and workload \"{}\" makes {} requests/s there",
                            workload.population, member.key, number_text(workload.rate)));
  }

  void check_flows() {
    for (const Member* member : root_.object("flows").entries()) {
      for (const Member* call : Fields{member->value}.object("calls").entries()) {
        refer(call->value.find("service"), scenario_.services, "services", "service");
      }
      check_calls(*member, scenario_.flows.at(member->key), issues_);
    }
  }

  void check_links() {
    for (const Member* member : root_.object("links").entries()) {
      for (const Value& end : member->value.find("between")->items)
        refer(&end, scenario_.sites, "sites", "site");
    }
  }

  void check_populations() {
    for (const Member* member : root_.object("populations").entries()) {
      const Population& population = scenario_.populations.at(member->key);
      const Fields fields{member->value};
      if (fields.has("site")) refer(fields.get("site"), scenario_.sites, "sites", "site");
      if (!fields.has("access")) {
        issues_.add(Code::missing_key, member->key_span,
                    fmt::format("population \"{}\" has no \"access\"", member->key));
      }
      if (population.at || fields.has("site") || fields.has("city") || fields.has("region")) continue;
      issues_.add(
          Code::unreachable_site, member->key_span,
          fmt::format("population \"{}\" is nowhere: give it \"at\", \"city\" or \"site\"", member->key));
    }
  }

  void check_routing() {
    const Fields routing = root_.object("routing");
    check_weights(routing, scenario_.routing);
    for (const Member* member : routing.object("services").entries()) {
      if (!scenario_.services.contains(member->key)) {
        report_unknown(member->key_span, member->key, scenario_.services, "services", "service", root_,
                       issues_);
      }
      check_weights(Fields{member->value}, scenario_.service_routing.at(member->key));
    }
  }

  void check_weights(const Fields& fields, const Routing& routing) {
    double sum = 0;
    for (const Member* weight : fields.object("weights").entries()) {
      sum += weight->value.number;
      if (scenario_.sites.contains(weight->key)) continue;
      report_unknown(weight->key_span, weight->key, scenario_.sites, "sites", "site", root_, issues_);
    }
    if (fields.has("weights") && !(sum > 0)) {
      issues_.add(Code::bad_weights, fields.get("weights")->span, "the routing weights sum to 0");
    }
    if (routing.policy == Routing::Policy::weighted && routing.weights.empty()) {
      issues_.add(Code::bad_weights, fields.span(), "the policy is weighted, but there are no \"weights\"");
    }
    if (routing.policy != Routing::Policy::weighted && fields.has("weights")) {
      issues_.add(Code::conflicting_keys, fields.get("weights")->span,
                  "\"weights\" have no effect unless the policy is weighted");
    }
  }

  const Fields& root_;
  Issues& issues_;
  const Scenario& scenario_;
  UsedIds& used_;
};

}  // namespace

void explain_unknown(Diagnostic& issue, const std::string& id, const std::vector<std::string>& known,
                     std::string_view section, const Fields& root) {
  issue.label = fmt::format("not in \"{}\" ({} defined)", section, known.size());
  propose(issue, id, known);
  const std::string_view near = nearest_word(id, known);
  const Value* entries = root.get(section);
  const Member* definition = near.empty() || entries == nullptr ? nullptr : entries->find_member(near);
  if (definition != nullptr && definition->key_span.file != nullptr) {
    issue.related.push_back({definition->key_span.file->name(), range_of(definition->key_span).start,
                             fmt::format("\"{}\" is defined here", near)});
  }
}

void check_references(const Fields& root, ReadContext& context, UsedIds& used) {
  References{root, context, used}.check();
  check_placement(root, context, used);
  check_state(root, context);
}

void warn_unused(const Value& base, const UsedIds& used, Issues& issues) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> sections{
      {{"sites", "site"},
       {"site_sets", "site set"},
       {"populations", "population"},
       {"population_sets", "population set"},
       {"services", "service"},
       {"flows", "flow"}}};
  for (const auto& [section, what] : sections) {
    for (const Member* member : Fields{base}.object(section).entries()) {
      if (used.contains(fmt::format("{}/{}", section, member->key))) continue;
      issues.add(Code::unused, member->key_span,
                 fmt::format("{} \"{}\" is not used by any strategy", what, member->key));
    }
  }
}

}  // namespace planner
