#include "models/nr_capacity.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using models::NrCell;

namespace {
NrCell micro(double frequency = 3.5e9) {
  NrCell cell;
  cell.surroundings = NrCell::Surroundings::urban_micro;
  cell.frequency = frequency;
  return cell;
}
}  // namespace

TEST_CASE("Path loss follows TR 38.901", "[models][nr]") {
  const NrCell macro;
  // UMa at 100 m: the break point lies at 4 * 24 * 0.5 * 3.5e9 / c = 560 m, so PL1 holds; heights 25 and 1.5
  // m.
  const double d3 = std::sqrt(100.0 * 100.0 + 23.5 * 23.5);
  CHECK(models::path_loss_in_sight(macro, 100) ==
        Approx(28 + 22 * std::log10(d3) + 20 * std::log10(3.5)).epsilon(1e-9));
  CHECK(models::path_loss_out_of_sight(macro, 100) ==
        Approx(13.54 + 39.08 * std::log10(d3) + 20 * std::log10(3.5)).epsilon(1e-9));
  // Beyond the break point: 28 + 40 log10(d3) + 20 log10(f) - 9 log10(560.4^2 + 23.5^2).
  const double far = std::sqrt(2000.0 * 2000.0 + 23.5 * 23.5);
  const double break_point = 4 * 24 * 0.5 * 3.5e9 / 299792458.0;
  CHECK(models::path_loss_in_sight(macro, 2000) ==
        Approx(28 + 40 * std::log10(far) + 20 * std::log10(3.5) -
               9 * std::log10(break_point * break_point + 23.5 * 23.5))
            .epsilon(1e-9));
  // UMi at 50 m, 28 GHz: heights 10 and 1.5 m; out of sight 22.4 + 35.3 log10(d3) + 21.3 log10(28).
  const double street = std::sqrt(50.0 * 50.0 + 8.5 * 8.5);
  CHECK(models::path_loss_out_of_sight(micro(28e9), 50) ==
        Approx(22.4 + 35.3 * std::log10(street) + 21.3 * std::log10(28.0)).epsilon(1e-9));
}

TEST_CASE("The line of sight fades with distance", "[models][nr]") {
  // UMi at 54 m: 18/54 + exp(-54/36) (1 - 18/54) = 1/3 + 0.22313 * 2/3.
  CHECK(models::line_of_sight(micro(), 18) == 1.0);
  CHECK(models::line_of_sight(micro(), 54) == Approx(1.0 / 3 + std::exp(-1.5) * 2 / 3));
  // UMa at 63 m: 2/7 + exp(-1) * 5/7.
  CHECK(models::line_of_sight(NrCell{}, 63) == Approx(2.0 / 7 + std::exp(-1.0) * 5 / 7));
}

TEST_CASE("Carriers have the resource blocks of the standard or none", "[models][nr]") {
  CHECK(models::resource_blocks(100e6, 1, 3.5e9) == 273U);
  CHECK(models::resource_blocks(20e6, 0, 0.7e9) == 106U);
  CHECK(models::resource_blocks(400e6, 3, 28e9) == 264U);
  CHECK_FALSE(models::resource_blocks(400e6, 1, 3.5e9));
  CHECK_FALSE(models::resource_blocks(100e6, 3, 3.5e9));
  CHECK_FALSE(models::resource_blocks(99e6, 1, 3.5e9));
}

TEST_CASE("A small cell without neighbours that send reaches the peak rate", "[models][nr]") {
  // 273 blocks * 12 subcarriers * 14 symbols * 2,000 slots/s * 5.5547 bit/s/Hz * 2 layers, less 14 % overhead
  // and 10 % repetitions: 788 Mbit/s down; one layer and 8 % overhead up: 422 Mbit/s.
  NrCell cell;
  cell.radius = 35;
  cell.load = 0;
  const double symbols = 273.0 * 12 * 14 * 2000 * 5.5547;
  const models::NrCapacity capacity = models::nr_capacity(cell);
  CHECK(capacity.downlink.cell.value() == Approx(symbols * 2 * 0.86 * 0.9));
  CHECK(capacity.downlink.median.value() == Approx(symbols * 2 * 0.86 * 0.9));
  CHECK(capacity.uplink.cell.value() == Approx(symbols * 0.92 * 0.9));
  CHECK(capacity.downlink.outage == 0.0);
  CHECK(capacity.downlink.efficiency == Approx(2 * 5.5547));
}

TEST_CASE("Distance, neighbours and walls cost capacity", "[models][nr]") {
  NrCell near;
  near.radius = 200;
  const double reference = models::nr_capacity(near).downlink.cell.value();
  NrCell wide = near, loud = near, inside = near;
  wide.radius = 800;
  loud.load = 1.0;
  inside.indoor_loss = 20;
  for (const NrCell& worse : {wide, loud, inside}) {
    CHECK(models::nr_capacity(worse).downlink.cell.value() < reference);
    CHECK(models::nr_capacity(worse).uplink.cell.value() < models::nr_capacity(near).uplink.cell.value());
  }
  // Walls weaken signal and interference alike, but not the noise.
  CHECK(models::nr_capacity(inside).uplink.median.value() < models::nr_capacity(near).uplink.median.value());
}
