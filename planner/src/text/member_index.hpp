#pragma once
#include <string_view>
#include <unordered_map>

#include "planner/value.hpp"

namespace planner {

/// Finds members of objects that are asked for many: the first question to a large object indexes it.
///
/// The values must neither move nor change while it lives. Cost: O(members) once an object, then O(1).
class MemberIndex {
 public:
  /// nullptr where there is none, or `object` is none.
  [[nodiscard]] const Member* find(const Value& object, std::string_view key);

 private:
  using Members = std::unordered_map<std::string_view, const Member*>;
  std::unordered_map<const Value*, Members> objects_;
};

/// Where `pointer` leads below `root`, or the deepest of its places that is there: of an object its key,
/// which says more than the brace behind it.
[[nodiscard]] Span nearest_span(const Value& root, std::string_view pointer, MemberIndex& index);

}  // namespace planner
