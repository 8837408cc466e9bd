#pragma once
#include <string>
#include <vector>

#include "cli/tool.hpp"

/// What the tests of isochrone-mpi share.
namespace mpi_test {

/// `mpirun` with what makes ranks of one machine work anywhere: as root, more of them than processors,
/// without a network, and where processes may not look into each other's memory (containers).
[[nodiscard]] inline std::vector<std::string> launcher(unsigned ranks) {
  std::vector<std::string> words{
      ISOCHRONE_MPIRUN, "-n",  std::to_string(ranks), "--allow-run-as-root", "--oversubscribe",
      "--bind-to",      "none"};
  for (const char* setting : {"btl self,vader", "btl_vader_single_copy_mechanism none", "plm isolated"}) {
    const std::string both = setting;
    const std::size_t space = both.find(' ');
    words.insert(words.end(), {"--mca", both.substr(0, space), both.substr(space + 1)});
  }
  return words;
}

[[nodiscard]] inline test_support::Command command(unsigned ranks,
                                                   const std::vector<std::string>& arguments) {
  test_support::Command command{.arguments = launcher(ranks)};
  command.arguments.emplace_back(ISOCHRONE_MPI_TOOL);
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  return command;
}

[[nodiscard]] inline test_support::Finished run(unsigned ranks, const std::vector<std::string>& arguments) {
  return test_support::run(command(ranks, arguments));
}

}  // namespace mpi_test
