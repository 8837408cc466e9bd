#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "cli/tool.hpp"

using namespace cli_test;
using nlohmann::json;

namespace {

/// Holds documents against the schema that `isochrone schema NAME` prints.
class Schemas {
 public:
  /// What is wrong with a document; empty: nothing.
  std::string problem(const json& instance, const std::string& name) {
    const auto [found, added] = schemas_.try_emplace(name);
    if (added) {
      const auto printed = tool({"schema", name});
      if (printed.exit_code != 0) return "there is no schema " + name;
      texts_[name] = json::parse(printed.output);
      valijson::SchemaParser{valijson::SchemaParser::kDraft7}.populateSchema(
          valijson::adapters::NlohmannJsonAdapter{texts_[name]}, found->second);
    }
    valijson::ValidationResults results;
    if (valijson::Validator{}.validate(found->second, valijson::adapters::NlohmannJsonAdapter{instance},
                                       &results))
      return {};
    std::string all;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
      for (const std::string& step : error.context) all += step;
      all += ": " + error.description + "\n";
    }
    return all;
  }

 private:
  std::map<std::string, json> texts_;
  std::map<std::string, valijson::Schema> schemas_;
};

/// `fail` of `fail/1`.
std::string name_of(const json& instance) {
  const std::string schema = instance.at("schema");
  return schema.substr(0, schema.find('/'));
}

/// A project with an assertion, a sweep, a trace, a log of requests and a stored result.
class FullProject : public Project {
 public:
  FullProject() {
    scenario = with("\"strategies\": {", R"("assert": { "quick": { "expr": "p99(latency{flow=ask}) <= 1 ms" },
      "fine": { "expr": "cost.total <= 99999 USD/month", "level": "warn", "from": "finance" } },
      "sweeps": { "load": { "axes": { "load": { "at": ["/workloads/day/arrivals/rate"], "scale": [1, 90] } } } },
      "strategies": {)");
    std::string requests = "t_ms,duration_ms,service\n";
    for (int i = 0; i < 100; ++i)
      requests += std::to_string(100 * i) + "," + std::to_string(20 + i % 7) + ",shop\n";
    log = write("log.csv", requests);
    (void)tool({"import", log, "-o", draft});
    (void)tool({"compare", scenario, "--format", "json", "-o", result});
  }
  std::string scenario, log;
  std::string draft = (path() / "draft.json").string(), result = (path() / "result.json").string();
  std::string store = (path() / "runs.db").string(), part = (path() / "part.db").string();
  std::string events = (path() / "events.jsonl").string();
};

/// Commands that between them write every type of document, in an order in which they can.
std::vector<std::vector<std::string>> commands(const FullProject& at) {
  return {{"version"},
          {"nonsense"},
          {"help"},
          {"help", "exit-codes"},
          {"help", "--man"},
          {"schema", "--markdown"},
          {"schema", "--list"},
          {"samples"},
          {"doctor"},
          {"config"},
          {"completion", "bash"},
          {"ids", "samples"},
          {"explain"},
          {"explain", "E2104"},
          {"catalog"},
          {"catalog", "list"},
          {"catalog", "sources"},
          {"catalog", "show", "coral-usb"},
          {"new", (at.path() / "made").string(), "--from", "first-steps"},
          {"fmt", "--diff", at.scenario},
          {"validate", at.scenario},
          {"resolve", at.scenario, "--explain", "/populations/town"},
          {"diff", at.scenario + "@far", "near"},
          {"diff", at.scenario, (at.path() / "small.json").string()},
          {"mv", "site", "near", "ams-1", at.scenario, "--diff"},
          {"migrate", at.scenario},
          {"coverage", at.scenario, "--area", "town", "--box", "8,47,13,51"},
          {"places", at.scenario},
          {"import", at.log},
          {"calibrate", at.draft, "--traces", at.log},
          {"run", at.scenario, "--plan"},
          {"run", at.scenario, "--store", at.store, "--events", at.events},
          {"compare", at.scenario, "--rope", "2%"},
          {"check", at.result},
          {"export", at.result, "--to", "openmetrics"},
          {"baseline", "save", "main", at.result},
          {"baseline", "list"},
          {"baseline", "rm", "main"},
          {"why", at.scenario},
          {"why", at.scenario, "--vs", "near"},
          {"trace", at.scenario},
          {"fail", at.scenario},
          {"fail", at.scenario, "--each", "pool", "--strategy", "near"},
          {"sensitivity", at.scenario, "--reps", "1"},
          {"sensitivity", at.scenario, "--flow", "ask"},
          {"sweep", at.scenario, "--list"},
          {"sweep", at.scenario, "--store", at.store},
          {"sweep", at.scenario, "--store", at.part, "--stored"},
          {"query", at.store, "SELECT NULL, 1, 'text', value FROM figure LIMIT 2"},
          {"verify", at.store, "--sample", "10%"},
          {"cache", "ls", at.store},
          {"cache", "gc", at.store},
          {"cache", "path", at.store},
          {"merge", at.store, "--into", at.part},
          {"submit", at.scenario, "--to", "slurm", "--ranks", "2", "--dry-run"},
          {"optimize", at.scenario, "--effort", "50", "--reps", "2"}};
}

}  // namespace

TEST_CASE("Every document that a command writes obeys the schema that it names", "[cli][json][schema]") {
  const FullProject project;
  Schemas schemas;
  std::set<std::string> written;
  const auto check = [&](const json& instance) {
    const std::string name = name_of(instance);
    written.insert(name);
    CHECK(schemas.problem(instance, name) == "");
  };
  for (std::vector<std::string> arguments : commands(project)) {
    CAPTURE(arguments);
    arguments.insert(arguments.end(), {"--format", "json"});
    test_support::Command made = command(arguments);
    made.folder = project.path();
    check(document(test_support::run(made)));
  }
  std::istringstream lines{test_support::read_text(project.events) +
                           tool({"compare", project.scenario, "--format", "jsonl"}).output};
  for (std::string line; std::getline(lines, line);) check(json::parse(line));
  // And there is no schema of what is never written, but those of what people write.
  std::set<std::string> known;
  const json list = document(tool({"schema", "--list", "--format", "json"}));
  for (const json& one : list.at("schemas")) known.insert(one.at("name").get<std::string>());
  known.erase("scenario");
  known.erase("config");
  CHECK(known == written);
}

TEST_CASE("A document with a member too many or too few breaks its schema", "[cli][json][schema]") {
  const Project project;
  Schemas schemas;
  json fail = document(tool({"fail", project.scenario(), "--format", "json"}));
  CHECK(schemas.problem(fail, "fail") == "");
  fail["losses"][0]["user"] = 5;
  CHECK_FALSE(schemas.problem(fail, "fail") == "");
  fail["losses"][0].erase("user");
  fail["losses"][0].erase("users");
  CHECK_FALSE(schemas.problem(fail, "fail") == "");
}

TEST_CASE("The schema of configurations and the program agree", "[cli][config][schema]") {
  Schemas schemas;
  const json told = document(tool({"config", "--format", "json"}));
  for (const json& setting : told.at("settings")) {
    const std::string name = setting.at("name");
    const json properties = json::parse(tool({"schema", "config"}).output).at("properties");
    CHECK(properties.contains(name));
  }
  CHECK(schemas.problem(json{{"jobs", 2}, {"color", "never"}}, "config") == "");
  CHECK_FALSE(schemas.problem(json{{"seed", 2}}, "config") == "");
}
