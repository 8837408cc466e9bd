#include "planner/quantity.hpp"

#include <catch2/catch.hpp>

using namespace planner;

namespace {

struct Valid {
  const char* text;
  Dimension dimension;
  double value;
  const char* canonical;
};

struct Invalid {
  const char* text;
  Dimension dimension;
  QuantityError::Kind kind;
  const char* proposal;  ///< first one, empty for none
};

}  // namespace

TEST_CASE("Quantities are read in the unit of their dimension", "[planner][loader][quantity]") {
  using enum Dimension;
  const Valid table[] = {
      {"50 ms", time, 0.05, "50 ms"},
      {"50ms", time, 0.05, "50 ms"},
      {"  50   ms ", time, 0.05, "50 ms"},
      {"1.5 h", time, 5400, "1.5 h"},
      {"3 \xC2\xB5s", time, 3e-6, "3 us"},
      {"2 day", time, 172800, "2 d"},
      {"1 month", time, 730. * 3600, "1 month"},
      {"1e-3 s", time, 1e-3, "1e-3 s"},
      {"180 kB", data, 180e3, "180 kB"},
      {"256 MiB", data, 256. * 1024 * 1024, "256 MiB"},
      {"8 kbit", data, 1000, "8 kbit"},
      {"10 Gbit/s", bit_rate, 10e9, "10 Gbit/s"},
      {"10 Gbps", bit_rate, 10e9, "10 Gbit/s"},
      {"10 MB/s", bit_rate, 80e6, "10 MB/s"},
      {"10 MBps", bit_rate, 80e6, "10 MB/s"},
      {"1200 req/s", request_rate, 1200, "1200 req/s"},
      {"1200 rps", request_rate, 1200, "1200 req/s"},
      {"36 req/h", request_rate, 0.01, "36 req/h"},
      {"0.5 vCPU", cpu, 0.5, "0.5 vCPU"},
      {"2 cores", cpu, 2, "2 vCPU"},
      {"110 W", power, 110, "110 W"},
      {"1.2 kW", power, 1200, "1.2 kW"},
      // 0.006 kWh/GB = 0.006 x 3.6e6 J/GB
      {"0.006 kWh/GB", energy_per_data, 21600, "0.006 kWh/GB"},
      {"1.62 USD/h", price_per_time, 1.62, "1.62 USD/h"},
      {"73 USD/month", price_per_time, 0.1, "73 USD/month"},
      {"0.02 USD/GB", price_per_data, 0.02, "0.02 USD/GB"},
      // a GiB is 1.073741824 GB
      {"1.073741824 USD/GiB", price_per_data, 1, "1.073741824 USD/GiB"},
      {"0.2 USD/Mreq", price_per_request, 0.2e-6, "0.2 USD/Mreq"},
      {"3.6 USD/GB-h", price_per_data_time, 0.001, "3.6 USD/GB-h"},
      {"3.6 USD/vCPU-h", price_per_cpu_time, 0.001, "3.6 USD/vCPU-h"},
      {"268 gCO2e/kWh", carbon_intensity, 268, "268 gCO2e/kWh"},
      {"0.268 kgCO2e/kWh", carbon_intensity, 268, "0.268 kgCO2e/kWh"},
      {"1.2 kgCO2e", carbon_mass, 1200, "1.2 kgCO2e"},
      {"249 USD", money, 249, "249 USD"},
      {"0.15 USD/kWh", price_per_energy, 0.15, "0.15 USD/kWh"},
      // 730 h a month
      {"73 USD/kW-month", price_per_energy, 0.1, "73 USD/kW-month"},
      {"3.5 GHz", frequency, 3.5e9, "3.5 GHz"},
      {"0.4 km", length, 400, "0.4 km"},
      {"90 km/h", speed, 25, "90 km/h"},
      {"85 %", ratio, 0.85, "85 %"},
      {"85%", ratio, 0.85, "85 %"},
      {"-3 ms", time, -0.003, "-3 ms"},
  };
  for (const Valid& row : table) {
    INFO(row.text);
    const auto result = parse_quantity(row.text, row.dimension);
    REQUIRE(std::holds_alternative<ParsedQuantity>(result));
    CHECK(std::get<ParsedQuantity>(result).value == Approx(row.value).epsilon(1e-15));
    CHECK(std::get<ParsedQuantity>(result).canonical == row.canonical);
  }
}

