#include "planner/outline.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "read/schema_model.hpp"

namespace planner {
namespace {

FieldInfo::Kind kind_of(const SchemaNode& node) {
  using Kind = FieldInfo::Kind;
  if (!node.words.empty()) return Kind::choice;
  if (node.types.size() != 1) return node.dimension ? Kind::quantity : Kind::other;
  const std::string& type = node.types.front();
  if (type == "string") return node.dimension ? Kind::quantity : Kind::text;
  if (type == "number") return Kind::number;
  if (type == "integer") return Kind::integer;
  if (type == "boolean") return Kind::boolean;
  if (type != "object") return Kind::other;
  return node.additional != nullptr && !node.key_form.empty() ? Kind::entries : Kind::object;
}

FieldInfo describe(const std::string& key, const SchemaNode& node) {
  FieldInfo info{.key = key,
                 .title = node.title.empty() ? key : node.title,
                 .description = node.description,
                 .kind = kind_of(node),
                 .dimension = node.dimension,
                 .words = node.words,
                 .example = {},
                 .fallback = {}};
  if (node.examples.is_array() && !node.examples.empty()) info.example = node.examples.front().dump();
  if (!node.fallback.is_null()) info.fallback = node.fallback.dump();
  return info;
}

nlohmann::ordered_json beginning(const SchemaNode& node) {
  if (!node.words.empty()) return node.words.front();
  if (node.examples.is_array() && !node.examples.empty() && !node.examples.front().is_object()) {
    return node.examples.front();
  }
  if (!node.allows("object")) return "";
  auto object = nlohmann::ordered_json::object();
  for (const std::string& key : node.required) {
    if (const SchemaNode* property = node.property(key)) object[key] = beginning(*property);
  }
  return object;
}

}  // namespace

std::string skeleton(std::string_view pointer) {
  const SchemaNode* node = schema_at(pointer);
  return node == nullptr ? "{}" : beginning(*node).dump();
}

std::vector<FieldInfo> fields_at(std::string_view pointer) {
  std::vector<FieldInfo> fields;
  const SchemaNode* node = schema_at(pointer);
  if (node == nullptr) return fields;
  for (const auto& [key, property] : node->properties) {
    FieldInfo& info = fields.emplace_back(describe(key, *property));
    if (std::ranges::find(node->required, key) != node->required.end()) info.need = FieldInfo::Need::required;
  }
  return fields;
}

std::optional<FieldInfo> field_at(std::string_view pointer) {
  const SchemaNode* node = schema_at(pointer);
  if (node == nullptr) return std::nullopt;
  const std::vector<std::string> tokens = pointer_tokens(pointer);
  return describe(tokens.empty() ? "" : tokens.back(), *node);
}

}  // namespace planner
