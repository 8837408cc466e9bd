#include <fmt/format.h>

#include <deque>
#include <map>
#include <set>

#include "planner/schema.hpp"
#include "read/schema_model.hpp"

namespace planner {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string{"\\|"} : std::string{c};
  return out;
}

/// An object of the format that gets a section of its own.
struct Topic {
  std::string path;
  const SchemaNode* node;
};

class Reference {
 public:
  std::string write() {
    out_ =
        "# Scenario reference\n\n"
        "Generated from `scenarios/schema/scenario-1.0.schema.json`; do not edit. Scenario files are JSON "
        "with `//` and "
        "`/* */` comments. `note` and keys that start with `x-` are allowed in every object. Quantities are "
        "texts with "
        "a unit; ids are lower-case letters, digits and `-`. **Bold** keys are required.\n";
    queue("", root_schema());
    while (!topics_.empty()) {
      const Topic topic = topics_.front();
      topics_.pop_front();
      write_topic(topic);
    }
    write_dimensions();
    return std::move(out_);
  }

 private:
  /// Definitions that several keys share are described once, where they are met first.
  static const SchemaNode* identity(const SchemaNode& node) {
    for (const auto& [key, property] : node.properties) {
      if (key != "note" && key != "basis") return property;
    }
    return nullptr;
  }

  /// As forges make it from a heading: lower case, punctuation dropped.
  static std::string anchor(std::string_view path) {
    std::string id;
    for (const char c : path) {
      if (c >= 'A' && c <= 'Z')
        id += static_cast<char>(c - 'A' + 'a');
      else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-')
        id += c;
    }
    return id;
  }

  /// @return path under which the object is described, empty where it has no keys to describe
  std::string queue(const std::string& path, const SchemaNode& node) {
    const SchemaNode* id = identity(node);
    if (id == nullptr) return {};
    const auto [known, fresh] = described_.try_emplace(id, path);
    if (fresh) topics_.push_back({path, &node});
    return known->second;
  }

  /// The object whose keys a reader needs for this value: itself, the entries of a map, the items of an
  /// array.
  std::string queue_content(const std::string& path, const SchemaNode& node) {
    if (identity(node) != nullptr) return queue(path, node);
    if (node.additional != nullptr) return queue_content(path + ".ID", *node.additional);
    if (node.items != nullptr) return queue_content(path + "[]", *node.items);
    return {};
  }

  static std::string type_of(const SchemaNode& node) {
    if (node.dimension) {
      const std::string quantity{info(*node.dimension).title};
      return node.allows("object")   ? quantity + " or object"
             : node.allows("number") ? quantity + " or number"
                                     : quantity;
    }
    if (!node.words.empty()) return fmt::format("`{}`", fmt::join(node.words, "`, `"));
    if (node.additional != nullptr && node.properties.size() <= 1) return "object by id";
    return fmt::format("{}", fmt::join(node.types, " or "));
  }

  void write_topic(const Topic& topic) {
    out_ += topic.path.empty() ? "\n## The file\n" : fmt::format("\n## {}\n", topic.path);
    out_ += fmt::format("\n{}\n\n| key | value | meaning | example |\n|---|---|---|---|\n",
                        topic.node->description);
    const std::set<std::string> required{topic.node->required.begin(), topic.node->required.end()};
    for (const auto& [key, node] : topic.node->properties) {
      if (key == "note") continue;
      const std::string path = topic.path.empty() ? key : topic.path + "." + key;
      const std::string content = queue_content(path, *node);
      const std::string shown =
          required.contains(key) ? fmt::format("**`{}`**", key) : fmt::format("`{}`", key);
      const std::string more =
          content.empty() ? "" : fmt::format(" See [{}](#{}).", content, anchor(content));
      const std::string example =
          node->examples.empty() ? "" : fmt::format("`{}`", node->examples.front().dump());
      out_ += fmt::format("| {} | {} | {}{} | {} |\n", shown, escaped(type_of(*node)),
                          escaped(node->description), more, escaped(example));
    }
  }

  void write_dimensions() {
    out_ += "\n## Units\n\n| quantity | for example |\n|---|---|\n";
    for (const DimensionInfo& dimension : all_dimensions()) {
      std::vector<std::string> examples;
      for (const std::string_view unit : dimension.proposals)
        examples.push_back(fmt::format("`\"50 {}\"`", unit));
      out_ += fmt::format("| {} | {} |\n", dimension.title, fmt::join(examples, ", "));
    }
    out_ +=
        "\nPrefixes: n, u, m, k, M, G, T, P; for bits and bytes also Ki, Mi, Gi, Ti. `bit` and `B` are told "
        "apart; "
        "a bare number where a quantity is due is an error.\n";
  }

  std::string out_;
  std::deque<Topic> topics_;
  std::map<const SchemaNode*, std::string>
      described_;  // looked up only: the order of addresses does not show
};

}  // namespace

std::string reference_markdown() { return Reference{}.write(); }

}  // namespace planner
