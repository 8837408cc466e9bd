#include <filesystem>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "planner/attestation.hpp"
#include "planner/json_text.hpp"
#include "scenario_options.hpp"

namespace cli {

namespace {

namespace fs = std::filesystem;

struct AttestOptions {
  std::string result, scenario, predicate = "test-result";
  bool predicate_only = false;
};

planner::AttestationInput input_of(const AttestOptions& options) {
  planner::AttestationInput input;
  input.result = {fs::path{options.result}.filename().string(), read_file(options.result)};
  if (options.scenario.empty()) return input;
  const std::string file = scenario_file(options.scenario);
  const planner::Document document = load_scenario({.file = options.scenario, .patches = {}, .sets = {}});
  static_cast<void>(document.resolve_all());
  input.sources.push_back({fs::path{file}.filename().string(), read_file(file)});
  for (const auto& [path, text] : document.bundle().files) input.sources.push_back({path, text});
  return input;
}

/// The same document in both formats: who reads an attestation reads in-toto's.
Answer attest(const AttestOptions& options) {
  const planner::AttestationInput input = input_of(options);
  const bool test_result = options.predicate == "test-result";
  Answer answer;
  if (options.predicate_only)
    answer.document =
        test_result ? planner::test_result_predicate(input) : planner::provenance_predicate(input);
  else
    answer.document =
        test_result ? planner::test_result_statement(input) : planner::provenance_statement(input);
  answer.text = planner::json_text(answer.document);
  return answer;
}

}  // namespace

void add_attest(CommandLine& line) {
  auto options = std::make_shared<AttestOptions>();
  CLI::App& command = line.add("attest", "Results", "an in-toto statement on a result, to be signed",
                               [options](const Settings&) { return attest(*options); });
  command.add_option("RESULT", options->result, "a result as --format json prints it")
      ->type_name("")
      ->required();
  command.add_option("--scenario", options->scenario, "what it is of; its digests are stated too")
      ->type_name("FILE");
  command.add_option("--predicate", options->predicate, "test-result: verdicts; slsa: of what it is made")
      ->type_name("TYPE")
      ->check(CLI::IsMember({"test-result", "slsa"}).description(""));
  command.add_flag("--predicate-only", options->predicate_only,
                   "without the statement, for tools that add it");
  add_examples(command, {"isochrone attest result.json --scenario plan -o result.intoto.json",
                         "isochrone attest result.json --predicate slsa --predicate-only"});
}

}  // namespace cli
