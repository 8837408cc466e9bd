#include "planner/edit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "planner/format.hpp"
#include "planner/jsonc.hpp"
#include "read/issues.hpp"

namespace planner {
namespace {

constexpr std::string_view edited_text = "scenario";

[[noreturn]] void refuse(Span span, std::string message) {
  throw ScenarioError{{make_diagnostic(Code::bad_set, span, std::move(message))}};
}

ParsedText parse_valid(std::string_view text, std::string_view name) {
  ParsedText parsed = parse_jsonc(std::make_shared<SourceFile>(std::string{name}, std::string{text}));
  if (!parsed.issues.empty()) throw ScenarioError{std::move(parsed.issues)};
  return parsed;
}

/// How far a pointer leads into a tree.
struct Way {
  std::vector<std::string> tokens;
  std::vector<const Value*> values{};  ///< from the root to the innermost that is there
  std::vector<std::string> missing{};  ///< the tokens beyond it
  [[nodiscard]] const Value& last() const { return *values.back(); }
  /// Of the innermost; null for the root.
  [[nodiscard]] const Value* parent() const {
    return values.size() < 2 ? nullptr : values[values.size() - 2];
  }
};

const Value* step(const Value& value, const std::string& token) {
  if (value.is_object()) return value.find(token);
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  const bool number = error == std::errc{} && end == token.data() + token.size();
  return value.is_array() && number && index < value.items.size() ? &value.items[index] : nullptr;
}

Way follow(const Value& root, std::string_view pointer) {
  Way way{.tokens = pointer_tokens(pointer), .values = {&root}};
  const std::vector<std::string>& tokens = way.tokens;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Value* next = step(way.last(), tokens[i]);
    if (next == nullptr) {
      way.missing.assign(tokens.begin() + static_cast<std::ptrdiff_t>(i), tokens.end());
      return way;
    }
    way.values.push_back(next);
  }
  return way;
}

/// `{ "b": { "c": json } }` for the members b and c; json alone for none.
std::string nested_text(const std::vector<std::string>& members, std::size_t first, std::string_view json) {
  if (first == members.size()) return std::string{json};
  return fmt::format("{{ {}: {} }}", json_string(members[first]), nested_text(members, first + 1, json));
}

class TextEdit {
 public:
  explicit TextEdit(const ParsedText& parsed) : parsed_{parsed}, text_{parsed.source->text()} {}

  [[nodiscard]] std::string replace(Span span, std::string_view with) const {
    return fmt::format("{}{}{}", text_.substr(0, span.begin), with, text_.substr(span.end));
  }

  /// @param member  its key and its value
  [[nodiscard]] std::string append_member(const Value& object, const std::string& member) const {
    if (!has_lines(object)) return append_inline(object, member);
    const std::string indent(indent_of(object.span.begin) + 2, ' ');
    if (object.members.empty()) {
      const std::uint32_t brace = object.span.end - 1;
      return splice(brace, brace, fmt::format("  {}\n{}", member, std::string(indent.size() - 2, ' ')));
    }
    // A comment at the end of the last member's line belongs to that member.
    const std::uint32_t last = object.members.back().value.span.end;
    const std::uint32_t end = end_with_comments(last);
    return fmt::format("{},{}\n{}{}{}", text_.substr(0, last), text_.substr(last, end - last), indent, member,
                       text_.substr(end));
  }

  [[nodiscard]] std::string remove_member(const Value& object, std::size_t index) const {
    const Member& member = object.members[index];
    const bool last = index + 1 == object.members.size();
    std::string out;
    if (!last) {
      out = cut(member.key_span.begin, comma_after(member.value.span.end) + 1);
    } else if (index > 0) {
      const std::uint32_t comma = comma_after(object.members[index - 1].value.span.end);
      out = cut(member.key_span.begin, member.value.span.end);
      out.erase(comma, 1);
    } else {
      out = cut(member.key_span.begin, member.value.span.end);
    }
    return out;
  }

