#include <catch2/catch.hpp>
#include <cmath>

#include "small_scenario.hpp"
#include "support/scenario_builder.hpp"

using namespace planner;
using namespace test_support;
using models::Part;

namespace {

Access access(const std::string& json) {
  const std::string text = with(small_scenario, R"("access": { "latency": "9 ms" })", "\"access\": " + json);
  return scenario(text).populations.at("users").access;
}

}  // namespace

TEST_CASE("A 5G radio is read into its latency laws, break-out included", "[planner][radio]") {
  // DDDSU at 30 kHz with a request every 10 ms: median 11.76 ms up, 1.85 ms down without core (5 % as the
  // reference's own tables); break-out on site adds 0.1 + 0.4 ms each way, in the region 2 + 0.4 ms.
  const Access site = access(R"({ "technology": "5g-nr", "break_out": "site" })");
  CHECK(site.uplink_latency.law.quantile(0.5) * 1e3 == Approx(11.76 + 0.5).epsilon(0.05));
  CHECK(site.downlink_latency.law.quantile(0.5) * 1e3 == Approx(1.85 + 0.5).epsilon(0.05));
  const Access region = access(R"({ "technology": "5g-nr", "break_out": "region" })");
  CHECK(region.uplink_latency.law.mean() - site.uplink_latency.law.mean() == Approx(0.0019));
  const Access own = access(R"({ "technology": "5g-nr", "core_latency": "0 ms" })");
  CHECK(site.downlink_latency.law.mean() - own.downlink_latency.law.mean() == Approx(0.0005));
}

TEST_CASE("A configured grant saves the request, FDD the wait for a slot", "[planner][radio]") {
  const double asked = access(R"({ "technology": "5g-nr" })").uplink_latency.law.mean();
  const double granted =
      access(R"({ "technology": "5g-nr", "grant": "configured" })").uplink_latency.law.mean();
  const double both =
      access(R"({ "technology": "5g-nr", "grant": "configured", "tdd": "FDD" })").uplink_latency.law.mean();
  CHECK(granted < asked / 2);
  CHECK(both < granted);
}

TEST_CASE("The rates of a slice are its share of the cell, and stated rates win", "[planner][radio]") {
  const Access whole = access(R"({ "technology": "5g-nr" })");
  const Access third = access(
      R"({ "technology": "5g-nr", "cell": { "slice": "30 %" }, "uplink": "7 Mbit/s", "users_per_cell": 25 })");
  CHECK(third.cell_downlink->value() == Approx(0.3 * whole.cell_downlink->value()));
  CHECK(third.cell_uplink->value() == Approx(0.3 * whole.cell_uplink->value()));
  CHECK(third.uplink->value() == 7e6);
  CHECK(third.users_per_cell == 25);
  CHECK(whole.users_per_cell == 100);
  CHECK(whole.cell_downlink->value() > whole.cell_uplink->value());
}

TEST_CASE("Handovers hold up the packets that meet them", "[planner][radio]") {
  // 2 * 25 m/s / (pi * 500 m) = 0.0318 handovers a second of 100 ms: 0.318 % of the packets wait 50 ms.
  const Access still = access(R"({ "technology": "5g-nr", "cell": { "radius": "500 m" } })");
  const Access moving = access(R"({ "technology": "5g-nr", "cell": { "radius": "500 m" },
                                    "handover": { "speed": "90 km/h", "interruption": "100 ms" } })");
  const double expected = 2 * 25 / (3.14159265 * 500) * 0.1 * 0.05;
  CHECK(moving.uplink_latency.law.mean() - still.uplink_latency.law.mean() ==
        Approx(expected).epsilon(0.001));
}

TEST_CASE("A silent user's request waits for the connection", "[planner][radio]") {
  // 100 users, 5 requests a second together: a silence outlasts 20 s with probability exp(-0.05 * 20) =
  // 0.368. Then the request waits 200 ms: 73.6 ms in the mean. 4 standard errors of 500 draws: 4 * 0.2 *
  // 0.482 / sqrt(500) = 17 ms.
  Scenario plain = one_site(5);
  plain.populations.at("users").access.promotion = constant(0.2);
  plain.populations.at("users").access.idle_after = std::chrono::seconds{20};
  const Study result = study(plain);
  const auto& all = result.strategies.front().slices.front();
  CHECK(part(all.parts, Part::access) == Approx(3.0 + 200 * std::exp(-1.0)).margin(17));
}

