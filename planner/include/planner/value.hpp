#pragma once
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "planner/source_file.hpp"

namespace planner {

struct Member;

/// A JSON value that knows which text it came from, and keeps that through merges.
///
/// Plain data; destruction and copies recurse, the parser bounds the depth.
struct Value {
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
  Kind kind = Kind::null;
  bool boolean = false;
  double number = 0;
  std::string text;             ///< string: decoded; number: as written
  std::vector<Value> items;     ///< array
  std::vector<Member> members;  ///< object, in document order, keys unique
  Span span;

  [[nodiscard]] bool is_object() const { return kind == Kind::object; }
  [[nodiscard]] bool is_array() const { return kind == Kind::array; }
  [[nodiscard]] bool is_string() const { return kind == Kind::string; }
  [[nodiscard]] bool is_number() const { return kind == Kind::number; }
  /// Value of a member, nullptr where there is none or this is no object; O(members).
  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] const Member* find_member(std::string_view key) const;
  [[nodiscard]] Member* find_member(std::string_view key);
};

/// A key and its value in an object.
struct Member {
  std::string key;
  Span key_span;
  Value value;
};

/// `object`, `string`, ...: as JSON Schema calls it.
[[nodiscard]] std::string_view type_name(Value::Kind kind);

/// Same JSON value: members in any order, numbers by value; places do not count.
[[nodiscard]] bool same_value(const Value& a, const Value& b);

/// Members keep their order; whole numbers that fit 64 bits become integers.
[[nodiscard]] nlohmann::ordered_json to_json(const Value& value);

/// JSON Pointer (RFC 6901) token with `~` and `/` escaped.
[[nodiscard]] std::string escape_token(std::string_view key);
/// Tokens of a JSON Pointer, unescaped; empty for the whole document. @pre starts with '/' or is empty
[[nodiscard]] std::vector<std::string> pointer_tokens(std::string_view pointer);
/// The value that `pointer` names below `root`, nullptr where there is none.
[[nodiscard]] const Value* at_pointer(const Value& root, std::string_view pointer);
/// The pointer to the innermost key or value of `root` whose text contains the byte; O(depth log width).
/// @param root  as parsed: spans nest and rise
[[nodiscard]] std::string pointer_at(const Value& root, std::uint32_t byte);

}  // namespace planner