  /// Whether a canonical text stays canonical without a member: it has lines of its own, and neither a blank
  /// line nor a comment at its side that would have to move.
  [[nodiscard]] bool can_be_cut(const Value& object, const Member& member) const {
    const std::uint32_t first = line_of(member.key_span.begin), last = line_of(member.value.span.end);
    const std::uint32_t end = member.value.span.end;
    return object.members.size() > 1 && has_lines(object) && !parsed_.source->line(first - 1).empty() &&
           !parsed_.source->line(last + 1).empty() &&
           end_with_comments(text_[end] == ',' ? end + 1 : end) <= end + 1;
  }

  [[nodiscard]] std::size_t indent_of(std::uint32_t byte) const {
    const std::string_view line = parsed_.source->line(line_of(byte));
    return std::min(line.find_first_not_of(' '), line.size());
  }

  [[nodiscard]] bool has_lines(const Value& object) const {
    return line_of(object.span.begin) != line_of(object.span.end);
  }

 private:
  [[nodiscard]] std::uint32_t line_of(std::uint32_t byte) const {
    return parsed_.source->position(byte).line;
  }

  [[nodiscard]] std::string splice(std::uint32_t begin, std::uint32_t end, std::string_view with) const {
    return fmt::format("{}{}{}", text_.substr(0, begin), with, text_.substr(end));
  }

  [[nodiscard]] std::string append_inline(const Value& object, const std::string& member) const {
    if (object.members.empty()) return splice(object.span.begin, object.span.end, "{ " + member + " }");
    const std::uint32_t last = object.members.back().value.span.end;
    return splice(last, last, ", " + member);
  }

  [[nodiscard]] const Span* comment_at(std::uint32_t byte) const {
    const auto found = std::ranges::lower_bound(parsed_.comments, byte, {}, &Span::begin);
    return found != parsed_.comments.end() && found->begin == byte ? &*found : nullptr;
  }

  /// End of the last comment that begins on the line of `byte`, or `byte`.
  [[nodiscard]] std::uint32_t end_with_comments(std::uint32_t byte) const {
    std::uint32_t end = byte;
    for (std::uint32_t i = byte; i < text_.size() && text_[i] != '\n';) {
      const Span* comment = comment_at(i);
      if (comment == nullptr && text_[i] != ' ' && text_[i] != '\t') break;
      i = comment == nullptr ? i + 1 : comment->end;
      if (comment != nullptr) end = i;
    }
    return end;
  }

  /// @pre a comma follows, after white space and comments at most
  [[nodiscard]] std::uint32_t comma_after(std::uint32_t byte) const {
    while (text_[byte] != ',') {
      const Span* comment = comment_at(byte);
      byte = comment == nullptr ? byte + 1 : comment->end;
    }
    return byte;
  }

  /// Without [begin, end), and without the line if nothing else is on it.
  [[nodiscard]] std::string cut(std::uint32_t begin, std::uint32_t end) const {
    std::size_t line_begin = begin, line_end = end;
    while (line_begin > 0 && (text_[line_begin - 1] == ' ' || text_[line_begin - 1] == '\t')) --line_begin;
    while (line_end < text_.size() && (text_[line_end] == ' ' || text_[line_end] == '\t')) ++line_end;
    const bool whole_line =
        line_begin > 0 && text_[line_begin - 1] == '\n' && line_end < text_.size() && text_[line_end] == '\n';
    if (!whole_line) return splice(begin, end, "");
    return std::string{text_.substr(0, line_begin)}.append(text_.substr(line_end + 1));
  }

