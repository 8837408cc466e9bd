#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/quantity.hpp"

/// What the scenario format allows at a place, for editors: names, kinds, units and meanings, as the schema
/// states them.
namespace planner {

/// A key of the format.
struct FieldInfo {
  enum class Kind : std::uint8_t {
    text,
    choice,    ///< one of `words`
    quantity,  ///< a text of `dimension`
    number,
    integer,
    boolean,
    object,   ///< with keys of its own
    entries,  ///< an object keyed by ids
    other,    ///< an array, a law, or one of several kinds: JSON text
  };
  std::string key;
  std::string title, description;
  Kind kind = Kind::other;
  std::optional<Dimension> dimension;  ///< of a quantity, alone or beside other kinds
  std::vector<std::string> words{};
  std::string example{};   ///< JSON text, may be empty
  std::string fallback{};  ///< what holds where the key is left out, JSON text; may be empty
  enum class Need : std::uint8_t { optional, required } need = Need::optional;
};

/// Keys that the object at `pointer` may have, in the format's order; those of entries excluded.
/// @param pointer  into a scenario, such as /sites/ams-edge; strategies' patches are understood
[[nodiscard]] std::vector<FieldInfo> fields_at(std::string_view pointer);

/// The key that `pointer` names; nothing where the format has none.
[[nodiscard]] std::optional<FieldInfo> field_at(std::string_view pointer);

/// A value to begin with at `pointer`, JSON text: the keys that must be there, with the format's examples.
/// What refers to other things of a scenario refers to nothing yet: the diagnostics say what is to be filled
/// in.
[[nodiscard]] std::string skeleton(std::string_view pointer);

}  // namespace planner
