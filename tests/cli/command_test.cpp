#include <catch2/catch.hpp>
#include <filesystem>

#include "cli/tool.hpp"

using namespace cli_test;
using test_support::Command;
using test_support::Finished;

namespace fs = std::filesystem;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Misspelled names are answered with the right one", "[cli][newcomer]") {
  const Project project;
  const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes{
      {{"comapre", "x.json"}, "`compare`"},
      {{"run", project.scenario(), "--stategy", "near"}, "`--strategy`"},
      {{"run", project.scenario(), "--strategy", "neer"}, "`near`"},
      {{"new", "somewhere", "--from", "first-stpes"}, "`first-steps`"},
      {{"help", "exit-code"}, "`exit-codes`"},
      {{"catalog", "shwo", "x"}, "`show`"},
      {{"catalog", "show", "jetson-orin-nanno"}, "`jetson-orin-nano`"},
      {{"catalog", "show", "agx-orin"}, "`jetson-agx-orin`"},
      {{"catalog", "show", "orin-nano"}, "`jetson-orin-nano` or `jetson-orin-nano-15w`"},
      {{"catalog", "show", "k8s"}, "`kubernetes-pod`"},
      {{"schema", "scenari"}, "`scenario`"},
  };
  for (const auto& [arguments, proposal] : mistakes) {
    CAPTURE(arguments);
    const Finished finished = tool(arguments);
    CHECK(finished.exit_code == 2);
    CHECK(contains(finished.error, "did you mean " + proposal));
  }
}

TEST_CASE("The program without a command shows what there is", "[cli][newcomer]") {
  const Finished finished = tool({});
  CHECK(finished.exit_code == 2);
  CHECK(finished.output.empty());
  for (const char* name : {"run", "compare", "validate", "new", "samples"})
    CHECK(contains(finished.error, name));
}

TEST_CASE("Options may stand before the file", "[cli][newcomer]") {
  const Project project;
  const std::string file = project.scenario();
  CHECK(tool({"run", "--strategy", "near", file, "--reps", "1"}).exit_code == 0);
  CHECK(tool({"validate", "--set", "/experiment/seed=3", file}).exit_code == 0);
  const Finished twice = tool({"run", "--set", "/experiment/seed=3", "--set", "/experiment/replications=1",
                               file, "--strategy", "near", "--strategy", "far", "--format", "json"});
  REQUIRE(twice.exit_code == 0);
  CHECK(document(twice).at("seed") == 3);
  CHECK(document(twice).at("strategies").size() == 2);
  CHECK(document(twice).at("strategies").at("far").at("replications") == 1);
  CHECK(tool({"sizing", "--subject-to", "p99(latency) <= 1 s", file, "--reps", "2", "--effort", "5"})
            .exit_code == 0);
}

TEST_CASE("A folder stands for the scenario.json in it", "[cli][newcomer]") {
  const Project project;
  project.write("plan/scenario.json", small_scenario);
  CHECK(tool({"validate", (project.path() / "plan").string()}).exit_code == 0);
  CHECK(contains(
      tool({"validate", project.path().string()}).error + tool({"validate", project.path().string()}).output,
      "scenario.json"));
}

TEST_CASE("Every sample can be copied, is valid and names its question", "[cli][samples]") {
  const Project project;
  const nlohmann::json samples = document(tool({"samples", "--format", "json"})).at("samples");
  REQUIRE(samples.size() >= 1);
  for (const auto& sample : samples) {
    const std::string name = sample.at("name");
    CAPTURE(name);
    CHECK(contains(sample.at("question"), "?"));
    const std::string folder = (project.path() / name).string();
    CHECK(tool({"new", folder, "--from", name}).exit_code == 0);
    const std::string text = test_support::read_text(fs::path{folder} / "scenario.json");
    const auto schema = text.find("\"scenario-1.0.schema.json\"");
    CHECK(schema != std::string::npos);
    CHECK(text.rfind("\"$schema\": ", schema) != std::string::npos);
    CHECK(test_support::read_text(fs::path{folder} / "scenario-1.0.schema.json") == tool({"schema"}).output);
    const Finished checked = tool({"validate", folder});
    CHECK(checked.exit_code == 0);
    INFO(checked.output);
  }
}

