#include "planner/report.hpp"
#include "show/report_model.hpp"
#include "text/escape.hpp"

namespace planner {
namespace {

std::string row(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += " " + markdown_text(cell) + " |";
  return line + "\n";
}

std::string table(const ReportTable& table) {
  std::string text = row(table.head) + "|";
  for (std::size_t i = 0; i < table.head.size(); ++i) text += i < table.text_columns ? " --- |" : " ---: |";
  text += "\n";
  for (const auto& cells : table.rows) text += row(cells);
  return text + "\n";
}

}  // namespace

std::string markdown_report(const ReportInput& input) {
  const ReportModel model = report_model(input);
  std::string text = "# " + markdown_text(model.title) + "\n\n";
  for (const std::string& sentence : model.answer) text += "**" + markdown_text(sentence) + "**\n\n";
  if (!model.note.empty()) text += markdown_text(model.note) + "\n\n";
  for (const ReportSection& section : model.sections) {
    text += "## " + markdown_text(section.title) + "\n\n";
    for (const std::string& item : section.items) text += "- " + markdown_text(item) + "\n";
    if (!section.items.empty()) text += "\n";
    for (const ReportFigure& figure : section.figures) {
      text += "### " + markdown_text(figure.title) + "\n\n";
      if (!figure.note.empty()) text += markdown_text(figure.note) + "\n\n";
      text += table(figure.table);
    }
  }
  text += "## This report\n\n";
  for (const auto& [key, value] : model.facts)
    text += "- " + markdown_text(key) + ": " + markdown_text(value) + "\n";
  return text;
}

}  // namespace planner
