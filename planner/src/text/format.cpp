#include "planner/format.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "planner/jsonc.hpp"
#include "read/schema_model.hpp"
#include "sim/contract.hpp"

namespace planner {
namespace {

constexpr std::size_t line_width = 120;
constexpr std::size_t indent_width = 2;

class Formatter {
 public:
  explicit Formatter(const ParsedText& parsed) : parsed_{parsed}, text_{parsed.source->text()} {}

  std::string format() {
    const Value& root = parsed_.root;
    comments_before(root.span.begin, 0);
    append(root, &root_schema(), 0);
    trailing_comments(root.span.end, static_cast<std::uint32_t>(text_.size()));
    out_ += '\n';
    comments_before(static_cast<std::uint32_t>(text_.size()), 0);
    return std::move(out_);
  }

  /// The root as the value of a member that stands at `indent` of its line.
  std::string format_as_member(std::string_view key, const SchemaNode* schema, std::size_t indent) {
    out_ = fmt::format("{:{}}{}: ", "", indent, key);
    append(parsed_.root, schema, indent);
    return out_.substr(indent);
  }

 private:
  /// One element of an object or array.
  struct Child {
    Span key;  ///< nowhere for an array
    const Value* value;
    const SchemaNode* schema;
    [[nodiscard]] std::uint32_t begin() const { return key.file == nullptr ? value->span.begin : key.begin; }
  };

  [[nodiscard]] std::string_view written(Span span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }

  static std::vector<Child> children_of(const Value& value, const SchemaNode* schema) {
    std::vector<Child> children;
    for (const Member& member : value.members) {
      children.push_back(
          {member.key_span, &member.value, schema == nullptr ? nullptr : schema->child(member.key)});
    }
    for (const Value& item : value.items)
      children.push_back({{}, &item, schema == nullptr ? nullptr : schema->items});
    return children;
  }

  void append(const Value& value, const SchemaNode* schema, std::size_t indent) {
    if (!value.is_object() && !value.is_array()) {
      out_ += scalar(value, schema);
      return;
    }
    const auto children = children_of(value, schema);
    const bool empty = children.empty() && !has_comment(value.span);
    if (empty || may_stay_inline(value)) {
      const std::string line = inline_form(value, schema);
      if (empty || column() + line.size() < line_width) {
        out_ += line;
        return;
      }
    }
    append_lines(value, children, indent);
  }

  void append_lines(const Value& value, const std::vector<Child>& children, std::size_t indent) {
    out_ += value.is_object() ? '{' : '[';
    const std::size_t inner = indent + indent_width;
    const std::uint32_t close = value.span.end - 1;
    trailing_comments(value.span.begin + 1, children.empty() ? close : children.front().begin());
    out_ += '\n';
    first_in_block_ = true;
    for (std::size_t i = 0; i < children.size(); ++i) {
      const Child& child = children[i];
      comments_before(child.value->span.begin, inner);
      keep_blank_line(child.begin());
      out_.append(inner, ' ');
      if (child.key.file != nullptr) out_ += std::string{written(child.key)} + ": ";
      append(*child.value, child.schema, inner);
      const bool last = i + 1 == children.size();
      if (!last) out_ += ',';
      trailing_comments(child.value->span.end, last ? close : children[i + 1].begin());
      out_ += '\n';
      first_in_block_ = false;
    }
    comments_before(close, inner);
    out_.append(indent, ' ');
    out_ += value.is_object() ? '}' : ']';
  }

  /// Arrays of plain values are always put on one line; other containers stay there if their author had them
  /// so.
  [[nodiscard]] bool may_stay_inline(const Value& value) const {
    if (has_comment(value.span)) return false;
    const bool plain = value.is_array() && std::ranges::none_of(value.items, [](const Value& item) {
                         return item.is_object() || item.is_array();
                       });
    return plain || written(value.span).find('\n') == std::string_view::npos;
  }

  [[nodiscard]] std::string inline_form(const Value& value, const SchemaNode* schema) const {
    if (!value.is_object() && !value.is_array()) return scalar(value, schema);
    std::string line;
    for (const Child& child : children_of(value, schema)) {
      if (!line.empty()) line += ", ";
      if (child.key.file != nullptr) line += std::string{written(child.key)} + ": ";
      line += inline_form(*child.value, child.schema);
    }
    if (value.is_array()) return "[" + line + "]";
    return line.empty() ? "{}" : "{ " + line + " }";
  }

