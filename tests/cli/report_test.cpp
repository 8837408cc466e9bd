#include <algorithm>
#include <catch2/catch.hpp>

#include "cli/tool.hpp"

using cli_test::Project;
using cli_test::tool;
using test_support::Finished;

namespace {

constexpr const char* browser = "/usr/bin/chromium";

/// The page after its scripts have run; what the browser's console says goes to the error stream.
Finished opened(const std::string& page, const std::string& profile, const std::string& width) {
  return test_support::run({.arguments = {browser, "--headless=new", "--no-sandbox", "--disable-gpu",
                                          "--disable-dev-shm-usage", "--user-data-dir=" + profile,
                                          "--enable-logging=stderr", "--window-size=" + width + ",900",
                                          "--virtual-time-budget=2000", "--dump-dom", "file://" + page}});
}

/// Lines of the error stream in which the page speaks.
std::string console(const Finished& seen) {
  std::string lines;
  for (std::size_t begin = 0; begin < seen.error.size();) {
    const std::size_t end = std::min(seen.error.find('\n', begin), seen.error.size());
    const std::string line = seen.error.substr(begin, end - begin);
    if (line.find("CONSOLE") != std::string::npos) lines += line + "\n";
    begin = end + 1;
  }
  return lines;
}

std::size_t occurrences(const std::string& text, const std::string& piece) {
  std::size_t count = 0;
  for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("A browser draws every chart of a report and has nothing to complain of",
          "[cli][report][browser]") {
  const Project project;
  const std::string title =
      R"("title": "</script><script>document.title='owned'</script><img src=x onerror=1>")";
  const std::string scenario = project.with(R"("title": "Near or far?")", title);
  const std::string page = project.path() / "report.html";
  REQUIRE(tool({"report", scenario, "-q", "-o", page}).exit_code == 0);
  for (const char* width : {"1280", "400"}) {
    const Finished seen = opened(page, project.path() / "profile", width);
    REQUIRE(seen.exit_code == 0);
    CHECK(console(seen) == "");
    // Curve, ladder, breakdown and differences of one flow, over time, cost, energy, two pools, the map.
    CHECK(occurrences(seen.output, "data-drawn=") == 10);
    CHECK(occurrences(seen.output, "role=\"img\"") == 10);
    CHECK(occurrences(seen.output, "<details class=\"twin\"") == 10);
    const std::string drawn = seen.output.substr(0, seen.output.find("id=\"charts\""));
    CHECK(drawn.find("NaN") == std::string::npos);
    // One path of all coasts and borders.
    CHECK(occurrences(drawn, "<path class=\"land\" d=\"M") == 1);
    CHECK(drawn.find("<title>owned") == std::string::npos);
    CHECK(drawn.find("<img") == std::string::npos);
  }
}

TEST_CASE("The browser of these tests does complain of a report that is changed", "[cli][report][browser]") {
  const Project project;
  const std::string page = project.path() / "report.html";
  REQUIRE(tool({"report", project.scenario(), "-q", "-o", page}).exit_code == 0);
  std::string html = test_support::read_text(page);
  html.insert(html.rfind("</body>"), "<script>document.title = 'owned';</script>");
  const std::string changed = project.write("changed.html", html);
  const Finished seen = opened(changed, project.path() / "profile", "1280");
  CHECK(console(seen).find("Content Security Policy") != std::string::npos);
  CHECK(seen.output.find("<title>owned") == std::string::npos);
}

TEST_CASE("A report can be compared and unpacked in place of its scenario", "[cli][report]") {
  const Project project;
  const std::string page = project.path() / "report.html";
  REQUIRE(tool({"report", project.scenario(), "--set", "/services/api/time=3 ms", "-o", page}).exit_code ==
          0);
  const Finished direct = tool({"compare", project.scenario(), "--set", "/services/api/time=3 ms"});
  CHECK(tool({"compare", page}).output == direct.output);
  const std::string folder = project.path() / "unpacked";
  const Finished unpacked = tool({"new", folder, "--from", page});
  CHECK(unpacked.exit_code == 0);
  CHECK(unpacked.error.find("--set '/services/api/time=3 ms'") != std::string::npos);
  CHECK(tool({"compare", folder, "--set", "/services/api/time=3 ms"}).output == direct.output);
  CHECK(tool({"new", "--from", project.scenario()}).exit_code == 2);
}

TEST_CASE("The form of a report follows its name, --to and --format", "[cli][report]") {
  const Project project;
  const std::string markdown = project.path() / "report.md";
  REQUIRE(tool({"report", project.scenario(), "-o", markdown}).exit_code == 0);
  CHECK(test_support::read_text(markdown).starts_with("# Near or far?\n"));
  CHECK(tool({"report", project.scenario()}).output.starts_with("<!DOCTYPE html>\n"));
  CHECK(tool({"report", project.scenario(), "--to", "markdown"}).output == test_support::read_text(markdown));
  CHECK(cli_test::document(tool({"report", project.scenario(), "--format", "json"}))["schema"] == "result/1");
  CHECK(tool({"report", project.scenario(), "--to", "pdf"}).exit_code == 2);
}
