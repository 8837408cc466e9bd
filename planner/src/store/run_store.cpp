#include "planner/run_store.hpp"

#include "planner/sha256.hpp"

namespace planner {

std::string content_address(const Scenario& scenario) {
  if (scenario.content_sha256.empty()) return {};
  return sha256_hex(std::string{models_digest()} + scenario.content_sha256);
}

}  // namespace planner
