#include "text/member_index.hpp"

#include <charconv>
#include <string>

namespace planner {
namespace {

constexpr std::size_t worth_an_index = 64;  // members; fewer are looked through

const Value* item(const Value& array, std::string_view token) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  const bool valid = error == std::errc{} && end == token.data() + token.size();
  return valid && index < array.items.size() ? &array.items[index] : nullptr;
}

}  // namespace

const Member* MemberIndex::find(const Value& object, std::string_view key) {
  if (object.members.size() < worth_an_index) return object.find_member(key);
  const auto [known, added] = objects_.try_emplace(&object);
  if (added) {
    for (const Member& member : object.members) known->second.emplace(member.key, &member);
  }
  const auto found = known->second.find(key);
  return found == known->second.end() ? nullptr : found->second;
}

Span nearest_span(const Value& root, std::string_view pointer, MemberIndex& index) {
  const Value* value = &root;
  Span span = root.span;
  for (const std::string& token : pointer_tokens(pointer)) {
    if (value->is_array()) {
      value = item(*value, token);
      if (value == nullptr) break;
      span = value->span;
    } else {
      const Member* member = index.find(*value, token);
      if (member == nullptr) break;
      value = &member->value;
      span = value->is_object() ? member->key_span : value->span;
    }
  }
  return span;
}

}  // namespace planner
