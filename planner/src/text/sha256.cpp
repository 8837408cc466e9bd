#include "planner/sha256.hpp"

#include <sha2.h>
#include <sys/types.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace planner {
namespace {

using Digest = std::array<std::uint8_t, SHA256_DIGEST_LENGTH>;

Digest sha256(std::string_view bytes) {
  SHA2_CTX context;
  SHA256Init(&context);
  SHA256Update(&context, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  Digest digest{};
  SHA256Final(digest.data(), &context);
  return digest;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : sha256(bytes)) {
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

std::string sha256_base64(std::string_view bytes) {
  static constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const Digest digest = sha256(bytes);
  std::string text;
  for (std::size_t i = 0; i < digest.size(); i += 3) {
    const std::size_t taken = std::min<std::size_t>(3, digest.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8U | (k < taken ? digest[i + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k) text += k <= taken ? digits[group >> (18 - 6 * k) & 63U] : '=';
  }
  return text;
}

}  // namespace planner
