#include "planner/capacity.hpp"

#include "planner/compile.hpp"
#include "planner/load.hpp"

namespace planner {

std::vector<Diagnostic> check_capacity(const Resolution& resolution) {
  const CompiledScenario compiled = compile(resolution.scenario());
  return resolution.diagnostics(check_load(resolution.scenario(), compiled, offered_load(compiled)));
}

}  // namespace planner
