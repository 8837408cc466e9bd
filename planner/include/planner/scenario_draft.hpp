#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "planner/observations.hpp"

namespace planner {

/// How a draft gets its demand.
struct DraftOptions {
  std::string name = "imported";
  std::string replay_file;  ///< CSV with columns time_s and flow beside the draft; empty: fitted arrivals
};

/// What was found, as a scenario that runs, and the remarks of its making.
struct ScenarioDraft {
  std::string text;              ///< JSON with comments, canonical form
  std::vector<TraceNote> notes;  ///< those of the observations, then those of the draft
};

/// A scenario of one site that serves the observed flows: a service law, call tree and arrivals each.
///
/// Every guess is `assumed` and named in the notes and at the top of the text: place, machines, replicas (for
/// half of the slots busy), service times that the source does not tell.
/// @throws TraceError where there is no request
[[nodiscard]] ScenarioDraft draft_scenario(const Observations& seen, const DraftOptions& options);

/// The requests as CSV with columns time_s and service, for exact replay: service is the id of the flow.
[[nodiscard]] std::string arrivals_csv(const Observations& seen);

/// The remarks of an import: mapped, guessed and dropped.
[[nodiscard]] std::string render_notes(const std::vector<TraceNote>& notes);
[[nodiscard]] nlohmann::ordered_json notes_json(const std::vector<TraceNote>& notes);

}  // namespace planner
