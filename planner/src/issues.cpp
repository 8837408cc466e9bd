#include "issues.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace planner {

Diagnostic make_diagnostic(Code code, Span span, std::string message) {
  Diagnostic issue;
  issue.code = code;
  issue.severity = info(code).severity;
  issue.message = std::move(message);
  if (span.file != nullptr) {
    issue.file = span.file->name();
    issue.range = range_of(span);
    issue.snippet = std::string{span.file->line(issue.range.start.line)};
  }
  return issue;
}

std::string Issues::pointer_of(Span span) const {
  for (const auto& text : texts_) {
    if (text->source.get() == span.file) return pointer_at(text->root, span.begin);
  }
  return {};
}

bool Issues::is_new(const Diagnostic& issue) {
  return seen_
      .insert(fmt::format("{}:{}:{}:{}", name(issue.code), issue.file, issue.range.start.byte, issue.message))
      .second;
}

Diagnostic& Issues::add(Code code, Span span, std::string message) {
  if (info(code).severity == Severity::error) ++errors_;
  surplus_ = {};
  if (issues_.size() >= limit) return surplus_;
  Diagnostic issue = make_diagnostic(code, span, std::move(message));
  if (!is_new(issue)) return surplus_;
  issue.pointer = pointer_of(span);
  return issues_.emplace_back(std::move(issue));
}

void Issues::add(std::vector<Diagnostic> issues) {
  for (Diagnostic& issue : issues) {
    if (issue.severity == Severity::error) ++errors_;
    if (issues_.size() < limit && is_new(issue)) issues_.push_back(std::move(issue));
  }
}

std::vector<Diagnostic> Issues::take() {
  const auto file_order = [&](const Diagnostic& issue) {
    return std::ranges::find(texts_, issue.file, [](const auto& text) { return text->source->name(); }) -
           texts_.begin();
  };
  std::ranges::stable_sort(issues_, {}, [&](const Diagnostic& issue) {
    return std::pair{file_order(issue), issue.range.start.byte};
  });
  errors_ = 0;
  seen_.clear();
  return std::exchange(issues_, {});
}

void Issues::throw_if_errors() {
  if (has_errors()) throw ScenarioError{take()};
}

void propose(Diagnostic& issue, std::string_view word, const std::vector<std::string>& candidates) {
  if (const std::string_view near = nearest_word(word, candidates); !near.empty()) {
    issue.suggestions.push_back(
        {fmt::format("did you mean \"{}\"?", near), fmt::format("\"{}\"", near), Suggestion::Safety::safe});
    return;
  }
  constexpr std::size_t few = 12;
  if (!candidates.empty() && candidates.size() <= few) {
    issue.help = fmt::format("known: {}", fmt::join(candidates, ", "));
  }
}

}  // namespace planner
