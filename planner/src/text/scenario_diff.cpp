#include "planner/scenario_diff.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "planner/jsonc.hpp"
#include "read/schema_model.hpp"

namespace planner {
namespace {

/// What a text or number amounts to at a place of the format; nothing for what is no quantity there.
std::optional<double> magnitude(const Value& value, const SchemaNode* node) {
  if (value.is_number()) return value.number;
  if (!value.is_string() || node == nullptr || !node->dimension) return std::nullopt;
  const auto parsed = parse_quantity(value.text, *node->dimension);
  const auto* quantity = std::get_if<ParsedQuantity>(&parsed);
  return quantity == nullptr ? std::nullopt : std::optional{quantity->value};
}

/// Units convert by a multiplication and a division, each rounded.
bool same_magnitude(double a, double b) {
  return a == b || std::abs(a - b) <= 4e-16 * std::max(std::abs(a), std::abs(b));
}

const SchemaNode* child_of(const SchemaNode* node, const std::string& key) {
  return node == nullptr ? nullptr : node->child(key);
}

bool counts(const std::string& key) { return !is_remark(key) && key != "$schema"; }

bool same(const Value* a, const Value* b, const SchemaNode* node);

bool same_members(const Value& a, const Value& b, const SchemaNode* node) {
  const auto each = [&](const Value& from) {
    return std::ranges::all_of(from.members, [&](const Member& member) {
      return !counts(member.key) || same(a.find(member.key), b.find(member.key), child_of(node, member.key));
    });
  };
  return each(a) && each(b);
}

/// Whether leaving the value out means the same.
bool is_default(const Value& value, const SchemaNode* node) {
  if (value.is_object() && value.members.empty()) return node != nullptr && !node->key_form.empty();
  if (node == nullptr || node->fallback.is_null()) return false;
  if (to_json(value) == node->fallback) return true;
  if (!node->fallback.is_string()) return false;
  Value fallback;
  fallback.kind = Value::Kind::string;
  fallback.text = node->fallback.get<std::string>();
  const auto a = magnitude(value, node), b = magnitude(fallback, node);
  return a && b && same_magnitude(*a, *b);
}

bool same(const Value* a, const Value* b, const SchemaNode* node) {
  if (a == nullptr || b == nullptr) return a == b || is_default(a == nullptr ? *b : *a, node);
  if (const auto x = magnitude(*a, node), y = magnitude(*b, node); x && y) return same_magnitude(*x, *y);
  if (a->is_object() && b->is_object()) return same_members(*a, *b, node);
  if (!a->is_array() || !b->is_array()) return same_value(*a, *b);
  const SchemaNode* items = node == nullptr ? nullptr : node->items;
  return std::ranges::equal(a->items, b->items,
                            [&](const Value& x, const Value& y) { return same(&x, &y, items); });
}

std::string json_of(const Value* value) { return value == nullptr ? std::string{} : to_json(*value).dump(); }

std::optional<double> ratio_of(const Value* before, const Value* after, const SchemaNode* node) {
  if (before == nullptr || after == nullptr) return std::nullopt;
  const auto a = magnitude(*before, node), b = magnitude(*after, node);
  return a && b && *a * *b > 0 ? std::optional{*b / *a} : std::nullopt;
}

/// Collects what differs between two trees, in the order of the format and of the documents.
class Walk {
 public:
  void compare(const Value& before, const Value& after, const SchemaNode* node, const std::string& pointer) {
    for (const std::string& key : keys(before, after, node)) {
      const Value *a = before.find(key), *b = after.find(key);
      const SchemaNode* below = child_of(node, key);
      if (same(a, b, below)) continue;
      const std::string place = pointer + "/" + escape_token(key);
      if (a != nullptr && b != nullptr && a->is_object() && b->is_object()) {
        compare(*a, *b, below, place);
      } else {
        note(a, b, below, place);
      }
    }
  }
  std::vector<InputChange> changes;

 private:
  static std::vector<std::string> keys(const Value& before, const Value& after, const SchemaNode* node) {
    std::vector<std::string> all;
    const auto add = [&](const std::string& key) {
      const bool known = before.find(key) != nullptr || after.find(key) != nullptr;
      if (known && counts(key) && std::ranges::find(all, key) == all.end()) all.push_back(key);
    };
    if (node != nullptr) {
      for (const auto& [key, property] : node->properties) add(key);
    }
    for (const Value* side : {&before, &after}) {
      for (const Member& member : side->members) add(member.key);
    }
    return all;
  }

