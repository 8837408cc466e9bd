#pragma once
#include <memory>
#include <vector>

#include "planner/diagnostic.hpp"
#include "planner/value.hpp"

namespace planner {

struct ParseLimits {
  std::size_t depth = 256;  ///< nested arrays and objects
  std::size_t bytes = std::size_t{64} << 20;
};

/// A text of JSON with comments and its tree. Nothing is lost: spans lead back into the text, and whatever
/// lies between them is white space, punctuation or one of `comments`.
struct ParsedText {
  std::shared_ptr<const SourceFile> source;
  Value root;                      ///< null where the text is not JSON at all
  std::vector<Span> comments;      ///< in order, `//` without the line break, or `/* */`
  std::vector<Diagnostic> issues;  ///< empty: valid
};

/// Parses JSON (RFC 8259) with `//` and `/* */` comments; strict otherwise.
///
/// Keys are unique, numbers finite doubles, text valid UTF-8. Faults that leave the structure plain
/// (a duplicate key, a comma too many or missing, NaN) are reported and parsing goes on; others end it.
/// Linear in the text; recursion is bounded by `limits.depth`. Never throws on any input.
[[nodiscard]] ParsedText parse_jsonc(std::shared_ptr<const SourceFile> source, ParseLimits limits = {});

}  // namespace planner
