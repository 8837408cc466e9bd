#include <catch2/catch.hpp>

#include "models/erlang.hpp"
#include "models/handshake.hpp"
#include "models/max_min.hpp"
#include "models/transfer.hpp"
#include "models/worst_case.hpp"
#include "sim/math.hpp"
#include "theory.hpp"

// What models state by formula: sizes of systems, round trips, fair shares, bounds.

using theory::check_exact;
using theory::record;
using theory::Record;

TEST_CASE("theory: erlangb-sizing") {
  const Record& theory = record("erlangb-sizing");
  std::vector<double> servers;
  for (const double offered : theory.at("parameters").at("offered_load"))
    servers.push_back(static_cast<double>(
        models::servers_for_loss(offered, theory.at("parameters").at("target_loss").get<double>())));
  check_exact(theory, "servers", servers);
}

TEST_CASE("theory: mmc-sizing-lam80-mu1") {
  const Record& theory = record("mmc-sizing-lam80-mu1");
  const double offered = theory.at("parameters").at("arrival_rate").get<double>() /
                         theory.at("parameters").at("service_rate").get<double>();
  const auto check = [&](const char* quantity, std::uint64_t servers) {
    check_exact(theory, quantity, static_cast<double>(servers));
  };
  check("c_for_p_wait_le_0_2", models::servers_for_wait(offered, 0.2));
  check("c_for_p_wait_le_0_01", models::servers_for_wait(offered, 0.01));
  check("c_for_wait_p95_zero", models::servers_for_wait(offered, 0.05));
  check("c_for_response_p99_le_6_service_times", models::servers_for_response(offered, 0.01, 6));
}

TEST_CASE("theory: handshake-rtts") {
  const Record& theory = record("handshake-rtts");
  using models::Handshake;
  const std::map<std::string, Handshake> by_stack{{"TCP", Handshake::tcp},
                                                  {"TCP+TLS1.2", Handshake::tcp_tls12},
                                                  {"TCP+TLS1.2 resumption", Handshake::tcp_tls12_resumed},
                                                  {"TCP+TLS1.3", Handshake::tcp_tls13},
                                                  {"TCP+TLS1.3 0-RTT", Handshake::tcp_tls13_0rtt},
                                                  {"TFO+TLS1.3 0-RTT", Handshake::tfo_tls13_0rtt},
                                                  {"QUIC", Handshake::quic},
                                                  {"QUIC 0-RTT", Handshake::quic_0rtt}};
  std::vector<double> before, until;
  for (const std::string stack : theory.at("parameters").at("stacks")) {
    const unsigned trips = models::round_trips_before_request(by_stack.at(stack));
    before.push_back(trips);
    until.push_back(trips + 1);  // the request there, the answer back
  }
  check_exact(theory, "rtts_before_request", before);
  check_exact(theory, "rtts_until_first_response_byte", until);
}

TEST_CASE("theory: slow-start") {
  const Record& theory = record("slow-start");
  const Record& given = theory.at("parameters");
  const sim::Bytes window{given.at("initial_window").get<double>() * given.at("mss").get<double>()};
  std::vector<double> flights;
  for (const double size : given.at("sizes_bytes")) {
    const auto stalls = models::slow_start_windows(
        sim::Bytes{size}, window, sim::BitRate{sim::math::infinity}, std::chrono::milliseconds{50});
    flights.push_back(static_cast<double>(stalls.size() + 1));
  }
  check_exact(theory, "flights", flights);
}

TEST_CASE("theory: maxmin-3flows") {
  const Record& theory = record("maxmin-3flows");
  const Record& given = theory.at("parameters");
  std::vector<sim::BitRate> capacities;
  std::map<std::string, std::size_t> links;
  for (const auto& [name, capacity] : given.at("links").items()) {
    links[name] = capacities.size();
    capacities.emplace_back(capacity.get<double>());
  }
  std::vector<std::vector<std::size_t>> paths;
  for (const auto& [flow, path] : given.at("flows").items()) {
    paths.emplace_back();
    for (const std::string link : path) paths.back().push_back(links.at(link));
  }
  const auto rates = models::max_min_rates(capacities, paths);
  std::size_t index = 0;
  for (const auto& [flow, rate] : theory.at("expected").at("rates").items())
    check_exact(rates.at(index++).value(), rate.get<double>());
  CHECK(index == rates.size());
}

TEST_CASE("theory: network-calculus") {
  const Record& theory = record("network-calculus");
  const auto given = [&](const char* name) { return theory.at("parameters").at(name).get<double>(); };
  const models::ArrivalCurve arrivals{sim::Bytes{given("sigma_bits") / 8}, sim::BitRate{given("rho_bps")}};
  const models::ServiceCurve service{sim::BitRate{given("R_bps")}, sim::from_seconds(given("T_s"))};
  check_exact(theory, "delay_bound_s", sim::to_seconds(models::delay_bound(arrivals, service)));
  check_exact(theory, "backlog_bound_bits", models::backlog_bound(arrivals, service).value() * 8);
}
