#include "planner/calibrate.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "support/scenario_builder.hpp"

using namespace planner;

namespace {

/// Requests of `web` at even gaps, each of the same duration.
Observations even_requests(std::size_t count, double gap, double duration) {
  Observations seen;
  seen.services.push_back({"web", "web", std::vector<double>(count, duration), {}, {}});
  ObservedFlow flow;
  flow.id = "page";
  for (std::size_t i = 0; i < count; ++i)
    flow.arrivals.push_back(sim::from_seconds(gap * static_cast<double>(i)));
  flow.latency.assign(count, duration);
  ObservedCall in;
  in.id = "web";
  in.count = count;
  flow.calls.push_back(in);
  seen.flows.push_back(flow);
  seen.requests = count;
  return seen;
}

StudyOptions two_replications() {
  StudyOptions options;
  options.replications = 2;
  return options;
}

}  // namespace

TEST_CASE("Calibration puts the observed time and rate in and meets what was observed", "[planner][trace]") {
  // The scenario says 10 ms a request and 5 requests/s; observed are 4 ms and 20 a second.
  const Scenario scenario = test_support::one_site(5);
  const Calibration calibration = calibrate(scenario, even_requests(100, 0.05, 0.004), two_replications());
  CHECK(calibration.patch.at("/services/web/time/value"_json_pointer) == "4 ms");
  CHECK(calibration.patch.at("/services/web/time/basis"_json_pointer) == "calibrated");
  CHECK(calibration.patch.at("/services/web/time/median"_json_pointer).is_null());
  CHECK(calibration.patch.at("/workloads/load/arrivals/rate"_json_pointer) == "20 req/s");
  REQUIRE(calibration.flows.size() == 1);
  const FlowFit& fit = calibration.flows[0];
  CHECK(fit.flow == "page");
  // Seen from the server: no access, so 10 ms before and 4 ms after, exactly, but for the buckets' 0.8 %.
  for (const QuantilePair& pair : fit.quantiles) {
    CHECK(pair.observed == Approx(0.004));
    CHECK(pair.before == Approx(0.010).epsilon(0.008));
    CHECK(pair.after == Approx(0.004).epsilon(0.008));
  }
  CHECK(fit.worst_error < 0.008);
}

TEST_CASE("A wrong model shows its error instead of hiding it", "[planner][trace]") {
  // Requests took 4 ms of work but 6 ms in all: 2 ms that no model part explains.
  Observations seen = even_requests(100, 0.05, 0.004);
  for (double& latency : seen.flows[0].latency) latency = 0.006;
  const Calibration calibration = calibrate(test_support::one_site(5), seen, two_replications());
  // 4 / 6 - 1 = -33.3 %
  CHECK(calibration.flows.at(0).worst_error == Approx(1.0 / 3).epsilon(0.02));
  CHECK(render_calibration(calibration).find("-33.") != std::string::npos);
}

TEST_CASE("What traces and scenario do not share is told", "[planner][trace]") {
  Observations seen = even_requests(100, 0.05, 0.004);
  seen.services.push_back({"mail", "mail", {0.1}, {}, {}});
  Scenario scenario = test_support::one_site(5);
  test_support::add_call(scenario, "db", "home", test_support::constant(0.001));
  const Calibration calibration = calibrate(scenario, seen, two_replications());
  const auto told = [&](const std::string& text) {
    return std::any_of(calibration.notes.begin(), calibration.notes.end(),
                       [&](const TraceNote& note) { return note.text == text; });
  };
  CHECK(told("spans of mail, which the scenario does not have"));
  CHECK(told("service db keeps its time: not in the traces, or stated otherwise"));
  seen.services[0].id = "other";
  CHECK_THROWS_AS(calibrate(scenario, seen, two_replications()), TraceError);
}
