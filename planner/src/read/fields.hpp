#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/quantity.hpp"
#include "planner/scenario.hpp"
#include "planner/value.hpp"
#include "read/issues.hpp"
#include "sim/time.hpp"
#include "text/project_files.hpp"

/// Typed reading of values that the schema has passed. What the schema cannot say is reported by the readers.
namespace planner {

/// What every reader of a section needs.
struct ReadContext {
  ReadContext(Issues& to, const ProjectFolder& project, Scenario& target)
      : issues{to}, folder{project}, scenario{target} {}

  Issues& issues;
  const ProjectFolder& folder;
  Scenario& scenario;

  /// Lists an input among the scenario's assumptions unless its basis is better than `assumed`; one entry
  /// for a place in a file, however many members of a set are made from it.
  void assume(Span where, std::string text, const Provenance& provenance);

 private:
  std::vector<Span> assumed_;
};

/// Members of an object; a missing object has none.
class Fields {
 public:
  explicit Fields(const Value* object) : object_{object} {}
  explicit Fields(const Value& object) : object_{&object} {}

  [[nodiscard]] const Value* get(std::string_view key) const {
    return object_ == nullptr ? nullptr : object_->find(key);
  }
  [[nodiscard]] bool has(std::string_view key) const { return get(key) != nullptr; }
  [[nodiscard]] Fields object(std::string_view key) const { return Fields{get(key)}; }
  [[nodiscard]] std::string text(std::string_view key, std::string fallback = {}) const;
  [[nodiscard]] double number(std::string_view key, double fallback) const;
  [[nodiscard]] std::uint32_t count(std::string_view key, std::uint32_t fallback) const;
  [[nodiscard]] bool flag(std::string_view key, bool fallback) const;
  /// In the dimension's unit.
  [[nodiscard]] std::optional<double> quantity(std::string_view key, Dimension dimension) const;
  [[nodiscard]] double quantity(std::string_view key, Dimension dimension, double fallback) const;
  [[nodiscard]] std::optional<sim::Duration> duration(std::string_view key) const;
  [[nodiscard]] sim::Bytes bytes(std::string_view key) const;
  [[nodiscard]] std::optional<sim::BitRate> bit_rate(std::string_view key) const;
  /// `basis` and `source`.
  [[nodiscard]] Provenance provenance() const;
  /// Members that are no remarks, in document order; empty for a missing object.
  [[nodiscard]] std::vector<const Member*> entries() const;
  /// Where the object stands; nowhere for a missing one.
  [[nodiscard]] Span span() const { return object_ == nullptr ? Span{} : object_->span; }

 private:
  const Value* object_;
};

/// A text quantity, or the plain number that a share may be. @pre the schema has passed it
[[nodiscard]] double quantity_of(const Value& value, Dimension dimension);

/// Names of the members, for proposals.
[[nodiscard]] std::vector<std::string> keys_of(const std::vector<const Member*>& members);

/// Keys of a map, in order, for proposals.
template <class Map>
[[nodiscard]] std::vector<std::string> keys_of(const Map& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  return keys;
}

}  // namespace planner
