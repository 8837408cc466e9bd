#include <catch2/catch.hpp>
#include <cmath>

#include "support/scenario_builder.hpp"

using namespace planner;
using namespace test_support;
using models::Part;

namespace {

const Slice& whole(const Study& study) { return study.strategies.front().slices.front(); }
Approx ms(double value) { return Approx(value).margin(0.000065); }

/// Served 20 ms away; round trip 1 + 20 + 20 + 2 = 43 ms, service 10 ms, so 53 ms without payload.
Scenario far_away(const std::string& transport) {
  Scenario scenario = one_site(5);
  add_far_site(scenario, constant(0.020));
  scenario.placement["web"].clear();
  scenario.placement["web"]["far"].pool = "box";
  scenario.flows.at("page").transport = transport;
  return scenario;
}

}  // namespace

TEST_CASE("A payload above the initial window stalls once for each doubling", "[planner][transport]") {
  // 43,441 B is one byte more than 1 + 2 windows of 14,480 B: two stalls of a whole round trip, 86 ms.
  Scenario scenario = far_away("tcp");
  scenario.flows.at("page").response = sim::Bytes{43441};
  CHECK(whole(study(scenario)).mean.value == ms(53 + 86));
  CHECK(part(whole(study(scenario)).parts, Part::transmission) == ms(86));
  scenario.flows.at("page").initial_window = sim::Bytes{43441};
  CHECK(whole(study(scenario)).mean.value == ms(53));
  scenario.flows.at("page").transport = "none";
  scenario.flows.at("page").initial_window = sim::Bytes{1000};
  CHECK(whole(study(scenario)).mean.value == ms(53));
}

TEST_CASE("Stalls are shorter by what the window keeps the user's rate busy", "[planner][transport]") {
  // 8 Mbit/s carry 1 kB/ms: the payload takes 43.441 ms, the windows 14.48 and 28.96 ms of 43 ms each.
  Scenario scenario = far_away("quic");
  scenario.flows.at("page").response = sim::Bytes{43441};
  scenario.populations.at("users").access.downlink = sim::BitRate{8e6};
  const double transmission = 43.441 + (43 - 14.48) + (43 - 28.96);
  CHECK(part(whole(study(scenario)).parts, Part::transmission) == ms(transmission));
  CHECK(whole(study(scenario)).mean.value == ms(53 + transmission));
}

TEST_CASE("A lost packet costs a round trip, in a short transfer a time-out", "[planner][transport]") {
  // 4 segments: P(any of 4 lost) = 1 - 0.9^4 = 0.3439, a round trip of 43 ms each. 4 standard errors of 500:
  // 4 * 43 * sqrt(0.3439 * 0.6561 / 500) = 3.7 ms.
  Scenario scenario = far_away("tcp");
  scenario.populations.at("users").access.loss = 0.1;
  scenario.flows.at("page").response = sim::Bytes{4 * 1448.0};
  CHECK(whole(study(scenario)).mean.value == Approx(53 + 0.3439 * 43).margin(3.7));
  // One segment: a time-out of 1 s with probability 0.1; 4 * 1000 * sqrt(0.09 / 500) = 54 ms.
  scenario.flows.at("page").response = sim::Bytes{1000};
  CHECK(whole(study(scenario)).mean.value == Approx(53 + 100).margin(54));
  // QUIC probes after 3 * 43 + 25 = 154 ms; 4 * 154 * sqrt(0.09 / 500) = 8.3 ms.
  scenario.flows.at("page").transport = "quic";
  CHECK(whole(study(scenario)).mean.value == Approx(53 + 15.4).margin(8.3));
}

TEST_CASE("A stream through losses takes what Padhye's formula leaves", "[planner][transport]") {
  // 1 MB at p = 1 % and R = 43 ms: s/X = 0.043 sqrt(0.02/3) + 3 sqrt(0.03/8) 0.01 * 1.0032 s a segment of
  // 1448 B.
  Scenario scenario = far_away("tcp");
  scenario.populations.at("users").access.loss = 0.01;
  scenario.flows.at("page").response = sim::Bytes{1e6};
  scenario.flows.at("page").initial_window = sim::Bytes{1e6};
  scenario.workloads.at("load").rate = 0.2;
  const double a_segment = 0.043 * std::sqrt(0.02 / 3) + 3 * std::sqrt(0.03 / 8) * 0.01 * 1.0032;
  CHECK(part(whole(study(scenario)).parts, Part::transmission) ==
        Approx(1e6 / 1448 * a_segment * 1e3).epsilon(1e-6));
}

TEST_CASE("A new connection looks its name up unless it is cached", "[planner][transport]") {
  // 30 ms each without cache; QUIC with 0-RTT adds no round trip.
  Scenario scenario = far_away("quic-0rtt");
  scenario.flows.at("page").reuse = 0;
  scenario.flows.at("page").lookup = constant(0.030);
  CHECK(part(whole(study(scenario)).parts, Part::connection) == ms(30));
  // 0.5 of them: 15 ms; 4 * 15 / sqrt(500) = 2.7 ms.
  scenario.flows.at("page").lookup_cached = 0.5;
  CHECK(part(whole(study(scenario)).parts, Part::connection) == Approx(15).margin(2.7));
  scenario.flows.at("page").reuse = 1;
  CHECK(part(whole(study(scenario)).parts, Part::connection) == ms(0));
}

TEST_CASE("A new connection takes the round trips of its transport", "[planner][transport]") {
  // RFC 9293: TCP 1. RFC 5246: TLS 1.2 two more; RFC 8446: TLS 1.3 one more. RFC 9001: QUIC 1, with 0-RTT
  // none.
  for (const auto& [transport, trips] : {std::pair{"tcp", 1},
                                         {"tcp-tls12", 3},
                                         {"tcp-tls13", 2},
                                         {"quic", 1},
                                         {"quic-0rtt", 0},
                                         {"none", 0}}) {
    INFO(transport);
    Scenario scenario = far_away(transport);
    scenario.flows.at("page").reuse = 0;
    CHECK(part(whole(study(scenario)).parts, Part::connection) == ms(43.0 * trips));
    scenario.flows.at("page").reuse = 1;
    CHECK(part(whole(study(scenario)).parts, Part::connection) == ms(0));
  }
}