TEST_CASE("new takes the sample's name for the folder and never overwrites", "[cli][samples]") {
  const Project project;
  Command create = command({"new", "--from", "first-steps"});
  create.folder = project.path();
  CHECK(test_support::run(create).exit_code == 0);
  CHECK(fs::exists(project.path() / "first-steps" / "scenario.json"));
  const Finished again = test_support::run(create);
  CHECK(again.exit_code == 4);
  CHECK(contains(again.error, "there already"));
}

TEST_CASE("fmt rewrites a file once and then leaves it alone", "[cli][fmt]") {
  const Project project;
  const Finished diff = tool({"fmt", "--diff", project.scenario()});
  CHECK(contains(diff.output, "\n-"));
  CHECK(test_support::read_text(project.scenario()) == small_scenario);
  CHECK(contains(tool({"fmt", project.scenario()}).error, "formatted"));
  const std::string once = test_support::read_text(project.scenario());
  CHECK(tool({"fmt", project.scenario()}).error.empty());
  CHECK(test_support::read_text(project.scenario()) == once);

  Command through_a_pipe = command({"fmt", "-"});
  through_a_pipe.input = small_scenario;
  CHECK(test_support::run(through_a_pipe).output == once);
}

TEST_CASE("resolve prints a scenario that resolves to itself", "[cli][resolve]") {
  const Project project;
  const Finished near = tool({"resolve", project.scenario(), "--strategy", "near"});
  CHECK(near.exit_code == 0);
  const nlohmann::json scenario = nlohmann::json::parse(near.output);
  CHECK(scenario.at("placement").at("api").contains("near"));
  CHECK_FALSE(scenario.at("placement").at("api").contains("far"));
  const std::string copy = project.write("resolved.json", near.output);
  CHECK(tool({"resolve", copy}).output == near.output);
}

TEST_CASE("resolve --explain names every layer that set a value", "[cli][resolve]") {
  const Project project;
  const Finished explained = tool({"resolve", project.scenario(), "--set", "/populations/town/users=250",
                                   "--explain", "/populations/town/users", "--format", "json"});
  const nlohmann::json layers = document(explained).at("layers");
  REQUIRE(layers.size() == 2);
  CHECK(layers[0].at("layer") == "file");
  CHECK(layers[0].at("value") == "100");
  CHECK(layers[1].at("value") == "250");
}

TEST_CASE("Values and patches change what is simulated, the later one wins", "[cli][run]") {
  const Project project;
  const std::string patch = project.write("patch.json", R"({ "experiment": { "replications": 2 } })");
  const auto replications = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"run", project.scenario(), "--format", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return document(tool(arguments)).at("strategies").at("far").at("replications").get<int>();
  };
  CHECK(replications({}) == 3);
  CHECK(replications({"--patch", patch}) == 2);
  CHECK(replications({"--patch", patch, "--set", "/experiment/replications=4"}) == 4);
  CHECK(replications({"--set", "/experiment/replications=4", "--reps", "5"}) == 5);
}

TEST_CASE("The same seed gives the same bytes and another seed others", "[cli][run]") {
  const Project project;
  const std::vector<std::string> arguments{"compare", project.scenario(), "--format", "json"};
  const std::string first = tool(arguments).output;
  CHECK(tool(arguments).output == first);
  std::vector<std::string> reseeded = arguments;
  reseeded.insert(reseeded.end(), {"--seed", "8"});
  CHECK(tool(reseeded).output != first);
}

TEST_CASE("run takes the baseline unless told otherwise", "[cli][run]") {
  const Project project;
  const auto simulated = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"run", project.scenario(), "--format", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    std::vector<std::string> names;
    const auto answer = document(tool(arguments));
    for (const auto& [name, result] : answer.at("strategies").items()) names.push_back(name);
    return names;
  };
  using Names = std::vector<std::string>;
  CHECK(simulated({}) == Names{"far"});
  CHECK(simulated({"--strategy", "near"}) == Names{"near"});
  CHECK(simulated({"--all"}) == Names{"far", "near"});
}

