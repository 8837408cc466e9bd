#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "cli/tool.hpp"

using namespace cli_test;
using nlohmann::json;
using test_support::Finished;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// A result of both strategies, and the scenario that it is of: with labels, assertions and a start.
class Results : public Project {
 public:
  Results() {
    std::string text = small_scenario;
    const auto put = [&](const std::string& from, const std::string& to) {
      text.replace(text.find(from), from.size(), to);
    };
    put("\"warmup\"", "\"start\": \"2026-12-15T00:00:00Z\", \"warmup\"");
    put("\"tier\": \"region\",",
        R"("tier": "region", "labels": { "topology.kubernetes.io/region": "eu-de" },)");
    put("\"strategies\"", R"("assert": {
      "fast": { "expr": "p99(latency{flow=ask}) <= 50 ms" }, "slow": { "expr": "p95(latency{flow=ask}) <= 1 ms" },
      "ok": { "expr": "ratio(ok{flow=ask}) >= 99.5 %" }, "cheap": { "expr": "cost.total <= 1 USD/month", "level": "warn" } },
      "strategies")");
    plan = write("plan.json", text);
    const Finished compared = tool({"compare", plan, "--format", "json", "-o", result});
    if (compared.exit_code != 10) throw std::runtime_error{"one assertion was to fail: " + compared.error};
  }
  [[nodiscard]] Finished exported(const std::string& form, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"export", result, "--to", form};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return tool(arguments);
  }
  [[nodiscard]] json exported_json(const std::string& form, const std::string& strategy) const {
    return json::parse(exported(form, {"--scenario", plan, "--strategy", strategy}).output);
  }
  [[nodiscard]] json whole() const { return json::parse(test_support::read_text(result)); }
  std::string plan, result = (path() / "result.json").string();
};

}  // namespace

TEST_CASE("OpenMetrics: families in one piece, units as suffixes, an end", "[cli][export]") {
  const Results results;
  const std::string text = results.exported("openmetrics").output;
  // ABNF of OpenMetrics 1.0, as far as gauges, info and state sets need it.
  const std::regex sample{
      R"([a-zA-Z_:][a-zA-Z0-9_:]*\{([a-z_0-9]+="([^"\\\n]|\\["\\n])*",?)+\} -?[0-9.]+(e[+-]?[0-9]+)?)"};
  std::set<std::string> closed;
  std::string family, last, unit;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line); last = line) {
    CAPTURE(line);
    if (line.starts_with("# TYPE ")) {
      CHECK(closed.insert(family).second);
      family = line.substr(7, line.find(' ', 7) - 7);
      CHECK_FALSE(closed.contains(family));
    } else if (line.starts_with("# UNIT ")) {
      unit = line.substr(line.rfind(' ') + 1);
      CHECK(family.ends_with("_" + unit));
    } else if (line[0] != '#') {
      CHECK(line.starts_with(family));
      CHECK(std::regex_match(line, sample));
    }
  }
  CHECK(last == "# EOF");
  // The same p99 as in the result, in seconds.
  const double p99 =
      results.whole().at("strategies").at("far").at("latency")[0].at("percentiles").at("p99").at("v");
  const std::string start =
      "isochrone_latency_seconds{scenario=\"small\",strategy=\"far\",flow=\"ask\",statistic=\"p99\"} ";
  REQUIRE(contains(text, start));
  CHECK(std::stod(text.substr(text.find(start) + start.size())) == Approx(p99 / 1000));
  CHECK(contains(text, "assertion=\"slow\",isochrone_verdict=\"fail\"} 1\n"));
  CHECK(contains(text, "assertion=\"slow\",isochrone_verdict=\"pass\"} 0\n"));
}

TEST_CASE("Prometheus' own parser reads the OpenMetrics", "[cli][export]") {
  const Results results;
  const std::string script =
      "import sys\nfrom prometheus_client.openmetrics.parser import text_string_to_metric_families as f\n"
      "print(sum(len(m.samples) for m in f(sys.stdin.read())))";
  const Finished read = test_support::run(
      {.arguments = {"/usr/bin/python3", "-c", script}, .input = results.exported("openmetrics").output});
  CAPTURE(read.error);
  REQUIRE(read.exit_code == 0);
  CHECK(std::stoi(read.output) > 50);
}

