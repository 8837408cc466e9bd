#include "planner/render_ci.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "planner/number_text.hpp"
#include "planner/render_series.hpp"
#include "planner/study_view.hpp"
#include "show/render_verdicts.hpp"
#include "study/metrics.hpp"
#include "text/escape.hpp"

namespace planner {
namespace {

/// What a verdict says in one line.
std::string sentence(const Verdict& verdict) {
  return fmt::format("{}: {} is {}", verdict.id, verdict.text, value_text(verdict));
}

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
};

std::string junit_case(const std::string& owner, const std::string& name, const std::string& content) {
  const std::string head =
      fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"0\"", xml_text(owner), xml_text(name));
  return content.empty() ? head + "/>\n" : head + ">\n      " + content + "\n    </testcase>\n";
}

std::string junit_verdict(const Verdict& verdict, Counts& counts) {
  if (verdict.outcome == Verdict::Outcome::inconclusive) {
    ++counts.skipped;
    return fmt::format("<skipped message=\"inconclusive: {}\"/>", xml_text(sentence(verdict)));
  }
  if (verdict.outcome == Verdict::Outcome::pass) return {};
  if (verdict.level == Assertion::Level::warn) {
    ++counts.skipped;
    return fmt::format("<skipped message=\"warning: {}\"/>", xml_text(sentence(verdict)));
  }
  ++counts.failures;
  return fmt::format("<failure message=\"{}\" type=\"AssertionFailed\"/>", xml_text(sentence(verdict)));
}

std::string junit_strategy(const Study& study, const StrategyResult& result, Counts& counts) {
  const std::string owner = study.scenario + "." + result.strategy;
  std::string text;
  ++counts.tests;
  std::string content;
  if (!result.feasible) {
    ++counts.errors;
    content = fmt::format("<error message=\"{}\" type=\"Infeasible\"/>", xml_text(result.infeasible_reason));
  } else if (result.partial) {
    ++counts.errors;
    content = "<error message=\"ended early: a limit or an interrupt\" type=\"Partial\"/>";
  }
  text += junit_case(owner, "simulated", content);
  for (const Verdict& verdict : result.verdicts) {
    ++counts.tests;
    text += junit_case(owner, verdict.id, junit_verdict(verdict, counts));
  }
  return text;
}

std::string annotation(const char* kind, const std::string& title, const std::string& message) {
  return fmt::format("::{} title={}::{}\n", kind, command_text(title, CommandPlace::property),
                     command_text(message, CommandPlace::message));
}

nlohmann::ordered_json line_head(const char* type, const std::string& strategy) {
  return {{"schema", "result-line/1"}, {"type", type}, {"strategy", strategy}};
}

std::string csv_series(const Study& study, const StrategyResult& result) {
  std::string text;
  for (const SeriesLine* each : told_lines(result.series)) {
    const SeriesLine& line = *each;
    const auto [metric, entity] = metric_and_entity(expression_text(line));
    for (std::size_t slice = 0; slice < line.points.size(); ++slice) {
      if (!line.points[slice]) continue;
      text += fmt::format("{},{},all,{},{},{},{},{}\n", csv_cell(study.scenario), csv_cell(result.strategy),
                          csv_cell(metric), csv_cell(entity), csv_cell(line.unit),
                          csv_number(line.points[slice]->value),
                          csv_number(sim::to_seconds(result.series.begin_of(slice))));
    }
  }
  return text;
}

}  // namespace

std::string render_csv(const Study& study) {
  std::string text = "study,strategy,rep,metric,entity,unit,value,slice_s\n";
  for (const StrategyResult& result : study.strategies) {
    for (const auto& [key, figure] : result.figures) {
      const auto row = [&, &key = key, &unit = figure.unit](const std::string& replication, double value) {
        const auto [metric, entity] = metric_and_entity(key);
        text +=
            fmt::format("{},{},{},{},{},{},{},\n", csv_cell(study.scenario), csv_cell(result.strategy),
                        replication, csv_cell(metric), csv_cell(entity), csv_cell(unit), csv_number(value));
      };
      row("all", figure.sections.overall);
      for (std::size_t i = 0; i < figure.sections.own.size(); ++i) {
        if (figure.sections.own[i]) row(std::to_string(i + 1), *figure.sections.own[i]);
      }
    }
    text += csv_series(study, result);
  }
  return text;
}

std::string render_junit(const Study& study) {
  Counts counts;
  std::string cases;
  for (const StrategyResult& result : study.strategies) cases += junit_strategy(study, result, counts);
  const std::string totals = fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"",
                                         counts.tests, counts.failures, counts.errors, counts.skipped);
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  text += fmt::format("<testsuites {}>\n  <testsuite name=\"{}\" {}>\n    <properties>\n", totals,
                      xml_text(study.scenario), totals);
  const auto property = [&](const char* key, const std::string& value) {
    text += fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", key, xml_text(value));
  };
  property("tool", study.tool);
  property("seed", std::to_string(study.seed));
  property("scenario.sha256", study.sha256);
  for (const StrategyResult& result : study.strategies)
    property(("fingerprint." + result.strategy).c_str(), fmt::format("{:016x}", result.fingerprint));
  return text + "    </properties>\n" + cases + "  </testsuite>\n</testsuites>\n";
}

std::string render_junit_error(const std::string& message) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">\n"
      "  <testsuite name=\"isochrone\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">\n{}"
      "  </testsuite>\n</testsuites>\n",
      junit_case("isochrone", "run",
                 fmt::format("<error message=\"{}\" type=\"Error\"/>", xml_text(message))));
}

