#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace models {

/// How a connection between user and entry is opened.
enum class Handshake : std::uint8_t {
  established,  ///< there already
  tcp,
  tcp_tls12,
  tcp_tls12_resumed,  ///< with a session known from before
  tcp_tls13,
  tcp_tls13_0rtt,  ///< request in the first flight of TLS, after TCP's own handshake
  tfo_tls13_0rtt,  ///< the same in TCP's first packet (TCP Fast Open)
  quic,
  quic_0rtt,
};

/// Round trips on a path without loss before the first byte of a request leaves; the answer's first byte
/// comes one later. Source: RFC 9293 (TCP), RFC 5246 (TLS 1.2), RFC 8446 (TLS 1.3), RFC 7413 (Fast Open), RFC
/// 9001 (QUIC).
[[nodiscard]] unsigned round_trips_before_request(Handshake handshake);

/// By its name in scenario files: `none`, `tcp`, `tcp-tls12`, `tcp-tls12-resumed`, `tcp-tls13`,
/// `tcp-tls13-0rtt`, `tfo-tls13-0rtt`, `quic`, `quic-0rtt`.
[[nodiscard]] std::optional<Handshake> handshake_by_name(std::string_view name);

}  // namespace models
