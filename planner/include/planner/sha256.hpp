#pragma once
#include <string>
#include <string_view>

namespace planner {

/// SHA-256 (FIPS 180-4) of `bytes` as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// The same in base 64 (RFC 4648), as content policies want it.
[[nodiscard]] std::string sha256_base64(std::string_view bytes);

}  // namespace planner
