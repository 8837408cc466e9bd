#pragma once
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "planner/document.hpp"

/// Gives a thing of a scenario another id, and everything that names it.
namespace planner {

/// What to rename: `site ams-edge`, or of a pool `ams-edge/gpu`, of a call `frame/detect`.
struct Renaming {
  std::string kind;  ///< one of rename_kinds()
  std::string from;  ///< of a pool or a call with the site or flow that it is of
  std::string to;    ///< the new id alone
};

/// `site`, `pool`, ...: what can be renamed. Members of sets cannot: their ids are made.
[[nodiscard]] std::span<const std::string_view> rename_kinds();

/// A renaming that cannot be done: no such kind or id, no id at all, or one that is taken.
class RenameRefused : public std::runtime_error {
 public:
  RenameRefused(const std::string& message, std::vector<std::string> known = {})
      : std::runtime_error{message}, known_{std::move(known)} {}
  /// What there is instead of what was asked for; may be empty.
  [[nodiscard]] const std::vector<std::string>& known() const { return known_; }

 private:
  std::vector<std::string> known_;
};

/// A place where the old id is still to be read, in a text that nothing refers by.
struct LeftMention {
  std::string file;
  Position at;
  std::string pointer;
};

struct Renamed {
  /// A text that changes.
  struct Text {
    std::string path;  ///< within the scenario's folder; empty: the scenario itself
    std::string after;
    std::size_t edits = 0;
  };
  std::vector<Text> texts;
  std::vector<LeftMention> left;  ///< in the main file and the imports
};

/// Edits the scenario and its imports: keys, references, strategies' patches and guards, pointers and values
/// of sweeps, labels in expressions, digests of imports that change. All else stays as it is, comments and
/// layout too; a text in canonical form stays in canonical form.
///
/// Random streams go by ids: where what is renamed draws numbers, results of the same seed differ by chance.
/// Not seen: ids in tables (a replay's column) and in skip rules of sweeps that compare texts.
/// @param bundle  of a valid document whose strategies are resolved
/// @throws RenameRefused; ScenarioError where the outcome would be no valid scenario
[[nodiscard]] Renamed rename(const Bundle& bundle, const Renaming& renaming);

}  // namespace planner