TEST_CASE("validate --fix applies what is safe", "[cli][validate]") {
  const Project project;
  const std::string file = project.with("\"warmup\": \"1 s\"", "\"warmupp\": \"1 s\"");
  CHECK(tool({"validate", file}).exit_code == 3);
  const Finished fixed = tool({"validate", "--fix", file});
  CHECK(fixed.exit_code == 0);
  CHECK(test_support::read_text(file) == small_scenario);
}

TEST_CASE("validate --strict takes warnings for errors", "[cli][validate]") {
  const Project project;
  const std::string file =
      project.with("\"services\": {", "\"services\": { \"unused\": { \"time\": \"1 ms\" },");
  CHECK(tool({"validate", file}).exit_code == 0);
  CHECK(tool({"validate", "--strict", file}).exit_code == 3);
}

TEST_CASE("Every diagnostic that validate prints can be explained", "[cli][explain]") {
  const Project project;
  const nlohmann::json found =
      document(tool({"validate", project.with("\"users\": 100", "\"users\": -1"), "--format", "json"}));
  const std::string code = found.at("diagnostics").at(0).at("code");
  const Finished explained = tool({"explain", code});
  CHECK(explained.exit_code == 0);
  CHECK(contains(explained.output, code));
}

TEST_CASE("The catalogue lists devices with sources", "[cli][catalog]") {
  const nlohmann::json all = document(tool({"catalog", "list", "--format", "json"}));
  CHECK(all.at("devices").size() >= 2);
  CHECK(all.at("platforms").size() >= 2);
  const nlohmann::json one = document(tool({"catalog", "show", all.at("devices").at(0), "--format", "json"}));
  CHECK(one.at("entry").is_object());
  CHECK(document(tool({"catalog", "list", "devices", "--format", "json"})).at("devices") ==
        all.at("devices"));
}

TEST_CASE("The catalogue lists regions, points of presence and cities, and finds them by name",
          "[cli][catalog]") {
  const auto count = [](const char* kind) {
    return document(tool({"catalog", "list", kind, "--format", "json"})).at(kind).size();
  };
  CHECK(count("aws") == 34);
  CHECK(count("regions") == count("aws") + count("gcp") + count("azure"));
  CHECK(count("pops") > count("cloudflare") + count("cloudfront"));
  CHECK(count("cities") > 4000);
  CHECK(tool({"catalog", "list", "atlantis"}).exit_code == 2);
  CHECK(contains(tool({"catalog", "show", "munich"}).output, "DE"));
  const nlohmann::json place = document(tool({"catalog", "show", "aws:eu-west-1", "--format", "json"}));
  CHECK(place.at("entry").at("place").at("name") == "Dublin");
  CHECK(place.at("entry").at("place").at("source") == "awsreg");
  const nlohmann::json sources = document(tool({"catalog", "sources", "--format", "json"}));
  CHECK(sources.at("sources").size() > 80);
  for (const auto& source : sources.at("sources")) CHECK_FALSE(source.at("date").get<std::string>().empty());
}

TEST_CASE("Coverage tells the share of the users within a budget, by strategy", "[cli]") {
  const nlohmann::json told = document(tool(
      {"coverage", ISOCHRONE_SOURCE_DIR "/scenarios/shop-200ms", "--budget", "20 ms", "--format", "json"}));
  const auto share = [&](const std::string& strategy) {
    for (const auto& entry : told.at("coverage"))
      if (entry.at("strategy") == strategy) return entry.at("share").get<double>();
    return -1.0;
  };
  // More sites bring users nearer, never farther.
  CHECK(share("one-region") >= 0);
  CHECK(share("two-regions") >= share("one-region"));
  CHECK(share("three-regions") >= share("two-regions"));
  CHECK(share("isolates") > share("three-regions"));
  CHECK(tool({"coverage", ISOCHRONE_SOURCE_DIR "/scenarios/shop-200ms", "--budget", "20"}).exit_code == 2);
}
