#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace planner {

/// Byte where `text` first breaks UTF-8 (RFC 3629: no overlong forms, no surrogates), npos if it does not.
[[nodiscard]] std::size_t first_invalid_utf8(std::string_view text);

/// `text` with every byte that is not ASCII as `?` if it is not valid UTF-8, else unchanged.
[[nodiscard]] std::string made_valid_utf8(std::string text);

/// Appends a code point up to U+10FFFF.
void append_utf8(std::string& out, std::uint32_t code_point);

/// The bytes of the first character. @pre text is not empty and valid UTF-8
[[nodiscard]] std::string_view first_code_point(std::string_view text);

}  // namespace planner