TEST_CASE("What is no quantity of the dimension is refused with a proposal", "[planner][loader][quantity]") {
  using enum Dimension;
  using Kind = QuantityError::Kind;
  const Invalid table[] = {
      {"50", time, Kind::missing_unit, "50 ms"},
      {"", time, Kind::malformed, ""},
      {"ms", time, Kind::malformed, ""},
      {"fast", time, Kind::malformed, ""},
      {"1,5 ms", time, Kind::unknown_unit, "1 ms"},
      {"0x10 ms", time, Kind::unknown_unit, "0 ms"},
      {"1e999 ms", time, Kind::malformed, ""},
      {"inf ms", time, Kind::malformed, ""},
      {"1e200 s", time, Kind::malformed, ""},
      {"50 MS", time, Kind::unknown_unit, "50 ms"},
      {"5 KB", data, Kind::unknown_unit, "5 kB"},
      {"5 gbit/s", bit_rate, Kind::unknown_unit, "5 Gbit/s"},
      {"10 Gb", data, Kind::unknown_unit, "10 GB"},
      {"10 Gbit", bit_rate, Kind::wrong_dimension, "10 Gbit/s"},
      {"10 GB", bit_rate, Kind::wrong_dimension, "10 GB/s"},
      {"10 Gbit/s", data, Kind::wrong_dimension, "10 kB"},
      {"50 ms", bit_rate, Kind::wrong_dimension, "50 Mbit/s"},
      {"5 USD", price_per_time, Kind::wrong_dimension, "5 USD/h"},
      {"5 mB", data, Kind::unknown_unit, "5 MB"},
      {"5 s/", time, Kind::unknown_unit, "5 ms"},
      {"5 kmin", time, Kind::unknown_unit, "5 ms"},
  };
  for (const Invalid& row : table) {
    INFO(row.text);
    const auto result = parse_quantity(row.text, row.dimension);
    REQUIRE(std::holds_alternative<QuantityError>(result));
    const auto& error = std::get<QuantityError>(result);
    CHECK(error.kind == row.kind);
    CHECK((error.proposals.empty() ? std::string{} : error.proposals.front()) == row.proposal);
  }
}

TEST_CASE("A wrong dimension names both", "[planner][loader][quantity]") {
  const auto result = parse_quantity("50 ms", Dimension::bit_rate);
  CHECK(std::get<QuantityError>(result).message == "\"50 ms\" is a time, but a data rate is due here");
}

TEST_CASE("Every dimension accepts its own proposals and spells them canonically",
          "[planner][loader][quantity]") {
  for (const DimensionInfo& dimension : all_dimensions()) {
    for (const std::string_view unit : dimension.proposals) {
      const std::string text = "7 " + std::string{unit};
      INFO(text);
      const auto result = parse_quantity(text, dimension.dimension);
      REQUIRE(std::holds_alternative<ParsedQuantity>(result));
      CHECK(std::get<ParsedQuantity>(result).canonical == text);
    }
  }
}

TEST_CASE("The canonical spelling reads as the same quantity and is its own canonical spelling",
          "[planner][loader][quantity]") {
  for (const char* text : {"1.0e3Gbps", "12 core", "5 requests", "3day", "7  KiB"}) {
    for (const DimensionInfo& dimension : all_dimensions()) {
      const auto once = parse_quantity(text, dimension.dimension);
      const auto* first = std::get_if<ParsedQuantity>(&once);
      if (first == nullptr) continue;
      const auto again = parse_quantity(first->canonical, dimension.dimension);
      REQUIRE(std::holds_alternative<ParsedQuantity>(again));
      CHECK(std::get<ParsedQuantity>(again).value == first->value);
      CHECK(std::get<ParsedQuantity>(again).canonical == first->canonical);
    }
  }
}
