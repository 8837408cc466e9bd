#include "planner/value.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

namespace planner {

const Member* Value::find_member(std::string_view key) const {
  const auto found = std::ranges::find(members, key, &Member::key);
  return found == members.end() ? nullptr : &*found;
}

Member* Value::find_member(std::string_view key) {
  const auto found = std::ranges::find(members, key, &Member::key);
  return found == members.end() ? nullptr : &*found;
}

const Value* Value::find(std::string_view key) const {
  const Member* member = find_member(key);
  return member == nullptr ? nullptr : &member->value;
}

std::string_view type_name(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::null:
      return "null";
    case Value::Kind::boolean:
      return "boolean";
    case Value::Kind::number:
      return "number";
    case Value::Kind::string:
      return "string";
    case Value::Kind::array:
      return "array";
    case Value::Kind::object:
      return "object";
  }
  return "null";
}

bool same_value(const Value& a, const Value& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Value::Kind::null:
      return true;
    case Value::Kind::boolean:
      return a.boolean == b.boolean;
    case Value::Kind::number:
      return a.number == b.number;
    case Value::Kind::string:
      return a.text == b.text;
    case Value::Kind::array:
      return std::ranges::equal(a.items, b.items, same_value);
    case Value::Kind::object:
      return a.members.size() == b.members.size() &&
             std::ranges::all_of(a.members, [&](const Member& member) {
               const Value* other = b.find(member.key);
               return other != nullptr && same_value(member.value, *other);
             });
  }
  return false;
}

namespace {

/// The number as an integer, if it is written as one that fits.
template <class Integer>
std::optional<Integer> whole(std::string_view text) {
  Integer number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

nlohmann::ordered_json number_json(const Value& value) {
  if (const auto number = whole<std::int64_t>(value.text)) return *number;
  if (const auto number = whole<std::uint64_t>(value.text)) return *number;
  return value.number;
}

}  // namespace

nlohmann::ordered_json to_json(const Value& value) {
  switch (value.kind) {
    case Value::Kind::null:
      return nullptr;
    case Value::Kind::boolean:
      return value.boolean;
    case Value::Kind::number:
      return number_json(value);
    case Value::Kind::string:
      return value.text;
    case Value::Kind::array: {
      auto array = nlohmann::ordered_json::array();
      for (const Value& item : value.items) array.push_back(to_json(item));
      return array;
    }
    case Value::Kind::object: {
      // Keys are unique already; emplace() of an ordered_json would search for each, at quadratic cost.
      nlohmann::ordered_json::object_t object;
      object.reserve(value.members.size());
      using Entry = nlohmann::ordered_json::object_t::Container::value_type;
      auto& entries = static_cast<nlohmann::ordered_json::object_t::Container&>(object);
      for (const Member& member : value.members) entries.push_back(Entry{member.key, to_json(member.value)});
      return object;
    }
  }
  return nullptr;
}

std::string escape_token(std::string_view key) {
  std::string token;
  for (const char c : key) {
    if (c == '~')
      token += "~0";
    else if (c == '/')
      token += "~1";
    else
      token += c;
  }
  return token;
}

namespace {

std::string unescape_token(std::string_view token) {
  std::string key;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape =
        token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1');
    if (escape)
      key += token[++i] == '0' ? '~' : '/';
    else
      key += token[i];
  }
  return key;
}

/// The child whose text contains the byte; children lie in rising order.
template <class Children, class SpanOf>
auto child_at(const Children& children, std::uint32_t byte, SpanOf begin_of) {
  auto after = std::ranges::upper_bound(children, byte, {}, begin_of);
  return after == children.begin() ? children.end() : std::prev(after);
}

}  // namespace

std::vector<std::string> pointer_tokens(std::string_view pointer) {
  std::vector<std::string> tokens;
  while (!pointer.empty()) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    tokens.push_back(unescape_token(pointer.substr(1, end - 1)));
    pointer.remove_prefix(end);
  }
  return tokens;
}

const Value* at_pointer(const Value& root, std::string_view pointer) {
  const Value* value = &root;
  for (const std::string& token : pointer_tokens(pointer)) {
    if (value->is_array()) {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
      const bool valid =
          error == std::errc{} && end == token.data() + token.size() && index < value->items.size();
      value = valid ? &value->items[index] : nullptr;
    } else {
      value = value->find(token);
    }
    if (value == nullptr) return nullptr;
  }
  return value;
}

std::string pointer_at(const Value& root, std::uint32_t byte) {
  std::string pointer;
  const Value* value = &root;
  while (true) {
    if (value->is_object()) {
      const auto child = child_at(value->members, byte, [](const Member& m) { return m.key_span.begin; });
      if (child == value->members.end() || byte >= child->value.span.end) return pointer;
      pointer += "/" + escape_token(child->key);
      value = &child->value;
    } else if (value->is_array()) {
      const auto child = child_at(value->items, byte, [](const Value& item) { return item.span.begin; });
      if (child == value->items.end() || byte >= child->span.end) return pointer;
      pointer += "/" + std::to_string(child - value->items.begin());
      value = &*child;
    } else {
      return pointer;
    }
  }
}

}  // namespace planner
