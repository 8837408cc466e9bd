#include "planner/attestation.hpp"

#include <nlohmann/json.hpp>

#include "planner/result_export.hpp"
#include "planner/sha256.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

// Type URIs of github.com/in-toto/attestation (spec v1, predicates test-result v0.1) and slsa.dev (v1).
constexpr const char* statement_type = "https://in-toto.io/Statement/v1";
constexpr const char* test_result_type = "https://in-toto.io/attestation/test-result/v0.1";
constexpr const char* provenance_type = "https://slsa.dev/provenance/v1";
// Ours; names that resolve to nothing, as those of our schemas.
constexpr const char* build_type = "https://isochrone.invalid/attestation/simulation/v1";
constexpr const char* builder_id = "https://isochrone.invalid/tool";

Json described(const AttestedFile& file) {
  return {{"name", file.name}, {"digest", {{"sha256", sha256_hex(file.text)}}}};
}

Json described(const std::vector<AttestedFile>& files) {
  Json all = Json::array();
  for (const AttestedFile& file : files) all.push_back(described(file));
  return all;
}

/// Names the effective scenario: its digest is of the resolved text, not of a file's bytes.
std::string scenario_uri(const Json& result) {
  return "urn:isochrone:scenario:" + result.at("scenario").at("name").get<std::string>() + ":" +
         result.at("scenario").at("sha256").get<std::string>();
}

Json statement(Json subject, const char* type, Json predicate) {
  return {{"_type", statement_type},
          {"subject", std::move(subject)},
          {"predicateType", type},
          {"predicate", std::move(predicate)}};
}

}  // namespace

Json test_result_predicate(const AttestationInput& input) {
  const Json result = read_result(input.result.text, input.result.name);
  Json passed = Json::array(), warned = Json::array(), failed = Json::array();
  for (const auto& [strategy, entry] : result.at("strategies").items()) {
    if (!entry.contains("assert")) continue;
    for (const auto& [id, verdict] : entry.at("assert").items()) {
      const bool fails = verdict.at("outcome") == "fail", passes = verdict.at("outcome") == "pass";
      Json& list = passes ? passed : fails && verdict.at("level") == "error" ? failed : warned;
      list.push_back(strategy + "/" + id);
    }
  }
  const char* outcome = !failed.empty() ? "FAILED" : !warned.empty() ? "WARNED" : "PASSED";
  return {{"result", outcome},
          {"configuration", Json::array({Json{{"uri", scenario_uri(result)},
                                              {"annotations",
                                               {{"seed", result.at("seed").dump()},
                                                {"isochrone", result.at("tool").at("version")}}}}})},
          {"passedTests", std::move(passed)},
          {"warnedTests", std::move(warned)},
          {"failedTests", std::move(failed)}};
}

Json provenance_predicate(const AttestationInput& input) {
  const Json result = read_result(input.result.text, input.result.name);
  Json strategies = Json::object();
  for (const auto& [id, strategy] : result.at("strategies").items())
    strategies[id] = {{"replications", strategy.at("replications")},
                      {"fingerprint", strategy.at("fingerprint")}};
  return {
      {"buildDefinition",
       {{"buildType", build_type},
        {"externalParameters",
         {{"scenario", scenario_uri(result)},
          {"seed", result.at("seed")},
          {"confidence", result.at("confidence")},
          {"strategies", std::move(strategies)}}},
        {"resolvedDependencies", described(input.sources)}}},
      {"runDetails",
       {{"builder", {{"id", builder_id}, {"version", {{"isochrone", result.at("tool").at("version")}}}}}}}};
}

Json test_result_statement(const AttestationInput& input) {
  Json subject = described(input.sources);
  subject.insert(subject.begin(), described(input.result));
  return statement(std::move(subject), test_result_type, test_result_predicate(input));
}

Json provenance_statement(const AttestationInput& input) {
  return statement(Json::array({described(input.result)}), provenance_type, provenance_predicate(input));
}

}  // namespace planner
