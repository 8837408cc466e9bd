#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "theory.hpp"

namespace {

/// The records that a test case of this program is named after.
std::set<std::string> tested() {
  const std::string prefix = "theory: ";
  std::set<std::string> ids;
  for (const Catch::TestCase& test : Catch::getRegistryHub().getTestCaseRegistry().getAllTests())
    if (test.name.rfind(prefix, 0) == 0) ids.insert(test.name.substr(prefix.size()));
  return ids;
}

std::set<std::string> known() {
  std::set<std::string> ids;
  for (const theory::Record& record : theory::records()) ids.insert(record.at("id"));
  return ids;
}

}  // namespace

TEST_CASE("Every record of the theory collection is tested, and tests name records of it") {
  CHECK(known().size() == 143);
  CHECK(tested() == known());
}
