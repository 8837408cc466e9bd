#include "planner/report.hpp"
#include "report_model.hpp"

namespace planner {
namespace {

/// Text that Markdown and the HTML in it take as text.
std::string escaped(std::string_view text) {
  static constexpr std::string_view special = R"(\`*_{}[]<>#|~&!)";
  std::string safe;
  for (const char byte : text) {
    if (special.find(byte) != std::string_view::npos) safe += '\\';
    safe += byte == '\n' || byte == '\r' ? ' ' : byte;
  }
  return safe;
}

std::string row(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += " " + escaped(cell) + " |";
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
  std::string text = "# " + escaped(model.title) + "\n\n";
  for (const std::string& sentence : model.answer) text += "**" + escaped(sentence) + "**\n\n";
  if (!model.note.empty()) text += escaped(model.note) + "\n\n";
  for (const ReportSection& section : model.sections) {
    text += "## " + escaped(section.title) + "\n\n";
    for (const std::string& item : section.items) text += "- " + escaped(item) + "\n";
    if (!section.items.empty()) text += "\n";
    for (const ReportFigure& figure : section.figures) {
      text += "### " + escaped(figure.title) + "\n\n";
      if (!figure.note.empty()) text += escaped(figure.note) + "\n\n";
      text += table(figure.table);
    }
  }
  text += "## This report\n\n";
  for (const auto& [key, value] : model.facts) text += "- " + escaped(key) + ": " + escaped(value) + "\n";
  return text;
}

}  // namespace planner
