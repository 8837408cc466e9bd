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
  const Value* value = nullptr;   ///< the innermost that is there
  const Value* parent = nullptr;  ///< of value; null for the root
  std::vector<std::string> missing{};
};

const Value* step(const Value& value, const std::string& token) {
  if (value.is_object()) return value.find(token);
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  const bool number = error == std::errc{} && end == token.data() + token.size();
  return value.is_array() && number && index < value.items.size() ? &value.items[index] : nullptr;
}

Way follow(const Value& root, std::string_view pointer) {
  Way way{.value = &root};
  const std::vector<std::string> tokens = pointer_tokens(pointer);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Value* next = step(*way.value, tokens[i]);
    if (next == nullptr) {
      way.missing.assign(tokens.begin() + static_cast<std::ptrdiff_t>(i), tokens.end());
      return way;
    }
    way.parent = std::exchange(way.value, next);
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

  [[nodiscard]] std::string append_member(const Value& object, const std::string& key,
                                          std::string_view json) const {
    const std::string member = fmt::format("{}: {}", json_string(key), json);
    if (line_of(object.span.begin) == line_of(object.span.end)) return append_inline(object, member);
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

 private:
  [[nodiscard]] std::uint32_t line_of(std::uint32_t byte) const {
    return parsed_.source->position(byte).line;
  }

  [[nodiscard]] std::size_t indent_of(std::uint32_t byte) const {
    const std::string_view line = parsed_.source->line(line_of(byte));
    return std::min(line.find_first_not_of(' '), line.size());
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

}  // namespace

std::string in_form_of(std::string_view before, std::string after) {
  const bool canonical = format_scenario(std::string{before}, std::string{edited_text}) == before;
  return canonical ? format_scenario(std::move(after), std::string{edited_text}) : after;
}

std::string json_string(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string with_value(std::string_view text, std::string_view pointer, std::string_view json) {
  const ParsedText parsed = parse_valid(text, edited_text);
  const ParsedText value = parse_valid(json, "value");
  const Way way = follow(parsed.root, pointer);
  const TextEdit edit{parsed};
  if (way.missing.empty()) return in_form_of(text, edit.replace(way.value->span, json));
  if (!way.value->is_object()) {
    refuse(way.value->span, fmt::format("{} is {}: it has no member \"{}\"", pointer,
                                        type_name(way.value->kind), way.missing.front()));
  }
  return in_form_of(text,
                    edit.append_member(*way.value, way.missing.front(), nested_text(way.missing, 1, json)));
}

std::string without_value(std::string_view text, std::string_view pointer) {
  const ParsedText parsed = parse_valid(text, edited_text);
  const Way way = follow(parsed.root, pointer);
  if (!way.missing.empty()) {
    refuse(way.value->span, fmt::format("nothing is at {}", pointer));
  }
  if (way.parent == nullptr || !way.parent->is_object()) {
    refuse(way.value->span, fmt::format("\"{}\" is no member of an object", pointer));
  }
  const auto& members = way.parent->members;
  const auto found = std::ranges::find_if(members, [&](const Member& m) { return &m.value == way.value; });
  return in_form_of(
      text, TextEdit{parsed}.remove_member(*way.parent, static_cast<std::size_t>(found - members.begin())));
}

}  // namespace planner
