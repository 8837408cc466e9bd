#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "planner/document.hpp"

/// What two scenarios, or two strategies, state differently: by meaning, not by text.
namespace planner {

/// A value that is not the same on both sides.
struct InputChange {
  enum class Kind : std::uint8_t { added, removed, changed };
  Kind kind = Kind::changed;
  std::string pointer;                  ///< into the effective scenario (Resolution::json)
  std::string before, after;            ///< JSON text; empty on the side that has nothing there
  std::optional<double> ratio;          ///< after / before, of numbers and quantities of one sign
  std::vector<std::string> strategies;  ///< pairs in which it differs so, as ScenarioDiff::Pair::name
  std::string file;                     ///< where it stands now; where it stood if it was removed
  Position at;
};

struct ScenarioDiff {
  /// Two strategies that were compared.
  struct Pair {
    std::string before, after;  ///< ids
    /// Whether replications give the same: what differs, if anything, only names, judges or plans.
    enum class Simulation : std::uint8_t { same, different } simulation = Simulation::same;
    [[nodiscard]] std::string name() const;  ///< `edge`, or `region → edge`
  };
  std::string scenario;  ///< the later one's name
  std::vector<Pair> pairs;
  std::vector<InputChange> changes;                  ///< in the order of the format
  std::vector<std::string> only_before, only_after;  ///< strategies without a partner
  std::string baseline_before, baseline_after;       ///< ids; the same where strategies were chosen
  std::vector<std::string> tables;                   ///< files of figures whose content differs
  [[nodiscard]] bool equal() const;
};

/// Compares the strategies that both documents have.
///
/// Values are compared as they apply, imports and sets written out: quantities by what they amount to
/// (`1 s` is `1000 ms`), a value left out with its default; comments, order, notes, `x-*` and `$schema` do
/// not count. Arrays are compared as a whole.
/// @param strategies  only these, where not empty. @throws ScenarioError where one side is not valid
[[nodiscard]] ScenarioDiff diff(const Document& before, const Document& after,
                                const std::vector<std::string>& strategies = {});
/// Compares one strategy of each.
[[nodiscard]] ScenarioDiff diff(const Document& before, const std::string& strategy_before,
                                const Document& after, const std::string& strategy_after);

/// How the two sides are called.
struct DiffNames {
  std::string before, after;
};
[[nodiscard]] std::string render_diff(const ScenarioDiff& diff, const DiffNames& names, int width);
/// A comment for a pull request, with a hidden marker in front and shorter than 65,536 bytes.
[[nodiscard]] std::string diff_markdown(const ScenarioDiff& diff, const DiffNames& names);
/// The document diff/1 without its head.
[[nodiscard]] nlohmann::ordered_json diff_json(const ScenarioDiff& diff, const DiffNames& names);

}  // namespace planner
