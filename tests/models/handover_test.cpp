#include <catch2/catch.hpp>
#include <cmath>

#include "world_builder.hpp"

using test_support::WorldBuilder;
using namespace std::chrono_literals;

namespace {

/// Users who stay in a cell for `stay`, and ask every 10 ms for `span` in all.
struct Walkers {
  WorldBuilder world;

  Walkers(std::uint32_t users, sim::Duration stay, sim::Duration span) {
    world.spec.keys.push_back(
        {.name = "users", .items = users, .purpose = sim::hash_name("user"), .stay = stay});
    world.spec.duration = span;
    std::vector<sim::Duration> times;
    for (sim::Duration time{5'000'000}; time < span; time += sim::Duration{10'000'000}) times.push_back(time);
    world.trace(std::move(times));
  }
  void change_cells(sim::Duration interruption) {
    world.step({.kind = models::StepKind::handover,
                .part = models::Part::access,
                .index = 0,
                .fixed = interruption});
  }
  /// Passes one of `count` cells; of a megabyte a second, a byte takes a microsecond.
  void cell(std::uint16_t count, double bytes) {
    for (std::uint16_t i = 0; i < count; ++i) world.station(sim::BitRate{8e6});
    const std::uint32_t step = world.pass(0, sim::Bytes{bytes});
    world.at(step).count = count;
    world.at(step).keys = 0;
  }
};

}  // namespace

TEST_CASE("A user between two cells waits until the handover is over", "[models][handover]") {
  // One user changes cells every 10 s and is cut off for 1 s each time: of 100,000 requests, one every 10 ms,
  // a tenth waits, evenly up to 1 s: 0.5 s in the mean of those, 50 ms of all. What a request every 10 ms
  // misses at the ends of the 100 interruptions is at most 1 % of it.
  Walkers one{1, 10s, 1000s};
  one.change_cells(1s);
  one.world.finish();
  const models::ClassResult all = one.world.run().classes[0];
  REQUIRE(all.latency.count() == 100'000);
  CHECK(all.latency.mean() * 1e-9 == Approx(0.05).epsilon(0.011));
  CHECK(sim::to_seconds(all.latency.max()) == Approx(1).margin(0.011));
  CHECK(sim::to_seconds(all.latency.quantile(0.89)) == 0);
  CHECK(sim::to_seconds(all.latency.quantile(0.91)) > 0);
}

TEST_CASE("A user who walks is in one cell at a time, and passes all of them in turn", "[models][handover]") {
  // 10 s in each of four cells: in 40 s a quarter of the 4,000 requests in each, whenever the walk begins.
  Walkers one{1, 10s, 40s};
  one.cell(4, 1);
  one.world.finish();
  const models::WorldResult result = one.world.run();
  for (const models::StationResult& cell : result.stations) CHECK(cell.passed == Approx(1000).margin(1));
  // In 9.9 s he is in two cells at most: the others carry nothing.
  Walkers shortly{1, 10s, 9'900ms};
  shortly.cell(4, 1);
  shortly.world.finish();
  int used = 0;
  for (const models::StationResult& cell : shortly.world.run().stations) used += cell.passed > 0;
  CHECK(used <= 2);
  CHECK(used >= 1);
}

TEST_CASE("Users who walk come and go, but are spread evenly in the long run", "[models][handover]") {
  // 40 users in 8 cells. At one time the number in a cell is binomial(40, 1/8): its variance is 40 * 1/8 *
  // 7/8 = 4.4, so that of the share of requests of the cells is far above that of 10,000 independent choices,
  // and over a walk around all cells it is 1/8 for each.
  const auto spread = [](sim::Duration stay) {
    Walkers users{40, stay, 100s};
    users.cell(8, 1);
    users.world.finish();
    double variance = 0;
    for (const models::StationResult& cell : users.world.run().stations) {
      const double share = static_cast<double>(cell.passed) / 10'000;
      variance += (share - 0.125) * (share - 0.125) / 8;
    }
    return variance;
  };
  const double chosen_alone = 0.125 * 0.875 / 10'000;
  // Users who hardly move: 0.875 * 0.125 / 40 = 0.0027 = 250 times that. Once around in 80 s: about that.
  CHECK(spread(100'000s) > 50 * chosen_alone);
  CHECK(spread(12'500ms) < 4 * chosen_alone);
}
