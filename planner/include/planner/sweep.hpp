#pragma once
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "planner/document.hpp"

namespace planner {

/// One value of an axis: what it is called in results, and what it sets.
struct AxisValue {
  std::string label;
  double number = 0;  ///< for skip rules and charts; the place in the list where the value is no number
};

/// Pointers that move together through a list of values.
struct SweepAxis {
  struct Target {
    std::string pointer;
    enum class IfAbsent : std::uint8_t { error, skip } if_absent = IfAbsent::error;  ///< nothing there
  };
  /// `set` puts the value itself in place, `scale` multiplies what stands there.
  enum class Kind : std::uint8_t { set, scale } kind = Kind::set;
  std::string name;
  std::vector<Target> targets;
  std::vector<AxisValue> values;
  std::vector<std::string> texts;  ///< set: the values as JSON, one each
};

/// Which combinations of axis values are left out. A node of a small tree.
struct SkipRule {
  enum class Kind : std::uint8_t {
    all,    ///< every operand holds
    any,    ///< at least one holds
    none,   ///< none holds
    range,  ///< the axis' number is in [least, most]
    text,   ///< the axis' value is `label`
  };
  Kind kind = Kind::all;
  std::vector<SkipRule> operands{};
  std::size_t axis = 0;
  double least = 0, most = 0;
  std::string label{};
};

/// A sweep of the scenario's section `sweeps`.
struct Sweep {
  enum class Combine : std::uint8_t {
    cross,  ///< every value of an axis with every value of the others
    zip,    ///< the n-th values of all axes together
  };
  std::string name;
  std::vector<std::string> strategies;  ///< in the scenario's order
  Combine combine = Combine::cross;
  std::vector<SweepAxis> axes;
  std::vector<SkipRule> skips;
};

/// Where a sweep is: an index into the values of each axis.
using SweepPoint = std::vector<std::size_t>;

/// Names of the document's sweeps.
[[nodiscard]] std::vector<std::string> sweep_names(const Document& document);

/// @throws ScenarioError where the section is wrong beyond what the schema says (unknown strategies or axes,
///         zipped axes of unequal length, values that are no quantities)
[[nodiscard]] Sweep read_sweep(const Document& document, const std::string& name);

/// All points that no rule leaves out; the last axis varies fastest.
[[nodiscard]] std::vector<SweepPoint> points_of(const Sweep& sweep);

/// `axis -> label` of a point, in the order of the axes.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> coordinates(const Sweep& sweep,
                                                                           const SweepPoint& point);

/// What is laid over a strategy to be at a point, as `--set` has it.
/// @throws ScenarioError where a pointer names nothing or what cannot be scaled
[[nodiscard]] std::vector<std::string> sets_at(const Sweep& sweep, const SweepPoint& point,
                                               const Resolution& strategy);

/// Which of `count` shards does a point; even over the points, the same on every machine.
[[nodiscard]] std::uint32_t shard_of(const Sweep& sweep, const SweepPoint& point, std::uint32_t count);

/// A quantity, law or number times `factor`; nothing where there is no number in it. "20 ms" -> "30 ms".
[[nodiscard]] std::optional<nlohmann::ordered_json> scaled(const nlohmann::ordered_json& value,
                                                           double factor);

}  // namespace planner
