#pragma once
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "planner/diagnostic_code.hpp"
#include "planner/source_file.hpp"

namespace planner {

/// A change that mends an issue.
struct Suggestion {
  std::string text;         ///< for people: `did you mean "ams-edge"?`
  std::string replacement;  ///< text that takes the place of the diagnostic's range; empty: none to offer
  enum class Safety : std::uint8_t { needs_judgement, safe } safety = Safety::needs_judgement;
};

/// Another place that a reader wants to see: a definition, the first of two keys.
struct Related {
  std::string file;
  Position at;
  std::string message;
};

/// One issue with an input, as data. Owns its strings, so it outlives the document it is about.
struct Diagnostic {
  Code code{};
  Severity severity = Severity::error;
  std::string message;
  std::string file;     ///< empty: no text is at fault
  std::string pointer;  ///< JSON Pointer (RFC 6901) within `file`
  Range range;
  std::string snippet;               ///< the line that `range` starts on, of a long line the part around it
  std::uint32_t snippet_column = 1;  ///< column of the snippet's first character
  std::string label;                 ///< a few words beside the carets
  std::vector<Suggestion> suggestions;
  std::vector<Related> related;
  std::string help;  ///< a sentence beyond the message, may be empty
};

/// A scenario that cannot be used: every issue that was found, errors and warnings, in document order.
class ScenarioError : public std::runtime_error {
 public:
  /// @param diagnostics  at least one is an error
  explicit ScenarioError(std::vector<Diagnostic> diagnostics);
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  /// What kind of failure it is: io before invalid before infeasible when several apply.
  [[nodiscard]] Failure failure() const;

 private:
  std::vector<Diagnostic> diagnostics_;
};

enum class Color : std::uint8_t { off, on };

/// What is wrong at a place of a scenario, before the place is looked up in its files.
struct Finding {
  Code code = Code::near_capacity;
  std::string pointer;  ///< JSON Pointer
  std::string message;  ///< with the numbers
};

/// The diagnostics for people, with the line, carets, proposals, and a closing count.
///
/// Of more than 30 with the same code the first 30, and how many more there are.
/// Deterministic; control characters of the input are shown as `?`, so a file cannot drive a terminal.
[[nodiscard]] std::string render_text(std::span<const Diagnostic> diagnostics, Color color = Color::off);

/// The array `diagnostics` of the document type `diag/1`.
[[nodiscard]] nlohmann::ordered_json diagnostics_json(std::span<const Diagnostic> diagnostics);

/// How `candidates` would be spelled right: the nearest by edit distance, if it is near enough to propose.
///
/// Distance counts insertions, deletions, substitutions and swaps of neighbours; at most a third of the
/// longer word may differ. Ties go to the first candidate. O(candidates x length^2), lengths capped at 64.
[[nodiscard]] std::string_view nearest_word(std::string_view word, std::span<const std::string> candidates);

}  // namespace planner
