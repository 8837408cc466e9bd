#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>

#include "planner/bundle_text.hpp"
#include "planner/report.hpp"
#include "planner/sha256.hpp"
#include "show/report_model.hpp"
#include "text/escape.hpp"

namespace planner {

using EmbeddedFiles = std::span<const std::pair<std::string_view, std::string_view>>;
EmbeddedFiles embedded_d3();
EmbeddedFiles embedded_report();

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view bundle_begin = R"(<script type="application/json" id="isochrone-bundle">)";
constexpr std::string_view document_begin = "<!DOCTYPE html>\n";
constexpr std::string_view script_end = "</script>";

std::string_view asset(std::string_view name) {
  const EmbeddedFiles files = embedded_report();
  return std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.first == name; })
      ->second;
}

/// JSON that cannot end the script element it stands in.
std::string script_json(const Json& json) {
  std::string safe;
  for (const char byte : json.dump(-1, ' ', true, Json::error_handler_t::replace)) {
    if (byte == '<' || byte == '>' || byte == '&') {
      safe += fmt::format("\\u{:04x}", static_cast<unsigned>(byte));
    } else {
      safe += byte;
    }
  }
  return safe;
}

std::string cells(const std::vector<std::string>& row, std::size_t text_columns, const char* tag) {
  std::string html = "<tr>";
  for (std::size_t i = 0; i < row.size(); ++i) {
    const char* first = i == 0 && tag == std::string_view{"td"} ? "th scope=\"row\"" : tag;
    html += fmt::format("<{}{}>{}</{}>", first, i < text_columns ? "" : " class=\"n\"", markup_text(row[i]),
                        std::string_view{first}.substr(0, 2));
  }
  return html + "</tr>\n";
}

std::string table_html(const ReportFigure& figure) {
  std::string html = fmt::format("<div class=\"scroll\" tabindex=\"0\"><table><caption>{}</caption>\n<thead>",
                                 markup_text(figure.title));
  html += cells(figure.table.head, figure.table.text_columns, "th") + "</thead>\n<tbody>\n";
  for (const auto& row : figure.table.rows) html += cells(row, figure.table.text_columns, "td");
  return html + "</tbody></table></div>\n";
}

std::string folded_table(const std::string& summary, const ReportFigure& figure) {
  return "<details class=\"twin\"><summary>" + summary + "</summary>\n" + table_html(figure) + "</details>";
}

std::string figure_html(const ReportFigure& figure, Json& charts) {
  constexpr std::size_t long_table = 12;  // rows that push what follows out of sight
  std::string html = fmt::format("<figure{}>\n<figcaption><h3>{}</h3>",
                                 figure.chart.is_null() ? " class=\"wide\"" : "", markup_text(figure.title));
  if (!figure.note.empty()) html += "<p>" + markup_text(figure.note) + "</p>";
  html += "</figcaption>\n";
  if (!figure.chart.is_null()) {
    html += fmt::format("<div class=\"chart\" data-chart=\"{}\" data-title=\"{}\"></div>\n", charts.size(),
                        markup_text(figure.title));
    charts.push_back(figure.chart);
    html += folded_table(fmt::format("The same as a table ({} rows)", figure.table.rows.size()), figure);
  } else if (figure.table.rows.size() > long_table) {
    html += folded_table(fmt::format("{} rows", figure.table.rows.size()), figure);
  } else {
    html += table_html(figure);
  }
  return html + "</figure>\n";
}

std::string section_html(const ReportSection& section, std::size_t number, Json& charts) {
  std::string html = fmt::format("<section id=\"s{}\"><h2>{}</h2>\n", number, markup_text(section.title));
  if (!section.items.empty()) {
    html += "<ul>";
    for (const std::string& item : section.items) html += "<li>" + markup_text(item) + "</li>\n";
    html += "</ul>\n";
  }
  html += "<div class=\"figures\">\n";
  for (const ReportFigure& figure : section.figures) html += figure_html(figure, charts);
  return html + "</div></section>\n";
}

