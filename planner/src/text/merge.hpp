#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "planner/value.hpp"
#include "read/issues.hpp"

namespace planner {

/// One layer of a scenario: a tree and what it is called.
struct Layer {
  std::string name;                    ///< `file`, `strategy edge-first`, ...
  std::shared_ptr<const Value> patch;  ///< never null; shared, as a tree of many sites is large
};

/// RFC 7396: objects merge, null deletes, the rest replaces. New members go to the end, replaced ones keep
/// their place in the order; every value keeps the span of the text that it came from.
/// O(target members + patch) in each object that both have.
void merge_patch(Value& target, const Value& patch);

/// Lays a whole document over what it imports: as merge_patch, but the patches of strategies are composed,
/// not applied, so that their nulls stay and delete when a strategy is resolved.
void merge_document(Value& target, const Value& document);

/// The patch that sets the value at `tokens` below an empty object.
[[nodiscard]] Value nested(const std::vector<std::string>& tokens, Value value, Span key_span);

/// A layer from a `--set` argument: `/pointer=value` or `/pointer=` to delete. The schema tells texts from
/// JSON: where only a text is allowed, quotes may be left out.
/// @return a layer with an empty object and an issue where the argument is malformed
[[nodiscard]] Layer parse_set(const std::string& argument, Texts& texts, Issues& issues);

}  // namespace planner
