#include "read/issues.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "text/utf8.hpp"

namespace planner {

namespace {

bool inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// The line of `at`, cut to what is near where it is long: a diagnostic must stay small.
void set_snippet(Diagnostic& issue, const SourceFile& file) {
  constexpr std::size_t before = 200, after = 400;
  const Position at = issue.range.start;
  const std::string_view line = file.line(at.line);
  const auto line_start = static_cast<std::size_t>(line.data() - file.text().data());
  const std::size_t offset = std::min(at.byte - line_start, line.size());
  std::size_t begin = offset - std::min(offset, before);
  while (begin > 0 && inside_character(line[begin])) --begin;
  std::size_t end = std::min(offset + after, line.size());
  while (end < line.size() && inside_character(line[end])) ++end;
  issue.snippet = made_valid_utf8(std::string{line.substr(begin, end - begin)});
  issue.snippet_column = file.position(line_start + begin).column;
}

}  // namespace

Diagnostic make_diagnostic(Code code, Span span, std::string message) {
  Diagnostic issue;
  issue.code = code;
  issue.severity = info(code).severity;
  issue.message = std::move(message);
  if (span.file != nullptr) {
    issue.file = span.file->name();
    issue.range = range_of(span);
    set_snippet(issue, *span.file);
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
