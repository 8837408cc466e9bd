#include "models/availability.hpp"

#include <array>
#include <catch2/catch.hpp>

#include "theory.hpp"

// Parts that fail and are repaired, by formula.

using models::Redundancy;
using theory::record;
using theory::Record;

TEST_CASE("theory: avail-series-parallel") {
  const Record& theory = record("avail-series-parallel");
  const auto part = [&](const char* name) {
    const Record& times = theory.at("parameters").at("components").at(name);
    return models::availability(times.at(0).get<double>(), times.at(1).get<double>());
  };
  const double lb = part("lb"), app = part("app"), db = part("db");
  const double apps = models::in_parallel(std::array{app, app, app});
  const double system = models::in_series(std::array{lb, apps, db});
  theory::check_exact(theory, "lb", lb);
  theory::check_exact(theory, "app", app);
  theory::check_exact(theory, "db", db);
  theory::check_exact(theory, "system", system);
  theory::check_exact(theory, "downtime_minutes_per_year", (1 - system) * 365 * 24 * 60);
}

TEST_CASE("theory: avail-2of3-R3") {
  const Record& theory = record("avail-2of3-R3");
  const Record& given = theory.at("parameters");
  const Redundancy redundancy{.parts = given.at("n").get<std::uint32_t>(),
                              .needed = given.at("k").get<std::uint32_t>(),
                              .crews = given.at("repair_crews").get<std::uint32_t>(),
                              .mean_up = given.at("mtbf").get<double>(),
                              .mean_down = given.at("mttr").get<double>()};
  theory::check_exact(theory, "availability", models::availability(redundancy));
  theory::check_exact(theory, "mean_failed", models::mean_failed(redundancy));
}

TEST_CASE("theory: mttf-parallel") {
  const Record& theory = record("mttf-parallel");
  const auto until_failure = [&](std::uint32_t parts, std::uint32_t needed, std::uint32_t crews) {
    return models::mean_time_to_failure({.parts = parts,
                                         .needed = needed,
                                         .crews = crews,
                                         .mean_up = theory.at("parameters").at("mtbf").get<double>(),
                                         .mean_down = theory.at("parameters").at("mttr").get<double>()});
  };
  theory::check_exact(theory, "mttf_2_parallel_no_repair", until_failure(2, 1, 0));
  theory::check_exact(theory, "mttf_3_parallel_no_repair", until_failure(3, 1, 0));
  theory::check_exact(theory, "mttf_2_parallel_with_repair", until_failure(2, 1, 1));
  theory::check_exact(theory, "mttf_2of3_no_repair", until_failure(3, 2, 0));
}

TEST_CASE("theory: region-correlated") {
  const Record& theory = record("region-correlated");
  const double zone = theory.at("parameters").at("zone").get<double>();
  const double region = theory.at("parameters").at("region").get<double>();
  const double zones = models::in_parallel(std::array{zone, zone});
  theory::check_exact(theory, "two_zone_same_region", models::in_series(std::array{zones, region}));
  const double each = models::in_series(std::array{zone, region});
  theory::check_exact(theory, "two_regions_one_zone_each", models::in_parallel(std::array{each, each}));
}
