#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

/// What a result says, as in-toto attestations (Statement v1). Not signed: `cosign attest-blob` and its like
/// do that.
namespace planner {

/// A file by its name and content.
struct AttestedFile {
  std::string name, text;
};

struct AttestationInput {
  AttestedFile result;                ///< a result/1 document
  std::vector<AttestedFile> sources;  ///< the scenario and the files that it reads; may be empty
};

/// Predicate test-result v0.1: PASSED, FAILED where an assertion of level error failed, else WARNED where one
/// is undecided or one of level warn failed; tests are `strategy/assertion`.
/// @throws ScenarioError where it is no result
[[nodiscard]] nlohmann::ordered_json test_result_predicate(const AttestationInput& input);

/// Predicate SLSA provenance v1 of the result: what it was made of and by what. Claims no level.
[[nodiscard]] nlohmann::ordered_json provenance_predicate(const AttestationInput& input);

/// The statement about the result and, if they are given, its sources, each with its SHA-256.
[[nodiscard]] nlohmann::ordered_json test_result_statement(const AttestationInput& input);
/// The statement about the result; sources are dependencies within the predicate.
[[nodiscard]] nlohmann::ordered_json provenance_statement(const AttestationInput& input);

}  // namespace planner