  void note(const Value* before, const Value* after, const SchemaNode* node, const std::string& pointer) {
    using Kind = InputChange::Kind;
    const Span span = (after == nullptr ? before : after)->span;
    changes.push_back({.kind = before == nullptr  ? Kind::added
                               : after == nullptr ? Kind::removed
                                                  : Kind::changed,
                       .pointer = pointer,
                       .before = json_of(before),
                       .after = json_of(after),
                       .ratio = ratio_of(before, after, node),
                       .strategies = {},
                       .file = span.file == nullptr ? std::string{} : span.file->name(),
                       .at = range_of(span).start});
  }
};

/// Whether a replication may come out otherwise. Of an experiment, its seed and what it records do that.
bool reaches_simulation(const InputChange& change) {
  static constexpr std::array<std::string_view, 4> apart{"meta", "assert", "sweeps", "faults"};
  const std::vector<std::string> tokens = pointer_tokens(change.pointer);
  if (tokens.front() == "experiment") {
    if (tokens.size() > 1) return tokens[1] == "seed" || tokens[1] == "series";
    // All of it came or went.
    const auto experiment = nlohmann::json::parse(change.before.empty() ? change.after : change.before);
    return experiment.contains("seed") || experiment.contains("series");
  }
  return std::ranges::find(apart, tokens.front()) == apart.end();
}

/// Adds what differs in one pair; the same difference of several strategies is one.
void add_pair(ScenarioDiff& diff, const Resolution& before, const Resolution& after) {
  using Simulation = ScenarioDiff::Pair::Simulation;
  Walk walk;
  walk.compare(before.tree(), after.tree(), &root_schema(), "");
  const bool differs = std::ranges::any_of(walk.changes, reaches_simulation);
  diff.pairs.push_back({before.scenario().strategy, after.scenario().strategy,
                        differs ? Simulation::different : Simulation::same});
  const std::string name = diff.pairs.back().name();
  for (InputChange& change : walk.changes) {
    const auto known = std::ranges::find_if(diff.changes, [&](const InputChange& other) {
      return std::tie(other.pointer, other.before, other.after) ==
             std::tie(change.pointer, change.before, change.after);
    });
    InputChange& entry = known == diff.changes.end() ? diff.changes.emplace_back(std::move(change)) : *known;
    entry.strategies.push_back(name);
  }
}

/// Files that the scenario names as imports: they are compared by what they say.
std::vector<std::string> imported(const Bundle& bundle) {
  std::vector<std::string> files;
  const ParsedText text =
      parse_jsonc(std::make_shared<SourceFile>(bundle.scenario.name, bundle.scenario.text));
  const Value* imports = text.root.find("imports");
  if (imports == nullptr) return files;
  for (const Member& import : imports->members) {
    if (const Value* from = import.value.find("from")) files.push_back(from->text);
  }
  return files;
}

std::vector<std::string> tables_that_differ(const Document& before, const Document& after) {
  const Bundle a = before.bundle(), b = after.bundle();
  const std::vector<std::string> imports = imported(b);
  std::vector<std::string> names;
  for (const auto& [name, text] : b.files) {
    const auto other = a.files.find(name);
    if (other == a.files.end() || other->second == text) continue;
    if (std::ranges::find(imports, name) == imports.end()) names.push_back(name);
  }
  return names;
}

void finish(ScenarioDiff& result, const Document& before, const Document& after) {
  // Strategies share most of what differs; together it reads in the order of the format.
  const auto& sections = root_schema().properties;
  const auto rank = [&](const InputChange& change) {
    const std::string section = pointer_tokens(change.pointer).front();
    return std::ranges::find(sections, section, [](const auto& property) { return property.first; });
  };
  std::ranges::stable_sort(result.changes, {}, rank);
  result.tables = tables_that_differ(before, after);
  if (result.tables.empty()) return;
  for (ScenarioDiff::Pair& pair : result.pairs) pair.simulation = ScenarioDiff::Pair::Simulation::different;
}

bool has(const std::vector<std::string>& ids, const std::string& id) {
  return std::ranges::find(ids, id) != ids.end();
}

}  // namespace

std::string ScenarioDiff::Pair::name() const { return before == after ? before : before + " → " + after; }

bool ScenarioDiff::equal() const {
  return changes.empty() && only_before.empty() && only_after.empty() && tables.empty() &&
         baseline_before == baseline_after;
}

ScenarioDiff diff(const Document& before, const Document& after, const std::vector<std::string>& strategies) {
  ScenarioDiff result;
  const auto asked = [&](const std::string& id) { return strategies.empty() || has(strategies, id); };
  for (const std::string& id : before.strategies()) {
    if (!asked(id)) continue;
    if (has(after.strategies(), id))
      add_pair(result, before.resolve(id), after.resolve(id));
    else
      result.only_before.push_back(id);
  }
  for (const std::string& id : after.strategies()) {
    if (asked(id) && !has(before.strategies(), id)) result.only_after.push_back(id);
  }
  if (strategies.empty()) {
    result.baseline_before = before.baseline();
    result.baseline_after = after.baseline();
  }
  result.scenario = after.resolve(after.baseline()).scenario().name;
  finish(result, before, after);
  return result;
}

ScenarioDiff diff(const Document& before, const std::string& strategy_before, const Document& after,
                  const std::string& strategy_after) {
  ScenarioDiff result;
  const Resolution later = after.resolve(strategy_after);
  add_pair(result, before.resolve(strategy_before), later);
  result.scenario = later.scenario().name;
  finish(result, before, after);
  return result;
}

}  // namespace planner
