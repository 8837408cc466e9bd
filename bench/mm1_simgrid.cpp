// M/M/1 at load 0.8 in SimGrid: a source actor and a server actor over a mailbox.
// Prints customers, processor seconds and mean wait [s] for bench_mm1.

#include <cmath>
#include <cstdio>
#include <ctime>
#include <random>
#include <simgrid/s4u.hpp>

namespace sg = simgrid::s4u;

int main(int argc, char** argv) {
  constexpr int customers = 200'000;
  sg::Engine engine{&argc, argv};
  auto* const zone = sg::create_full_zone("zone");
  auto* const host = zone->create_host("host", 1e9);
  zone->seal();
  auto* const queue = sg::Mailbox::by_name("queue");
  std::mt19937_64 random{1};
  const auto exponential = [&](double mean) {
    return -mean * std::log((static_cast<double>(random() >> 12) + 0.5) * 0x1p-52);
  };
  double total_wait = 0;

  sg::Actor::create("server", host, [&] {
    for (int i = 0; i < customers; ++i) {
      const auto arrived = queue->get_unique<double>();
      total_wait += sg::Engine::get_clock() - *arrived;
      sg::this_actor::sleep_for(exponential(1e-3));
    }
  });
  sg::Actor::create("source", host, [&] {
    for (int i = 0; i < customers; ++i) {
      sg::this_actor::sleep_for(exponential(1.25e-3));
      queue->put_init(new double{sg::Engine::get_clock()}, 0)->detach();
    }
  });

  const std::clock_t start = std::clock();
  engine.run();
  std::printf("%d %g %g\n", customers, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC,
              total_wait / customers);
}
