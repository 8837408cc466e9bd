#include "models/erlang.hpp"

#include <cmath>

#include "sim/contract.hpp"
#include "sim/math.hpp"

namespace models {
namespace {

std::uint64_t fewest_stable(double offered) { return static_cast<std::uint64_t>(std::floor(offered)) + 1; }

}  // namespace

// The recursion stays within (0, 1] where factorials and powers would overflow.
double erlang_b(std::uint64_t servers, double offered) {
  double lost = 1.0;
  for (std::uint64_t n = 1; n <= servers; ++n)
    lost = offered * lost / (static_cast<double>(n) + offered * lost);
  return lost;
}

double erlang_c(std::uint64_t servers, double offered) {
  const double lost = erlang_b(servers, offered);
  return lost / (1.0 - offered / static_cast<double>(servers) * (1.0 - lost));
}

double waits_longer(std::uint64_t servers, double offered, double t) {
  return erlang_c(servers, offered) * sim::math::exp(-(static_cast<double>(servers) - offered) * t);
}

// The wait of those who wait is exponential of rate servers - offered, the service of rate 1.
double responds_later(std::uint64_t servers, double offered, double t) {
  const double waits = erlang_c(servers, offered);
  const double faster = static_cast<double>(servers) - offered - 1.0;
  const double served_later = sim::math::exp(-t);
  // The two rates may be equal, where the quotient below has the limit t.
  const double sum = std::abs(faster) * t < 1e-9 ? t : (1.0 - sim::math::exp(-faster * t)) / faster;
  return served_later * (1.0 + waits * sum);
}

std::uint64_t servers_for_loss(double offered, double share) {
  SIM_EXPECT(share > 0.0 && share < 1.0);
  double lost = 1.0;
  std::uint64_t servers = 0;
  while (lost > share) {
    ++servers;
    lost = offered * lost / (static_cast<double>(servers) + offered * lost);
  }
  return servers;
}

std::uint64_t servers_for_wait(double offered, double share, double t) {
  SIM_EXPECT(share > 0.0 && share < 1.0);
  std::uint64_t servers = fewest_stable(offered);
  while (waits_longer(servers, offered, t) > share) ++servers;
  return servers;
}

std::uint64_t servers_for_response(double offered, double share, double t) {
  SIM_EXPECT(share < 1.0 && sim::math::exp(-t) < share);
  std::uint64_t servers = fewest_stable(offered);
  while (responds_later(servers, offered, t) > share) ++servers;
  return servers;
}

}  // namespace models
