#pragma once
#include <cstdint>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/quantity.hpp"
#include "planner/value.hpp"

namespace planner {

/// A schema of the shipped file, its `$ref` resolved; understands the keywords that the file uses.
///
/// Beyond Draft-07 it reads `x-dimension` (a text is a quantity of that dimension, to which the bounds
/// apply), `x-format` (a text form of text_form.hpp; `pattern` says the same for editors), `x-keys` (form of
/// the keys of entries) and `x-patch` (a merge patch over a whole scenario).
struct SchemaNode {
  std::string title, description;
  std::vector<std::string> types;                                     ///< empty: any
  std::vector<std::pair<std::string, const SchemaNode*>> properties;  ///< in the file's order
  const SchemaNode* additional = nullptr;  ///< of keys that are not in `properties`
  bool closed = false;                     ///< other keys are refused (but for `x-*`)
  std::string key_form;                    ///< text form of keys beyond `properties`; empty: any
  std::vector<std::string> required;
  std::vector<std::string> words;  ///< enum
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  bool above_minimum = false;  ///< the minimum itself is refused
  const SchemaNode* items = nullptr;
  std::size_t min_items = 0, max_items = std::numeric_limits<std::size_t>::max();
  std::optional<Dimension> dimension;
  std::string text_form;
  bool patch = false;
  nlohmann::ordered_json examples;  ///< array or null
  nlohmann::ordered_json fallback;  ///< the default, or null

  [[nodiscard]] const SchemaNode* property(std::string_view key) const;
  [[nodiscard]] bool allows(std::string_view type) const;
  /// Schema of a member; nullptr where the key is unknown or free.
  [[nodiscard]] const SchemaNode* child(std::string_view key) const;
};

/// The root of the scenario schema. Built at the first call, immutable.
[[nodiscard]] const SchemaNode& root_schema();
/// Keys that a later version will know.
[[nodiscard]] const std::vector<std::string>& later_keys();
/// Schema of the value at `pointer`, through patches as well; nullptr where none is known.
[[nodiscard]] const SchemaNode* schema_at(std::string_view pointer);

/// `x-*` and `note` are for readers: free in every object, and no entry of an object keyed by id.
[[nodiscard]] inline bool is_remark(std::string_view key) { return key == "note" || key.starts_with("x-"); }

}  // namespace planner
