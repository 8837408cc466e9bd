#pragma once
#include <string>
#include <string_view>

#include "planner/document.hpp"

namespace test_support {

/// A complete scenario of two sites, for tests that change one thing of it.
inline const std::string small_scenario = R"({
  "isochrone": "1.0",
  "meta": { "name": "small" },
  "time": { "duration": "10 min" },
  "sites": {
    "edge": { "tier": "edge", "at": { "lat": 52.4, "lon": 4.9 }, "grid": { "carbon": "200 gCO2e/kWh", "pue": 1.5 },
              "pools": { "box": { "nodes": 2, "cpu": "4 vCPU", "memory": "8 GiB", "price": "1.62 USD/h" } } },
    "cloud": { "tier": "region", "at": { "lat": 50.1, "lon": 8.7 }, "grid": { "carbon": "300 gCO2e/kWh", "pue": 1.2 },
               "pools": { "box": { "nodes": 9, "cpu": "8 vCPU", "memory": "16 GiB" } } }
  },
  "links": { "edge--cloud": { "between": ["edge", "cloud"], "latency": "4 ms", "bandwidth": "10 Gbit/s" } },
  "populations": { "users": { "at": { "lat": 52.1, "lon": 15 }, "users": 1000, "access": { "latency": "9 ms" } } },
  "services": { "web": { "time": "5 ms", "cpu": "1 vCPU" } },
  "flows": { "page": { "entry": "in", "calls": { "in": { "service": "web" } } } },
  "workloads": { "w": { "population": "users", "flow": "page", "arrivals": { "rate": "20 req/s" } } },
  "placement": { "web": { "cloud": { "replicas": 6 } } },
  "strategies": {
    "cloud": { "title": "As it is", "patch": {} },
    "both": { "patch": { "placement": { "web": { "edge": { "replicas": 2 } } } } },
    "edge": { "extends": "both", "patch": { "placement": { "web": { "cloud": null } } } }
  }
})";

/// `text` with the first `from` replaced; throws if there is none, so that a test cannot silently test
/// nothing.
inline std::string with(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

inline planner::Document document(const std::string& text, const planner::Overlays& overlays = {}) {
  return planner::Document::parse(text, "small.json", {}, overlays);
}

/// The scenario of the first strategy.
inline planner::Scenario scenario(const std::string& text, const planner::Overlays& overlays = {}) {
  const planner::Document parsed = document(text, overlays);
  return parsed.resolve(parsed.strategies().front()).scenario();
}

/// Issues of the whole document, all strategies; empty where it is valid.
inline std::vector<planner::Diagnostic> issues_of(const std::string& text,
                                                  const planner::Overlays& overlays = {}) {
  try {
    std::vector<planner::Diagnostic> warnings;
    for (const auto& resolution : document(text, overlays).resolve_all()) {
      warnings.insert(warnings.end(), resolution.warnings().begin(), resolution.warnings().end());
    }
    return warnings;
  } catch (const planner::ScenarioError& error) {
    return error.diagnostics();
  }
}

}  // namespace test_support
