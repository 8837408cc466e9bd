#pragma once
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "planner/render.hpp"
#include "planner/results.hpp"

/// A study against an earlier one: what became worse?
namespace planner {

/// What is kept of a study in its JSON: enough to judge and to compare it again.
struct StoredStudy {
  std::string scenario, sha256;
  std::uint64_t seed = 0;
  double confidence = 0.95, look_confidence = 0.95;  ///< as of Study
  std::string baseline;                              ///< id of the strategy, empty if none is marked
  struct Strategy {
    std::string id;
    FigureTable figures;
    std::vector<Verdict> verdicts;  ///< as they were judged then
  };
  std::vector<Strategy> strategies;  ///< in the order of the file
};

[[nodiscard]] StoredStudy stored(const Study& study);
/// @param name  how diagnostics call the text
/// @throws ScenarioError where it is no result/1 document, or one without figures
[[nodiscard]] StoredStudy read_stored(const std::string& text, const std::string& name);

/// A metric then and now.
struct Change {
  std::string strategy, metric;
  Estimate before, after, delta;  ///< in the metric's unit
  enum class Pairing : std::uint8_t { paired, independent } pairing = Pairing::paired;
  /// unknown: fewer than two replications tell it, so nothing is known of chance.
  enum class Kind : std::uint8_t { same, better, worse, unknown } kind = Kind::same;
};

struct Regression {
  std::string before;                 ///< what it is compared with, as the user called it
  double tolerance = 0;               ///< relative
  std::vector<Change> changes;        ///< by strategy, then metric
  std::vector<std::string> only_now;  ///< strategies without an earlier result
  [[nodiscard]] bool any_worse() const;
  /// Whether it cannot be told that nothing is worse: a change is unknown, or nothing could be compared.
  [[nodiscard]] bool undecided() const;
};

/// Compares strategies of the same id by latency, good answers, cost, energy and carbon.
///
/// Worse: the interval of the difference excludes 0 and the difference is more than `tolerance` of the
/// earlier figure (for shares: more than `tolerance` by itself). Results of the same seed are paired,
/// replication by replication; others are compared as independent.
[[nodiscard]] Regression compare(const StoredStudy& before, const StoredStudy& now, double tolerance,
                                 std::string name);

/// A line for each change.
[[nodiscard]] std::string render_regression(const Regression& regression, const TextOptions& options);
/// Member `regression` of result/1.
[[nodiscard]] nlohmann::ordered_json regression_json(const Regression& regression);

/// The assertions of a text: a scenario or a patch with `assert`, or an object of assertions by id.
/// @param known  what metrics may name
/// @throws ScenarioError
[[nodiscard]] std::vector<Assertion> read_assertions(const std::string& text, const std::string& name,
                                                     const KnownIds& known);

/// Judges a stored study again: what it was judged by then, with the confidence that its last look had, or
/// `assertions` where they are given, at their own or the study's. The study that results has figures and
/// verdicts, and no more.
[[nodiscard]] Study check(const StoredStudy& stored, const std::vector<Assertion>* assertions);

/// What the figures of a stored study are about.
[[nodiscard]] KnownIds known_ids(const StoredStudy& stored);

}  // namespace planner