  const ParsedText& parsed_;
  std::string_view text_;
};

/// JSON Pointer of the first `count` values of a way, the root being one of them.
std::string pointer_of(const Way& way, std::size_t count) {
  std::string pointer;
  for (std::size_t i = 1; i < count; ++i) pointer += '/' + escape_token(way.tokens[i - 1]);
  return pointer;
}

/// Canonical text after an edit of the last value of `way`. The innermost member on a line of its own that
/// has the edit within is formatted anew: what stands around it does not depend on it.
std::string formatted_at(const ParsedText& before, const Way& way, std::string after) {
  const TextEdit edit{before};
  for (std::size_t i = way.values.size() - 1; i > 0; --i) {
    const Value& around = *way.values[i - 1];
    if (!around.is_object() || !edit.has_lines(around)) continue;
    const Member& member = *around.find_member(way.tokens[i - 1]);
    const auto [file, begin, end] = member.value.span;
    const std::size_t size = end - begin + after.size() - before.source->text().size();
    const auto [key_file, key_begin, key_end] = member.key_span;
    const std::string line = format_member(before.source->text().substr(key_begin, key_end - key_begin),
                                           std::string_view{after}.substr(begin, size),
                                           pointer_of(way, i + 1), edit.indent_of(key_begin));
    return after.replace(key_begin, begin + size - key_begin, line);
  }
  return format_scenario(std::move(after), std::string{edited_text});
}

}  // namespace

std::string in_form_of(std::string_view before, std::string after) {
  const bool canonical = format_scenario(std::string{before}, std::string{edited_text}) == before;
  return canonical ? format_scenario(std::move(after), std::string{edited_text}) : after;
}

std::string json_string(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Form form_of(const ParsedText& parsed) {
  const bool canonical = parsed.issues.empty() && format_scenario(parsed) == parsed.source->text();
  return canonical ? Form::canonical : Form::free;
}

std::string with_value(const ParsedText& text, Form form, std::string_view pointer, std::string_view json) {
  if (!text.issues.empty()) throw ScenarioError{text.issues};
  const ParsedText value = parse_valid(json, "value");
  const Span span = value.root.span;
  const std::string_view bare = json.substr(span.begin, span.end - span.begin);
  const Way way = follow(text.root, pointer);
  const TextEdit edit{text};
  if (way.missing.empty()) {
    std::string after = edit.replace(way.last().span, bare);
    return form == Form::free ? after : formatted_at(text, way, std::move(after));
  }
  if (!way.last().is_object()) {
    refuse(way.last().span, fmt::format("{} is {}: it has no member \"{}\"", pointer,
                                        type_name(way.last().kind), way.missing.front()));
  }
  const std::string key = json_string(way.missing.front()), added = nested_text(way.missing, 1, bare);
  if (form == Form::canonical && edit.has_lines(way.last())) {
    const std::size_t indent = edit.indent_of(way.last().span.begin) + 2;
    const std::string place = pointer_of(way, way.values.size()) + '/' + escape_token(way.missing.front());
    return edit.append_member(way.last(), format_member(key, added, place, indent));
  }
  std::string after = edit.append_member(way.last(), fmt::format("{}: {}", key, added));
  return form == Form::free ? after : formatted_at(text, way, std::move(after));
}

std::string with_value(std::string_view text, std::string_view pointer, std::string_view json) {
  const ParsedText parsed = parse_valid(text, edited_text);
  return with_value(parsed, form_of(parsed), pointer, json);
}

std::string without_value(const ParsedText& text, Form form, std::string_view pointer) {
  if (!text.issues.empty()) throw ScenarioError{text.issues};
  const Way way = follow(text.root, pointer);
  if (!way.missing.empty()) refuse(way.last().span, fmt::format("nothing is at {}", pointer));
  const Value* parent = way.parent();
  if (parent == nullptr || !parent->is_object())
    refuse(way.last().span, fmt::format("\"{}\" is no member of an object", pointer));
  const auto found =
      std::ranges::find_if(parent->members, [&](const Member& m) { return &m.value == &way.last(); });
  const TextEdit edit{text};
  std::string after = edit.remove_member(*parent, static_cast<std::size_t>(found - parent->members.begin()));
  return form == Form::canonical && !edit.can_be_cut(*parent, *found)
             ? format_scenario(std::move(after), std::string{edited_text})
             : after;
}

std::string without_value(std::string_view text, std::string_view pointer) {
  const ParsedText parsed = parse_valid(text, edited_text);
  return without_value(parsed, form_of(parsed), pointer);
}

}  // namespace planner