TEST_CASE("A late answer finds the device asleep, a prompt one does not", "[planner][radio]") {
  // Service takes 10 ms, after 1 ms of uplink: with a timer of 11 ms nobody sleeps, with one of 10 ms all
  // wait U(0, 300 ms), 150 ms in the mean. 4 standard errors of 500 draws: 4 * 300 / sqrt(12 * 500) = 15.5
  // ms.
  Scenario plain = one_site(5);
  plain.populations.at("users").access.doze = law(sim::Distribution::uniform(0, 0.3));
  plain.populations.at("users").access.doze_after = std::chrono::milliseconds{11};
  const auto access_of = [&] {
    const Study result = study(plain);
    return part(result.strategies.front().slices.front().parts, Part::access);
  };
  CHECK(access_of() == Approx(3.0).margin(1e-4));
  plain.populations.at("users").access.doze_after = std::chrono::milliseconds{10};
  CHECK(access_of() == Approx(3.0 + 150).margin(15.5));
}

TEST_CASE("Discontinuous reception is told by its inactivity timer or by a share", "[planner][radio]") {
  // Listening 10 of 320 ms: 31/32 of those who sleep wait, 155 ms in the mean.
  const Access timed =
      access(R"({ "technology": "5g-nr", "drx": { "cycle": "320 ms", "inactivity": "100 ms" } })");
  REQUIRE(timed.doze);
  CHECK(timed.doze->law.mean() == Approx(31 / 32.0 * 0.155));
  CHECK(timed.doze_after == std::chrono::milliseconds{100});
  const Access awake = access(R"({ "technology": "5g-nr" })");
  CHECK(timed.downlink_latency.law.mean() == Approx(awake.downlink_latency.law.mean()));
  const Access shared =
      access(R"({ "technology": "5g-nr", "drx": { "cycle": "320 ms", "asleep": "20 %" } })");
  CHECK_FALSE(shared.doze);
  CHECK(shared.downlink_latency.law.mean() - awake.downlink_latency.law.mean() ==
        Approx(0.2 * 31 / 32.0 * 0.155).epsilon(0.01));
  CHECK_THROWS_AS(access(R"({ "technology": "5g-nr", "drx": { "cycle": "320 ms" } })"), ScenarioError);
}

TEST_CASE("A delay budget that the radio keeps raises no warning", "[planner][radio]") {
  const auto warned = [](const std::string& json) {
    const auto issues =
        issues_of(with(small_scenario, R"("access": { "latency": "9 ms" })", "\"access\": " + json));
    return std::ranges::any_of(issues, [](const Diagnostic& d) { return d.code == Code::delay_budget; });
  };
  CHECK_FALSE(warned(R"({ "technology": "5g-nr", "qos": 9 })"));  // 300 ms
  CHECK(warned(R"({ "technology": "5g-nr", "qos": 80 })"));       // 10 ms, but half of the uplink takes 12
}

TEST_CASE("Users who move along cells are in one at a time, and their packets share its interruptions",
          "[planner][radio]") {
  // pi * 500 m / (2 * 25 m/s) = 31.4 s in each cell; the laws hold no interruption then.
  const Access still = access(R"({ "technology": "5g-nr", "cell": { "radius": "500 m" } })");
  const Access moving = access(R"({ "technology": "5g-nr", "cell": { "radius": "500 m" },
                  "handover": { "speed": "90 km/h", "interruption": "100 ms", "movement": "along-cells" } })");
  CHECK(sim::to_seconds(moving.residence) == Approx(10 * 3.14159265));
  CHECK(moving.interruption == std::chrono::milliseconds{100});
  CHECK(moving.uplink_latency.law.mean() == Approx(still.uplink_latency.law.mean()));
  // Interrupted for 1 s of every 10 s: a tenth of the requests waits U(0, 1 s), 50 ms in the mean. Its
  // answer, 11 ms later, does not wait again; others meet an interruption that begins meanwhile, 0.011 / 10
  // of them for 1 s: 1.1 ms. 4 standard errors of 5,000 requests: 4 * sqrt(0.1 / 3 - 0.05^2) / sqrt(5000)
  // = 9.9 ms.
  Scenario walking = one_site(50);
  Access& users = walking.populations.at("users").access;
  users.residence = std::chrono::seconds{10};
  users.interruption = std::chrono::seconds{1};
  const Slice all = study(walking).strategies.front().slices.front();
  CHECK(part(all.parts, Part::access) == Approx(3 + 50 + 1.1).margin(9.9));
}
