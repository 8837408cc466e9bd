#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "planner/document.hpp"
#include "planner/format.hpp"

/// libFuzzer target of everything between a file's bytes and the typed scenario: parser, schema, merges,
/// sets, readers, checks, formatter, fixes. Any input must end in a scenario or a ScenarioError with a
/// printable report. Imports and profiles are looked for in an empty folder, so an input cannot reach files.
namespace {

using namespace planner;

void require(bool holds) {
  if (!holds) std::abort();
}

void load(const std::string& text) {
  try {
    const Document document = Document::parse(text, "fuzz.json", "/nonexistent");
    for (const Resolution& resolution : document.resolve_all()) {
      const std::string resolved = resolution.json().dump();
      require(!resolution.explain("/sites").empty() || resolution.scenario().sites.empty());
      require(resolution.diagnostic(Code::overload, "/placement/web/edge", "").code == Code::overload);
      // What is resolved is a valid scenario of its own, and means the same.
      require(Document::parse(resolved, "resolved.json", "/nonexistent").resolve("base").json().dump() ==
              resolved);
    }
  } catch (const ScenarioError& error) {
    require(!error.diagnostics().empty());
    require(!render_text(error.diagnostics()).empty());
    require(!diagnostics_json(error.diagnostics()).dump().empty());
    require(apply_fixes(text, "fuzz.json", error.diagnostics()).size() < text.size() * 4 + 100'000);
  }
}

void format(const std::string& text) {
  try {
    const std::string once = format_scenario(text, "fuzz.json");
    require(format_scenario(once, "fuzz.json") == once);
    require(text == once || !unified_diff(text, once, "fuzz.json").empty());
  } catch (const ScenarioError& error) {
    require(!error.diagnostics().empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text{reinterpret_cast<const char*>(data), size};
  load(text);
  format(text);
  return 0;
}
