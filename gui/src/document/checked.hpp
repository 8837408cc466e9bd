#pragma once
#include <QString>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "planner/diagnostic.hpp"
#include "planner/document.hpp"
#include "planner/sweep.hpp"

namespace gui {

/// A text to be checked, and where its imports are.
struct Draft {
  std::string text;
  std::string name;    ///< how diagnostics call it
  std::string folder;  ///< of imports and profiles
  std::uint64_t revision = 0;
};

/// What the planner says of one revision of a document. Immutable, shared between threads and views.
struct Checked {
  struct Strategy {
    std::string id;
    std::optional<planner::Resolution> resolution;  ///< nothing: this strategy has errors
  };
  struct Sweep {
    std::string name;
    std::optional<planner::Sweep> sweep;  ///< nothing: it cannot be read
    std::string problem;                  ///< why not
  };
  std::uint64_t revision = 0;
  std::optional<planner::Document> document;  ///< nothing: the text has errors
  std::vector<Strategy> strategies;           ///< in document order
  std::vector<Sweep> sweeps;                  ///< in document order; none while the baseline has errors
  std::vector<planner::Diagnostic> diagnostics;

  [[nodiscard]] bool valid() const;
  /// Null where it is unknown or has errors.
  [[nodiscard]] const planner::Resolution* find(const std::string& strategy) const;
};

/// The document with `--set` overlays over it. @throws planner::ScenarioError
[[nodiscard]] planner::Document document_of(const Draft& draft, const std::vector<std::string>& sets = {});

/// Parses and resolves every strategy, as `isochrone validate` does. Some milliseconds to tens of them.
[[nodiscard]] std::shared_ptr<const Checked> check(const Draft& draft);

}  // namespace gui
