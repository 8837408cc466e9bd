#include <array>

#include "catalog/catalog_json.hpp"

namespace models::catalog {
namespace {

/// Plain letters of U+00C0 to U+017F (Latin-1 supplement and Latin Extended-A).
constexpr std::array<std::string_view, 192> plain_latin{
    "a", "a", "a",  "a",  "a", "a", "ae", "c",  "e",  "e", "e", "e", "i",  "i",  "i", "i", "d", "n",
    "o", "o", "o",  "o",  "o", "-", "o",  "u",  "u",  "u", "u", "y", "th", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i",  "i", "i", "i", "d",  "n",  "o", "o", "o", "o",
    "o", "-", "o",  "u",  "u", "u", "u",  "y",  "th", "y", "a", "a", "a",  "a",  "a", "a", "c", "c",
    "c", "c", "c",  "c",  "c", "c", "d",  "d",  "d",  "d", "e", "e", "e",  "e",  "e", "e", "e", "e",
    "e", "e", "g",  "g",  "g", "g", "g",  "g",  "g",  "g", "h", "h", "h",  "h",  "i", "i", "i", "i",
    "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j",  "j", "k", "k", "k",  "l",  "l", "l", "l", "l",
    "l", "l", "l",  "l",  "l", "n", "n",  "n",  "n",  "n", "n", "n", "n",  "n",  "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r",  "r", "s", "s", "s",  "s",  "s", "s", "s", "s",
    "t", "t", "t",  "t",  "t", "t", "u",  "u",  "u",  "u", "u", "u", "u",  "u",  "u", "u", "u", "u",
    "w", "w", "y",  "y",  "y", "z", "z",  "z",  "z",  "z", "z", "s"};

constexpr bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

/// The code point of a two-byte UTF-8 sequence at `i`, 0 if there is none.
unsigned two_byte_code_point(std::string_view text, std::size_t i) {
  const auto first = static_cast<unsigned char>(text[i]);
  if (first < 0xC2 || first > 0xDF || i + 1 == text.size()) return 0;
  return ((first & 0x1Fu) << 6) | (static_cast<unsigned char>(text[i + 1]) & 0x3Fu);
}

/// Accents and capitals folded, everything else as it is.
std::string folded(std::string_view name) {
  std::string text;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const unsigned code_point = two_byte_code_point(name, i);
    if (code_point >= 0xC0 && code_point < 0x180) {
      text += plain_latin[code_point - 0xC0];
      ++i;
    } else if (name[i] >= 'A' && name[i] <= 'Z') {
      text += static_cast<char>(name[i] - 'A' + 'a');
    } else if (name[i] != '\'') {
      text += name[i];
    }
  }
  return text;
}

}  // namespace

std::string slug(std::string_view name) {
  std::string words;
  for (const char c : folded(name)) {
    if (is_letter_or_digit(c)) {
      words += c;
    } else if (!words.empty() && words.back() != '-') {
      words += '-';
    }
  }
  if (words.ends_with('-')) words.pop_back();
  return words;
}

}  // namespace models::catalog
