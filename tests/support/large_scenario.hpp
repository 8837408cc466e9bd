#pragma once
#include <sstream>
#include <string>

namespace test_support {

/// A scenario of many sites all over the world.
struct LargeShape {
  int sites = 10'000;
  int cells_per_site = 1;     ///< of the population at each site, 100 users each
  double requests = 100'000;  ///< expected in all, of which each site serves its share
  double seconds = 100;       ///< in which they come, after a warm-up of 1 s
  int replications = 2;
};

/// As JSON: at each site a pool with a replica of one service, which is busy for half of the time, and a
/// population with its own workload and cells.
[[nodiscard]] inline std::string large_scenario(const LargeShape& shape) {
  std::ostringstream out;
  const auto each = [&](const char* section, auto item, const char* end = "  },\n") {
    out << "  " << section << ": {\n";
    for (int i = 0; i < shape.sites; ++i) {
      out << "    ";
      item(i);
      out << (i + 1 < shape.sites ? ",\n" : "\n");
    }
    out << end;
  };
  // Steps that share no factor with the ranges spread the places.
  const auto place = [&](int i) {
    out << R"("at": { "lat": )" << 1e-3 * static_cast<double>(i * 7'919LL % 120'000) - 60 << R"(, "lon": )"
        << 1e-3 * static_cast<double>(i * 104'729LL % 360'000) - 180 << " }";
  };
  const double rate = shape.requests / shape.sites / shape.seconds;
  out << R"({ "isochrone": "1.0",)" << '\n';
  out << R"(  "time": { "warmup": "1 s", "duration": ")" << shape.seconds << " s\" },\n";
  out << R"(  "experiment": { "replications": )" << shape.replications << " },\n";
  each(R"("sites")", [&](int i) {
    out << R"("s)" << i << R"(": { "tier": "edge", )";
    place(i);
    out << R"(, "pools": { "box": { "nodes": 1, "cpu": "4 vCPU", "price": "0.1 USD/h" } } })";
  });
  each(R"("populations")", [&](int i) {
    out << R"("p)" << i << R"(": { )";
    place(i);
    out << R"(, "users": )" << 100 * shape.cells_per_site
        << R"(, "access": { "latency": "5 ms", "cell_uplink": "50 Mbit/s", "cell_downlink": "200 Mbit/s", )"
        << R"("users_per_cell": 100 } })";
  });
  each(R"("workloads")", [&](int i) {
    out << R"("w)" << i << R"(": { "population": "p)" << i
        << R"(", "flow": "visit", "arrivals": { "process": "poisson", "rate": ")" << rate << " req/s\" } }";
  });
  each(R"("placement": { "web")", [&](int i) { out << R"("s)" << i << R"(": { "replicas": 1 })"; },
       "  } },\n");
  out << R"(  "services": { "web": { "time": ")" << 0.5 / rate << R"( s", "cpu": "1 vCPU" } },
  "flows": { "visit": { "entry": "web", "calls": { "web": { "service": "web", "request": "2 kB", "response": "20 kB" } } } }
}
)";
  return out.str();
}

}  // namespace test_support