  /// As written, but for quantities, which have a canonical spelling.
  [[nodiscard]] std::string scalar(const Value& value, const SchemaNode* schema) const {
    if (value.is_string() && schema != nullptr && schema->dimension) {
      const auto parsed = parse_quantity(value.text, *schema->dimension);
      if (const auto* quantity = std::get_if<ParsedQuantity>(&parsed))
        return "\"" + quantity->canonical + "\"";
    }
    return std::string{written(value.span)};
  }

  [[nodiscard]] std::size_t column() const {
    const std::size_t newline = out_.rfind('\n');
    return newline == std::string::npos ? out_.size() : out_.size() - newline - 1;
  }

  [[nodiscard]] bool has_comment(Span span) const {
    const auto first = std::ranges::lower_bound(parsed_.comments, span.begin, {}, &Span::begin);
    return first != parsed_.comments.end() && first->begin < span.end;
  }

  /// Comments that end the line of what was just written; a comment over several lines gets lines of its own.
  void trailing_comments(std::uint32_t after, std::uint32_t before) {
    for (; next_ < parsed_.comments.size(); ++next_) {
      const Span comment = parsed_.comments[next_];
      const bool same_line = comment.begin >= after && comment.begin < before &&
                             text_.substr(after, comment.end - after).find('\n') == std::string_view::npos;
      if (!same_line) return;
      out_ += " " + std::string{written(comment)};
    }
  }

  void comments_before(std::uint32_t byte, std::size_t indent) {
    for (; next_ < parsed_.comments.size() && parsed_.comments[next_].begin < byte; ++next_) {
      const Span comment = parsed_.comments[next_];
      keep_blank_line(comment.begin);
      out_.append(indent, ' ');
      for (const char c : written(comment)) {
        if (c != '\r') out_ += c;
      }
      out_ += '\n';
      first_in_block_ = false;
    }
  }

  /// Groups that their author set apart stay apart, by one blank line.
  void keep_blank_line(std::uint32_t begin) {
    std::size_t newlines = 0;
    for (std::size_t at = begin; at > 0; --at) {
      const char c = text_[at - 1];
      if (c == '\n')
        ++newlines;
      else if (c != ' ' && c != '\t' && c != '\r')
        break;
    }
    if (newlines >= 2 && !first_in_block_) out_ += '\n';
  }

  const ParsedText& parsed_;
  std::string_view text_;
  std::string out_;
  std::size_t next_ = 0;        // first comment that is not written yet
  bool first_in_block_ = true;  // nothing stands between the opening bracket and here
};

}  // namespace

std::string format_scenario(std::string text, std::string name) {
  ParsedText parsed = parse_jsonc(std::make_shared<SourceFile>(std::move(name), std::move(text)));
  if (!parsed.issues.empty()) throw ScenarioError{std::move(parsed.issues)};
  return format_scenario(parsed);
}

std::string format_scenario(const ParsedText& parsed) { return Formatter{parsed}.format(); }

std::string format_member(std::string_view key, std::string_view value, std::string_view pointer,
                          std::size_t indent) {
  const ParsedText parsed = parse_jsonc(std::make_shared<SourceFile>("member", std::string{value}));
  SIM_EXPECT(parsed.issues.empty());
  return Formatter{parsed}.format_as_member(key, schema_at(pointer), indent);
}

std::string apply_fixes(std::string_view text, std::string_view name,
                        std::span<const Diagnostic> diagnostics) {
  std::vector<const Diagnostic*> fixes;
  for (const Diagnostic& issue : diagnostics) {
    const bool safe = !issue.suggestions.empty() && !issue.suggestions.front().replacement.empty() &&
                      issue.suggestions.front().safety == Suggestion::Safety::safe;
    if (safe && issue.file == name && issue.range.end.byte <= text.size()) fixes.push_back(&issue);
  }
  std::ranges::stable_sort(fixes, {}, [](const Diagnostic* issue) { return issue->range.start.byte; });
  std::string fixed;
  std::size_t at = 0;
  for (const Diagnostic* issue : fixes) {
    if (issue->range.start.byte < at) continue;  // overlaps the fix before
    fixed += text.substr(at, issue->range.start.byte - at);
    fixed += issue->suggestions.front().replacement;
    at = issue->range.end.byte;
  }
  fixed += text.substr(at);
  return fixed;
}

}  // namespace planner
