#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "planner/report.hpp"

/// What a report says, before it is HTML or Markdown. All texts are plain: each writer escapes them.
namespace planner {

struct ReportTable {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;  ///< as long as the head
  std::size_t text_columns = 1;                ///< the first ones, which hold words; the others hold numbers
};

/// A table, and a chart that shows the same where there is one.
struct ReportFigure {
  std::string title, note;
  ReportTable table;
  nlohmann::ordered_json chart;  ///< what report.js draws: its `kind` and data; null: the table alone
};

struct ReportSection {
  std::string id, title;
  std::vector<std::string> items;  ///< sentences, as a list
  std::vector<ReportFigure> figures;
};

struct ReportModel {
  std::string name, title, note;
  std::vector<std::string> answer;                         ///< the sentences of the answer
  std::vector<std::pair<std::string, std::string>> facts;  ///< of the run: seed, digests, ...
  std::vector<ReportSection> sections;
};

[[nodiscard]] ReportModel report_model(const ReportInput& input);

// Sections, each by its question; a file of its own.
[[nodiscard]] ReportSection latency_section(const Study& study, const std::string& flow);
/// Without figures where no results over time were recorded.
[[nodiscard]] ReportSection series_section(const Study& study, const std::string& flow);
[[nodiscard]] ReportSection money_section(const Study& study);
[[nodiscard]] ReportSection pools_section(const Study& study);
[[nodiscard]] ReportSection map_section(const ReportInput& input);
[[nodiscard]] ReportSection sensitivity_section(const Sensitivity& sensitivity);

/// A number for a chart: 6 digits are more than a screen has.
[[nodiscard]] nlohmann::ordered_json chart_number(double value);
/// Names of the strategies, in the study's order; their place is their colour.
[[nodiscard]] nlohmann::ordered_json series_names(const Study& study);

}  // namespace planner
