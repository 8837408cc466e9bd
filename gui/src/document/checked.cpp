#include "document/checked.hpp"

#include <algorithm>
#include <set>

#include "planner/capacity.hpp"
#include "planner/value.hpp"

namespace gui {
namespace {

/// The same issue shows up under every strategy that inherits it; a reader wants it once.
class Gatherer {
 public:
  explicit Gatherer(std::vector<planner::Diagnostic>& all) : all_{all} {}
  void add(const std::vector<planner::Diagnostic>& more) {
    for (const planner::Diagnostic& issue : more) {
      const auto place = std::pair{issue.file, issue.range.start.byte};
      if (seen_.emplace(place, issue.message).second) all_.push_back(issue);
    }
  }

 private:
  std::vector<planner::Diagnostic>& all_;
  std::set<std::pair<std::pair<std::string, std::uint32_t>, std::string>> seen_;
};

std::vector<Checked::Sweep> sweeps_of(const Checked& checked) {
  std::vector<Checked::Sweep> sweeps;
  const planner::Resolution* baseline = checked.find(checked.document->baseline());
  if (baseline == nullptr || baseline->tree().find("sweeps") == nullptr) return sweeps;
  for (const std::string& name : planner::sweep_names(*checked.document)) {
    Checked::Sweep& sweep = sweeps.emplace_back(Checked::Sweep{name, std::nullopt, {}});
    try {
      sweep.sweep = planner::read_sweep(*checked.document, name);
    } catch (const planner::ScenarioError& error) {
      sweep.problem = error.diagnostics().front().message;
    }
  }
  return sweeps;
}

}  // namespace

bool Checked::valid() const {
  const auto is_error = [](const planner::Diagnostic& d) { return d.severity == planner::Severity::error; };
  return document.has_value() && std::ranges::none_of(diagnostics, is_error);
}

const planner::Resolution* Checked::find(const std::string& strategy) const {
  const auto found = std::ranges::find(strategies, strategy, &Strategy::id);
  return found == strategies.end() || !found->resolution ? nullptr : &*found->resolution;
}

planner::Document document_of(const Draft& draft, const std::vector<std::string>& sets) {
  return planner::Document::parse(draft.text, draft.name, draft.folder, {.patches = {}, .sets = sets});
}

std::shared_ptr<const Checked> check(const Draft& draft) {
  auto checked = std::make_shared<Checked>();
  checked->revision = draft.revision;
  Gatherer gatherer{checked->diagnostics};
  try {
    checked->document = document_of(draft);
  } catch (const planner::ScenarioError& error) {
    gatherer.add(error.diagnostics());
    return checked;
  }
  for (const std::string& id : checked->document->strategies()) {
    Checked::Strategy& strategy = checked->strategies.emplace_back(Checked::Strategy{id, std::nullopt});
    try {
      strategy.resolution = checked->document->resolve(id);
      gatherer.add(strategy.resolution->warnings());
      gatherer.add(planner::check_capacity(*strategy.resolution));
    } catch (const planner::ScenarioError& error) {
      gatherer.add(error.diagnostics());
    }
  }
  checked->sweeps = sweeps_of(*checked);
  return checked;
}

}  // namespace gui
