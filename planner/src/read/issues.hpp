#pragma once
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "planner/diagnostic.hpp"
#include "planner/jsonc.hpp"
#include "planner/value.hpp"

namespace planner {

/// A diagnostic at `span` with file, range and snippet; the pointer is the caller's.
[[nodiscard]] Diagnostic make_diagnostic(Code code, Span span, std::string message);

using Texts = std::vector<std::shared_ptr<const ParsedText>>;

/// Gathers the issues of one load. Knows the parsed texts, so each issue gets the pointer within its file.
///
/// Says the same thing about the same place once, and stops keeping issues after `limit`: a reader is
/// not helped by ten thousand of a kind, and a hostile file must not fill the memory.
class Issues {
 public:
  static constexpr std::size_t limit = 500;

  explicit Issues(const Texts& texts) : texts_{texts} {}

  /// @return the issue, to be completed with label, suggestions and so on; valid until the next call
  Diagnostic& add(Code code, Span span, std::string message);
  /// Whether `issue`, as add() returned it, is kept: only then is it worth an effort to complete it.
  [[nodiscard]] bool is_kept(const Diagnostic& issue) const { return &issue != &surplus_; }
  void add(std::vector<Diagnostic> issues);
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t errors() const { return errors_; }
  [[nodiscard]] std::string pointer_of(Span span) const;
  /// Everything so far in document order: files as they were loaded, then by place; leaves nothing behind.
  [[nodiscard]] std::vector<Diagnostic> take();
  /// Throws ScenarioError with everything so far if an error is among it.
  void throw_if_errors();

 private:
  bool is_new(const Diagnostic& issue);

  const Texts& texts_;
  std::vector<Diagnostic> issues_;
  std::set<std::string> seen_;
  std::size_t errors_ = 0;
  Diagnostic surplus_;  // takes what is not kept
};

/// Adds `did you mean "..."?` with a replacement if a candidate is near enough; else lists few candidates.
void propose(Diagnostic& issue, std::string_view word, const std::vector<std::string>& candidates);

}  // namespace planner
