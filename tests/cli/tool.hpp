#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/process.hpp"

/// What the tests of the command line share: the program under test and a scenario that runs in milliseconds.
namespace cli_test {

/// The program's arguments on top of its path.
[[nodiscard]] inline test_support::Command command(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), ISOCHRONE_TOOL);
  return {.arguments = std::move(arguments)};
}

inline test_support::Finished tool(std::vector<std::string> arguments) {
  return test_support::run(command(std::move(arguments)));
}

/// Standard output as the one JSON document that it must be; throws if it is anything else.
[[nodiscard]] inline nlohmann::json document(const test_support::Finished& finished) {
  return nlohmann::json::parse(finished.output);
}

/// One population, one service, two strategies.
inline constexpr const char* small_scenario = R"({
  "isochrone": "1.0",
  "meta": { "name": "small", "title": "Near or far?" },
  "time": { "warmup": "1 s", "duration": "10 s" },
  "sites": {
    "near": { "tier": "edge", "at": { "lat": 48.1, "lon": 11.6 },
              "pools": { "box": { "nodes": 2, "cpu": "4 vCPU", "memory": "8 GiB", "price": "1 USD/h" } } },
    "far": { "tier": "region", "at": { "lat": 50.1, "lon": 8.7 },
             "pools": { "box": { "nodes": 2, "cpu": "4 vCPU", "memory": "8 GiB", "price": "1 USD/h" } } }
  },
  "populations": {
    "town": { "at": { "lat": 48.1, "lon": 11.6 }, "users": 100, "access": { "latency": "5 ms" } }
  },
  "services": { "api": { "time": "2 ms", "cpu": "1 vCPU", "memory": "1 GiB" } },
  "flows": { "ask": { "entry": "api", "calls": { "api": { "service": "api" } } } },
  "workloads": { "day": { "population": "town", "flow": "ask", "arrivals": { "rate": "50 req/s" } } },
  "placement": { "api": { "far": { "pool": "box", "replicas": 2 } } },
  "strategies": {
    "far": { "baseline": true, "patch": {} },
    "near": { "patch": { "placement": { "api": { "far": null, "near": { "pool": "box", "replicas": 2 } } } } }
  },
  "experiment": { "seed": 7, "replications": 3 }
}
)";

/// A folder with small.json and, if asked for, more.
class Project : public test_support::TemporaryFolder {
 public:
  Project() : scenario_{write("small.json", small_scenario)} {}
  [[nodiscard]] const std::string& scenario() const { return scenario_; }
  /// small.json with the first `from` replaced by `to`, under another name. @return its path
  [[nodiscard]] std::string with(const std::string& from, const std::string& to) const {
    std::string text = small_scenario;
    const std::size_t place = text.find(from);
    if (place == std::string::npos) throw std::runtime_error{"the small scenario has no " + from};
    return write("changed.json", text.replace(place, from.size(), to));
  }

 private:
  std::string scenario_;
};

}  // namespace cli_test