std::string render_annotations(const Study& study) {
  std::string text;
  for (const StrategyResult& result : study.strategies) {
    const std::string title = study.scenario + " " + result.strategy;
    if (!result.feasible) text += annotation("error", title, "infeasible: " + result.infeasible_reason);
    for (const Verdict& verdict : result.verdicts) {
      const bool warns = verdict.level == Assertion::Level::warn;
      if (verdict.outcome == Verdict::Outcome::fail)
        text += annotation(warns ? "warning" : "error", title + " failed", sentence(verdict));
      if (verdict.outcome == Verdict::Outcome::inconclusive)
        text += annotation("warning", title + " inconclusive", sentence(verdict));
    }
  }
  return text.empty() ? annotation("notice", study.scenario, "every assertion holds") : text;
}

std::string render_annotations(std::span<const Diagnostic> diagnostics) {
  std::string text;
  for (const Diagnostic& issue : diagnostics) {
    std::string properties;
    if (!issue.file.empty()) {
      properties = fmt::format("file={},line={},col={},endColumn={},",
                               command_text(issue.file, CommandPlace::property), issue.range.start.line,
                               issue.range.start.column, issue.range.end.column);
    }
    text += fmt::format("::{} {}title={}::{}\n", issue.severity == Severity::error ? "error" : "warning",
                        properties, name(issue.code), command_text(issue.message, CommandPlace::message));
  }
  return text;
}

std::vector<nlohmann::ordered_json> result_lines(const nlohmann::ordered_json& whole,
                                                 const nlohmann::ordered_json& exit) {
  using Json = nlohmann::ordered_json;
  std::vector<Json> lines;
  Json head{{"schema", "result-line/1"}, {"type", "study"}};
  for (const auto& [key, value] : whole.items()) {
    const bool apart =
        key == "strategies" || key == "differences" || key == "schema" || key == "exit" || key == "tool";
    if (!apart) head[key] = value;
  }
  lines.push_back(std::move(head));
  for (const auto& [id, strategy] : whole.at("strategies").items()) {
    Json summary = line_head("strategy", id);
    for (const auto& [key, value] : strategy.items()) {
      if (key != "assert" && key != "figures") summary[key] = value;
    }
    lines.push_back(std::move(summary));
    for (const char* part : {"assert", "figures"}) {
      if (!strategy.contains(part)) continue;
      const bool is_verdict = std::string_view{part} == "assert";
      for (const auto& [key, value] : strategy.at(part).items()) {
        Json entry = line_head(is_verdict ? "verdict" : "figure", id);
        entry[is_verdict ? "id" : "metric"] = key;
        for (const auto& [member, content] : value.items()) entry[member] = content;
        lines.push_back(std::move(entry));
      }
    }
  }
  for (const Json& difference : whole.at("differences")) {
    Json entry{{"schema", "result-line/1"}, {"type", "difference"}};
    for (const auto& [member, content] : difference.items()) entry[member] = content;
    lines.push_back(std::move(entry));
  }
  lines.push_back(
      {{"schema", "result-line/1"}, {"type", "exit"}, {"code", exit.at("code")}, {"name", exit.at("name")}});
  return lines;
}

std::string render_json_lines(const Study& study, const nlohmann::ordered_json& exit) {
  using Json = nlohmann::ordered_json;
  std::string text;
  for (const Json& line : result_lines(result_json(study), exit))
    text += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  return text;
}

std::string render_annotation(const char* kind, const std::string& title, const std::string& message) {
  return annotation(kind, title, message);
}

nlohmann::ordered_json failure_sarif(const std::string& message, const std::string& version) {
  nlohmann::ordered_json sarif = diagnostics_sarif({}, version);
  sarif["runs"][0]["invocations"] = {
      {{"executionSuccessful", false},
       {"toolExecutionNotifications", {{{"level", "error"}, {"message", {{"text", message}}}}}}}};
  return sarif;
}

nlohmann::ordered_json diagnostics_sarif(std::span<const Diagnostic> diagnostics,
                                         const std::string& version) {
  using Json = nlohmann::ordered_json;
  Json rules = Json::array(), results = Json::array();
  std::vector<Code> known;
  for (const Diagnostic& issue : diagnostics) {
    const CodeInfo& about = info(issue.code);
    if (std::ranges::find(known, issue.code) == known.end()) {
      known.push_back(issue.code);
      rules.push_back({{"id", name(issue.code)},
                       {"shortDescription", {{"text", about.title}}},
                       {"fullDescription", {{"text", about.explanation}}}});
    }
    Json result{{"ruleId", name(issue.code)},
                {"level", issue.severity == Severity::error ? "error" : "warning"},
                {"message", {{"text", issue.message}}}};
    if (!issue.file.empty()) {
      const Range& range = issue.range;
      Json location{{"artifactLocation", {{"uri", issue.file}}},
                    {"region",
                     {{"startLine", range.start.line},
                      {"startColumn", range.start.column},
                      {"endLine", range.end.line},
                      {"endColumn", range.end.column}}}};
      result["locations"] = Json::array({Json{{"physicalLocation", std::move(location)}}});
    }
    results.push_back(std::move(result));
  }
  Json driver{{"name", "isochrone"}, {"version", version}, {"rules", std::move(rules)}};
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs", Json::array({Json{{"tool", {{"driver", std::move(driver)}}},
                                     {"columnKind", "unicodeCodePoints"},
                                     {"results", std::move(results)}}})}};
}

}  // namespace planner
