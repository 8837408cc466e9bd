#include "planner/capacity.hpp"

#include "planner/compile.hpp"
#include "planner/load.hpp"

namespace planner {

std::vector<Diagnostic> check_capacity(const Resolution& resolution) {
  const CompiledScenario compiled = compile(resolution.scenario());
  std::vector<Diagnostic> diagnostics;
  for (const LoadFinding& finding : check_load(resolution.scenario(), compiled, offered_load(compiled))) {
    diagnostics.push_back(resolution.diagnostic(finding.code, finding.pointer, finding.message));
  }
  return diagnostics;
}

}  // namespace planner
