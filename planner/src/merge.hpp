#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "issues.hpp"
#include "planner/value.hpp"

namespace planner {

/// One layer of a scenario: a tree and what it is called.
struct Layer {
  std::string name;  ///< `file`, `strategy edge-first`, ...
  Value patch;
};

/// RFC 7396: objects merge, null deletes, the rest replaces. New members go to the end, replaced ones keep
/// their place in the order; every value keeps the span of the text that it came from.
/// O(target members + patch) in each object that both have.
void merge_patch(Value& target, const Value& patch);

/// Copies `value` without the nulls in its objects, as a merge over nothing would.
[[nodiscard]] Value without_nulls(const Value& value);

/// The patch that sets the value at `tokens` below an empty object.
[[nodiscard]] Value nested(const std::vector<std::string>& tokens, Value value, Span key_span);

/// A layer from a `--set` argument: `/pointer=value` or `/pointer=` to delete. The schema tells texts from
/// JSON: where only a text is allowed, quotes may be left out.
/// @return a layer with an empty object and an issue where the argument is malformed
[[nodiscard]] Layer parse_set(const std::string& argument, Texts& texts, Issues& issues);

}  // namespace planner
