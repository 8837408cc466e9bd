#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "support/shared_data.hpp"

namespace {

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file{path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// Pages of how files are read and written, not of how things behave.
const std::set<std::string> without_model{"catalogue.md", "compile.md", "time-series.md", "traces.md"};

}  // namespace

TEST_CASE("Each model's page states its source, its range and what it neglects", "[models][documentation]") {
  std::size_t pages = 0;
  for (const auto& entry : std::filesystem::directory_iterator{test_support::source_dir() / "docs/models"}) {
    if (without_model.contains(entry.path().filename().string())) continue;
    CAPTURE(entry.path().filename().string());
    const std::string page = content_of(entry.path());
    CHECK(page.find("Source") != std::string::npos);
    CHECK(page.find("Range") != std::string::npos);
    CHECK((page.find("eglected") != std::string::npos || page.find("eglects") != std::string::npos));
    ++pages;
  }
  CHECK(pages >= 20);
}
