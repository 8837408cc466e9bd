#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/document.hpp"
#include "planner/results.hpp"
#include "planner/sensitivity.hpp"

/// A study as a document to hand on: one HTML file that shows it, or Markdown.
namespace planner {

/// What a report is made of.
struct ReportInput {
  const Study& study;
  std::vector<Scenario> scenarios;           ///< those of the study, for the map
  Bundle bundle;                             ///< that the report is to hold
  const Sensitivity* sensitivity = nullptr;  ///< null: the report has none
};

/// One self-contained HTML file: charts, each with its table, in light and dark, on screen and on paper.
///
/// Loads nothing: style, scripts and data are in it, and its content policy allows their digests alone.
/// Names and texts of the scenario are escaped. The same input gives the same bytes.
[[nodiscard]] std::string html_report(const ReportInput& input);

/// The same tables and sentences as Markdown (GitHub's dialect), without charts and scenario.
[[nodiscard]] std::string markdown_report(const ReportInput& input);

/// The scenario that an HTML report holds; nothing if `text` is no report.
[[nodiscard]] std::optional<Bundle> bundle_in_report(std::string_view text);

}  // namespace planner
