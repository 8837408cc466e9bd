#include "models/handshake.hpp"

#include <array>

namespace models {
namespace {

struct Known {
  Handshake handshake;
  std::string_view name;
  unsigned round_trips;
};

constexpr std::array<Known, 9> all_known{{{Handshake::established, "none", 0},
                                          {Handshake::tcp, "tcp", 1},
                                          {Handshake::tcp_tls12, "tcp-tls12", 3},
                                          {Handshake::tcp_tls12_resumed, "tcp-tls12-resumed", 2},
                                          {Handshake::tcp_tls13, "tcp-tls13", 2},
                                          {Handshake::tcp_tls13_0rtt, "tcp-tls13-0rtt", 1},
                                          {Handshake::tfo_tls13_0rtt, "tfo-tls13-0rtt", 0},
                                          {Handshake::quic, "quic", 1},
                                          {Handshake::quic_0rtt, "quic-0rtt", 0}}};

}  // namespace

unsigned round_trips_before_request(Handshake handshake) {
  return all_known[static_cast<std::size_t>(handshake)].round_trips;
}

std::optional<Handshake> handshake_by_name(std::string_view name) {
  for (const Known& each : all_known)
    if (each.name == name) return each.handshake;
  return {};
}

}  // namespace models
