#include "topology/parse_error.hpp"

namespace topology {
namespace {

std::string located(const std::string& file, int line, int column, const std::string& problem) {
  if (line == 0) return file + ": " + problem;
  return file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + problem;
}

}  // namespace

ParseError::ParseError(const std::string& file, int line, int column, const std::string& problem)
    : std::runtime_error{located(file, line, column, problem)},
      file_{file},
      line_{line},
      column_{column},
      problem_{problem} {}

}  // namespace topology
