#pragma once
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "planner/diagnostic.hpp"
#include "planner/regression.hpp"
#include "planner/results.hpp"

/// Studies and diagnostics as the tools around a pipeline read them. Deterministic; every text of a scenario
/// is escaped for the format it goes into.
namespace planner {

/// Tidy, one value a row: study,strategy,rep,metric,unit,value,slice_s; `rep` counts from 1, `all` is all
/// together; `slice_s` is when a slice of the results over time begins since the run's time 0, empty for the
/// whole span.
[[nodiscard]] std::string render_csv(const Study& study);

/// JUnit XML: a test case for each assertion of each strategy, and one that tells whether it was simulated.
/// Failed is `failure`; undecided, and failed at level warn, are `skipped`; infeasible is `error`.
[[nodiscard]] std::string render_junit(const Study& study);
/// The same with one error: why there is no result.
[[nodiscard]] std::string render_junit_error(const std::string& message);

/// Workflow commands of GitHub Actions: an annotation for what failed or is undecided, a notice if nothing
/// is.
[[nodiscard]] std::string render_annotations(const Study& study);
[[nodiscard]] std::string render_annotations(std::span<const Diagnostic> diagnostics);
/// One command. @param kind  error | warning | notice
[[nodiscard]] std::string render_annotation(const char* kind, const std::string& title,
                                            const std::string& message);

/// Result/1 in lines: type study, strategy, verdict, figure, difference, last exit.
[[nodiscard]] std::string render_json_lines(const Study& study, const nlohmann::ordered_json& exit);

/// The same of a result/1 document, a value each.
[[nodiscard]] std::vector<nlohmann::ordered_json> result_lines(const nlohmann::ordered_json& result,
                                                               const nlohmann::ordered_json& exit);

/// Verdicts alone, as text and as a document.
[[nodiscard]] std::string render_verdicts(const Study& study, const TextOptions& options);
[[nodiscard]] nlohmann::ordered_json verdicts_json(const Study& study);

/// A comment for a pull request: a row a strategy with old and new figures where there is an earlier result.
/// Begins with a hidden marker, by which a bot finds its comment again; shorter than 65,536 bytes.
[[nodiscard]] std::string render_markdown(const Study& study, const Regression* regression);

/// SARIF 2.1.0.
[[nodiscard]] nlohmann::ordered_json diagnostics_sarif(std::span<const Diagnostic> diagnostics,
                                                       const std::string& version);
/// The same where something else went wrong.
[[nodiscard]] nlohmann::ordered_json failure_sarif(const std::string& message, const std::string& version);

/// The array of GitLab's code quality report (the members of Code Climate's format that GitLab reads). An
/// issue's fingerprint is the digest of its code, place and text, so it stays where others come and go.
[[nodiscard]] nlohmann::ordered_json diagnostics_gitlab(std::span<const Diagnostic> diagnostics);
/// The same where something else went wrong.
[[nodiscard]] nlohmann::ordered_json failure_gitlab(const std::string& message);

}  // namespace planner