TEST_CASE("GeoJSON has a point for each site and population, longitude first", "[cli][export]") {
  const Results results;
  const json map = results.exported_json("geojson", "near");
  CHECK(map.at("type") == "FeatureCollection");
  REQUIRE(map.at("features").size() == 3);
  std::map<std::string, json> by_id;
  for (const json& feature : map.at("features")) by_id[feature.at("id")] = feature;
  CHECK(by_id.at("site/near").at("geometry").at("coordinates") == json{11.6, 48.1});
  CHECK(by_id.at("site/near").at("properties").at("services") == json{"api"});
  CHECK(by_id.at("site/far").at("properties").at("services").empty());
  const json& slices = results.whole().at("strategies").at("near").at("latency");
  for (const json& slice : slices) {
    if (slice.contains("population"))
      CHECK(by_id.at("population/town").at("properties").at("ask_p99_ms") ==
            slice.at("percentiles").at("p99").at("v"));
  }
}

TEST_CASE("FOCUS rows are a month's bill and add up to it", "[cli][export]") {
  const Results results;
  const std::string csv = results.exported("focus", {"--scenario", results.plan, "--strategy", "far"}).output;
  std::istringstream lines{csv};
  const auto cells = [](const std::string& line) {
    std::vector<std::string> all{""};
    bool within = false;
    for (const char c : line) {
      if (c == '"') within = !within;
      if (c == ',' && !within)
        all.emplace_back();
      else
        all.back() += c;
    }
    return all;
  };
  std::string line;
  std::getline(lines, line);
  const std::vector<std::string> head = cells(line);
  CHECK(head.size() == 43);  // columns of FOCUS 1.0
  const auto column = [&](const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(head, name) - head.begin());
  };
  double sum = 0;
  while (std::getline(lines, line)) {
    const std::vector<std::string> row = cells(line);
    REQUIRE(row.size() == head.size());
    sum += std::stod(row[column("BilledCost")]);
    CHECK(row[column("BillingPeriodStart")] == "2026-12-01T00:00:00Z");
    CHECK(row[column("BillingPeriodEnd")] == "2027-01-01T00:00:00Z");
    CHECK(row[column("ChargeCategory")] == "Usage");
  }
  CHECK(sum ==
        Approx(results.whole().at("strategies").at("far").at("cost").at("total").at("v").get<double>()));
}

TEST_CASE("Kubernetes' patches say how many replicas, what each asks for, and where", "[cli][export]") {
  const Results results;
  const json list = results.exported_json("k8s", "far");
  CHECK(list.at("kind") == "List");
  REQUIRE(list.at("items").size() == 1);
  const json& deployment = list.at("items")[0];
  CHECK(deployment.at("apiVersion") == "apps/v1");
  CHECK(deployment.at("metadata").at("name") == "api");
  CHECK(deployment.at("spec").at("replicas") == 2);
  const json& pod = deployment.at("spec").at("template").at("spec");
  CHECK(pod.at("nodeSelector") == json{{"topology.kubernetes.io/region", "eu-de"}});
  CHECK(pod.at("containers")[0].at("resources").at("requests") ==
        json{{"cpu", "1000m"}, {"memory", "1073741824"}});
}

TEST_CASE("Canary tools get the assertions that they can watch, and the rest is told", "[cli][export]") {
  const Results results;
  const Finished flagger = results.exported("flagger", {"--scenario", results.plan});
  const json canary = json::parse(flagger.output).at("items").at(0);
  CHECK(canary.at("apiVersion") == "flagger.app/v1beta1");
  CHECK(canary.at("metadata").at("name") == "api");
  std::map<std::string, json> ranges;
  for (const json& metric : canary.at("spec").at("analysis").at("metrics"))
    ranges[metric.at("name")] = metric.at("thresholdRange");
  CHECK(ranges == std::map<std::string, json>{{"request-duration", {{"max", 50.0}}},
                                              {"request-success-rate", {{"min", 99.5}}}});
  CHECK(contains(flagger.error, "cheap"));
  CHECK(contains(flagger.error, "slow"));  // its builtin check knows p99 alone

  const json analysis = results.exported_json("argo", "far").at("items").at(0);
  CHECK(analysis.at("kind") == "AnalysisTemplate");
  std::map<std::string, std::string> conditions;
  for (const json& metric : analysis.at("spec").at("metrics"))
    conditions[metric.at("name")] = metric.at("successCondition");
  CHECK(conditions == std::map<std::string, std::string>{{"fast", "result[0] <= 0.05"},
                                                         {"slow", "result[0] <= 0.001"},
                                                         {"ok", "result[0] >= 0.995"}});
}

