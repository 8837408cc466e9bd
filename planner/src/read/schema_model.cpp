#include "read/schema_model.hpp"

#include <algorithm>
#include <memory>
#include <span>
#include <utility>

#include "planner/schema.hpp"
#include "sim/contract.hpp"

namespace planner {

std::string_view scenario_schema() {
  const auto files = embedded_schemas();
  const auto found = std::ranges::find(files, "scenario-1.0.schema.json",
                                       &std::pair<std::string_view, std::string_view>::first);
  SIM_EXPECT(found != files.end());
  return found->second;
}

namespace {

using Json = nlohmann::ordered_json;

class Builder {
 public:
  Builder() : document_(Json::parse(scenario_schema())) {
    root_ = build(document_);
    for (const Json& key : document_.at("x-later")) later_.push_back(key.get<std::string>());
  }
  [[nodiscard]] const SchemaNode& root() const { return *root_; }
  [[nodiscard]] const std::vector<std::string>& later() const { return later_; }

 private:
  /// A definition without siblings is shared, which also closes the circles of recursive definitions.
  const SchemaNode* build(const Json& json) {
    const auto reference = json.find("$ref");
    if (reference == json.end()) return fill(*nodes_.emplace_back(std::make_unique<SchemaNode>()), json);
    const auto name = reference->get<std::string>().substr(std::string_view{"#/definitions/"}.size());
    const SchemaNode* target = definition(name);
    if (json.size() == 1) return target;
    SchemaNode& copy = *nodes_.emplace_back(std::make_unique<SchemaNode>(*target));
    fill_text(copy, json);
    return &copy;
  }

  const SchemaNode* definition(const std::string& name) {
    if (const auto known = definitions_.find(name); known != definitions_.end()) return known->second;
    SchemaNode& node = *nodes_.emplace_back(std::make_unique<SchemaNode>());
    definitions_.emplace(name, &node);
    return fill(node, document_.at("definitions").at(name));
  }

  static void fill_text(SchemaNode& node, const Json& json) {
    node.title = json.value("title", node.title);
    node.description = json.value("description", node.description);
    if (json.contains("examples")) node.examples = json.at("examples");
    if (json.contains("default")) node.fallback = json.at("default");
  }

  static void fill_bounds(SchemaNode& node, const Json& json) {
    node.above_minimum = json.contains("exclusiveMinimum");
    node.minimum = json.value(node.above_minimum ? "exclusiveMinimum" : "minimum", node.minimum);
    node.maximum = json.value("maximum", node.maximum);
    node.min_items = json.value("minItems", node.min_items);
    node.max_items = json.value("maxItems", node.max_items);
  }

  static void fill_extensions(SchemaNode& node, const Json& json) {
    if (json.contains("x-dimension")) {
      node.dimension = find_dimension(json.at("x-dimension").get<std::string>());
      SIM_ENSURE(node.dimension.has_value());
    }
    node.text_form = json.value("x-format", "");
    node.patch = json.value("x-patch", false);
    node.key_form = json.value("x-keys", "");
  }

  static void fill_types(SchemaNode& node, const Json& json) {
    const auto type = json.find("type");
    if (type == json.end()) return;
    if (type->is_string())
      node.types.push_back(type->get<std::string>());
    else
      node.types = type->get<std::vector<std::string>>();
  }

  void fill_members(SchemaNode& node, const Json& json) {
    if (json.contains("properties")) {
      for (const auto& [key, property] : json.at("properties").items()) {
        node.properties.emplace_back(key, build(property));
      }
    }
    if (const auto other = json.find("additionalProperties"); other != json.end()) {
      if (other->is_object())
        node.additional = build(*other);
      else
        node.closed = !other->get<bool>();
    }
    // Of patterns there are two: remarks, and the entries of an object keyed by ids, whose form `x-keys`
    // names.
    if (const auto patterns = json.find("patternProperties"); patterns != json.end()) {
      for (const auto& [pattern, entry] : patterns->items()) {
        if (pattern != "^x-") node.additional = build(entry);
      }
    }
  }

  const SchemaNode* fill(SchemaNode& node, const Json& json) {
    fill_text(node, json);
    fill_bounds(node, json);
    fill_extensions(node, json);
    fill_types(node, json);
    fill_members(node, json);
    node.required = json.value("required", node.required);
    node.words = json.value("enum", node.words);
    if (json.contains("items")) node.items = build(json.at("items"));
    return &node;
  }

  Json document_;
  std::vector<std::unique_ptr<SchemaNode>> nodes_;
  std::map<std::string, const SchemaNode*> definitions_;
  const SchemaNode* root_ = nullptr;
  std::vector<std::string> later_;
};

const Builder& schema() {
  static const Builder built;
  return built;
}

}  // namespace

const SchemaNode* SchemaNode::property(std::string_view key) const {
  const auto found = std::ranges::find(properties, key, &std::pair<std::string, const SchemaNode*>::first);
  return found == properties.end() ? nullptr : found->second;
}

bool SchemaNode::allows(std::string_view type) const {
  if (types.empty() || std::ranges::find(types, type) != types.end()) return true;
  return type == "integer" && std::ranges::find(types, "number") != types.end();
}

const SchemaNode* SchemaNode::child(std::string_view key) const {
  if (patch) return root_schema().child(key);
  if (const SchemaNode* known = property(key)) return known;
  return is_remark(key) ? nullptr : additional;
}

const SchemaNode& root_schema() { return schema().root(); }

const std::vector<std::string>& later_keys() { return schema().later(); }

const SchemaNode* schema_at(std::string_view pointer) {
  const SchemaNode* node = &root_schema();
  for (const std::string& token : pointer_tokens(pointer)) {
    node = node->items != nullptr ? node->items : node->child(token);
    if (node == nullptr) return nullptr;
  }
  return node;
}

}  // namespace planner