std::string header_html(const ReportModel& model) {
  std::string html = fmt::format("<header><p class=\"name\">{}</p><h1>{}</h1>\n", markup_text(model.name),
                                 markup_text(model.title));
  html += "<div class=\"answer\" role=\"note\"><h2>Answer</h2>";
  for (const std::string& sentence : model.answer) html += "<p>" + markup_text(sentence) + "</p>\n";
  html += "</div>\n";
  if (!model.note.empty()) html += "<p class=\"note\">" + markup_text(model.note) + "</p>\n";
  html += "<nav><ul>";
  for (std::size_t i = 0; i < model.sections.size(); ++i)
    html += fmt::format("<li><a href=\"#s{}\">{}</a></li>", i, markup_text(model.sections[i].title));
  return html + "</ul></nav></header>\n";
}

std::string footer_html(const ReportModel& model, const Bundle& bundle) {
  std::string html = "<footer><h2>This report</h2><dl>";
  for (const auto& [key, value] : model.facts)
    html += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", markup_text(key), markup_text(value));
  html +=
      "</dl><p>The file holds its scenario: wherever isochrone takes a scenario it takes this report, and "
      "<code>isochrone new DIR --from FILE</code> unpacks it.</p>\n";
  html +=
      "<details><summary>Scenario</summary><pre>" + markup_text(bundle.scenario.text) + "</pre></details>\n";
  html += "<details><summary>Licence of D3, which draws the charts</summary><pre>" +
          markup_text(asset("d3-license.txt")) + "</pre></details></footer>\n";
  return html;
}

std::string head_html(const ReportModel& model, std::string_view d3) {
  const std::string policy = fmt::format(
      "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}' 'sha256-{}'; base-uri 'none'; "
      "form-action 'none'",
      sha256_base64(asset("report.css")), sha256_base64(d3), sha256_base64(asset("report.js")));
  return fmt::format(
      "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta name=\"generator\" content=\"isochrone\">\n<title>{}</title>\n<style>{}</style>\n</head>\n",
      policy, markup_text(model.title), asset("report.css"));
}

}  // namespace

std::string html_report(const ReportInput& input) {
  const ReportModel model = report_model(input);
  const std::string_view d3 = embedded_d3().front().second;
  Json charts = Json::array();
  std::string html{document_begin};
  html += head_html(model, d3) + "<body>\n" + header_html(model) + "<main>\n";
  html += "<noscript><p>Charts need scripts; the tables have the same figures.</p></noscript>\n";
  for (std::size_t i = 0; i < model.sections.size(); ++i) html += section_html(model.sections[i], i, charts);
  html += "</main>\n" + footer_html(model, input.bundle);
  const bool has_map =
      std::any_of(charts.begin(), charts.end(), [](const Json& chart) { return chart.at("kind") == "map"; });
  if (has_map) {
    html += "<script type=\"application/json\" id=\"land\">" + std::string{asset("land.json")} +
            std::string{script_end} + "\n";
  }
  html += "<script type=\"application/json\" id=\"charts\">" + script_json(charts);
  html += std::string{script_end} + "\n" + std::string{bundle_begin} + script_json(bundle_json(input.bundle));
  html += std::string{script_end} + "\n<script>" + std::string{d3} + std::string{script_end};
  html += "\n<script>" + std::string{asset("report.js")} + std::string{script_end} + "\n</body>\n</html>\n";
  return html;
}

std::optional<Bundle> bundle_in_report(std::string_view text) {
  if (!text.starts_with(document_begin)) return std::nullopt;
  const std::size_t tag = text.find(bundle_begin);
  if (tag == std::string_view::npos) return std::nullopt;
  text.remove_prefix(tag + bundle_begin.size());
  const Json json = Json::parse(text.substr(0, text.find(script_end)), nullptr, false);
  try {
    return bundle_from(json);
  } catch (const Json::exception&) {
    return std::nullopt;  // cut or edited: whoever reads the text as a scenario will say so
  }
}

}  // namespace planner