TEST_CASE("An RO-Crate links the result, its inputs and the run that made it", "[cli][export]") {
  const Results results;
  const std::vector<std::string> more{"--scenario", results.plan, "--published",
                                      "2026-12-24", "--license",  "https://spdx.org/licenses/CC-BY-4.0"};
  const json crate = json::parse(results.exported("rocrate", more).output);
  std::map<std::string, json> by_id;
  for (const json& entity : crate.at("@graph")) by_id[entity.at("@id")] = entity;
  CHECK(by_id.at("ro-crate-metadata.json").at("about") == json{{"@id", "./"}});
  CHECK(by_id.at("./").at("datePublished") == "2026-12-24");
  for (const json& part : by_id.at("./").at("hasPart")) CHECK(by_id.contains(part.at("@id")));
  CHECK(by_id.at("#run").at("object") == json::array({{{"@id", "plan.json"}}}));
  CHECK(by_id.at("#run").at("result") == json::array({{{"@id", "result.json"}}}));
  CHECK(by_id.at("result.json").at("contentSize") ==
        std::to_string(test_support::read_text(results.result).size()));
}

TEST_CASE("Tables and lines of a stored result are those that the study printed", "[cli][export]") {
  const Results results;
  const auto rows = [](const std::string& text) {
    std::set<std::string> all;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) all.insert(line);
    return all;
  };
  const std::set<std::string> printed = rows(tool({"compare", results.plan, "--format", "csv"}).output);
  const std::set<std::string> kept = rows(results.exported("csv").output);
  CHECK(kept.size() > 20);
  for (const std::string& row : kept) CHECK(printed.contains(row));
  CHECK(rows(results.exported("jsonl").output) ==
        rows(tool({"compare", results.plan, "--format", "jsonl"}).output));
}

TEST_CASE("What cannot be exported is refused with a reason", "[cli][export]") {
  const Results results;
  CHECK(contains(results.exported("geojosn").error, "did you mean `geojson`"));
  CHECK(results.exported("geojson").exit_code == 2);  // of which scenario?
  const Finished other = results.exported("k8s", {"--scenario", results.scenario()});
  CHECK(other.exit_code == 2);
  CHECK(contains(other.error, "another scenario"));
  CHECK(tool({"export", "missing.json", "--to", "csv"}).exit_code == 4);
  CHECK(tool({"export", results.plan, "--to", "csv"}).exit_code == 3);
  CHECK(results.exported("csv", {"-o", (results.path() / "none" / "x.csv").string()}).exit_code == 4);
  CHECK(results.exported("csv", {"-o", "/dev/full"}).exit_code == 4);
}

TEST_CASE("An attestation is one in-toto statement with the digests of what it is about", "[cli][attest]") {
  const Results results;
  const json statement = json::parse(tool({"attest", results.result, "--scenario", results.plan}).output);
  CHECK(statement.at("_type") == "https://in-toto.io/Statement/v1");
  CHECK(statement.at("predicateType") == "https://in-toto.io/attestation/test-result/v0.1");
  REQUIRE(statement.at("subject").size() == 2);
  const std::vector<std::string> files{results.result, results.plan};
  for (std::size_t i = 0; i < files.size(); ++i) {
    const json& subject = statement.at("subject")[i];
    CHECK(files[i].ends_with("/" + subject.at("name").get<std::string>()));
    const Finished digest = test_support::run({.arguments = {"/usr/bin/sha256sum", files[i]}});
    CHECK(subject.at("digest").at("sha256") == digest.output.substr(0, 64));
  }
  const json& predicate = statement.at("predicate");
  CHECK(predicate.at("result") == "FAILED");
  CHECK(predicate.at("failedTests") == json{"far/slow", "near/slow"});
  CHECK(predicate.at("warnedTests") == json{"far/cheap", "near/cheap"});
  CHECK(predicate.at("passedTests").size() == 4);
  CHECK(
      json::parse(tool({"attest", results.result, "--scenario", results.plan, "--predicate-only"}).output) ==
      predicate);
}

TEST_CASE("A provenance names what the result was made of", "[cli][attest]") {
  const Results results;
  const json statement = document(tool(
      {"attest", results.result, "--scenario", results.plan, "--predicate", "slsa", "--format", "json"}));
  CHECK(statement.at("predicateType") == "https://slsa.dev/provenance/v1");
  CHECK(statement.at("subject").size() == 1);
  const json& definition = statement.at("predicate").at("buildDefinition");
  CHECK(definition.at("externalParameters").at("seed") == 7);
  CHECK(definition.at("resolvedDependencies")[0].at("name") == "plan.json");
  CHECK(tool({"attest", results.plan}).exit_code == 3);
  CHECK(tool({"attest", "missing.json"}).exit_code == 4);
}
