#include "planner/jsonc.hpp"

#include <fmt/format.h>

#include <optional>
#include <unordered_map>

#include "read/issues.hpp"
#include "text/jsonc_scanner.hpp"
#include "text/utf8.hpp"

namespace planner {
namespace {

class Parser : private JsoncScanner {
 public:
  Parser(ParsedText& out, ParseLimits limits) : JsoncScanner{out}, limits_{limits} {}

  void parse() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;  // a UTF-8 byte order mark is allowed and dropped by fmt
    try {
      skip_space();
      if (at_end()) fail(Code::truncated, at_, at_, "the file is empty");
      out_.root = value();
      skip_space();
      if (!at_end()) fail(Code::trailing_text, at_, at_ + 1, "text after the end of the document");
    } catch (const GiveUp&) {
      return;
    }
  }

 private:
  Value value() {
    if (at_end()) fail_truncated();
    const std::size_t begin = at_;
    Value parsed = [&] {
      switch (peek()) {
        case '{':
          return object();
        case '[':
          return array();
        case '"': {
          Value text;
          text.kind = Value::Kind::string;
          text.text = string();
          return text;
        }
        default:
          return word_or_number();
      }
    }();
    parsed.span = span(begin, at_);
    return parsed;
  }

  void enter() {
    if (open_.size() >= limits_.depth) {
      fail(Code::too_deep, at_, at_ + 1,
           fmt::format("more than {} nested arrays and objects", limits_.depth));
    }
    open_.push_back(at_++);
  }
  void leave() {
    ++at_;
    open_.pop_back();
  }

  Value object() {
    Value result;
    result.kind = Value::Kind::object;
    std::unordered_map<std::string, std::size_t> seen;  // looked up only, never iterated
    enter();
    for (bool first = true; next_element('}', first); first = false) {
      Member member = this->member();
      const auto [known, fresh] = seen.try_emplace(member.key, result.members.size());
      if (fresh) {
        result.members.push_back(std::move(member));
        continue;
      }
      Diagnostic& issue = report(Code::duplicate_key, member.key_span.begin, member.key_span.end,
                                 fmt::format("duplicate key \"{}\"", member.key));
      issue.pointer += "/" + escape_token(member.key);
      issue.related.push_back(
          {file_.name(), file_.position(result.members[known->second].key_span.begin), "first given here"});
    }
    leave();
    return result;
  }

  Member member() {
    Member member;
    const std::size_t begin = at_;
    if (peek() != '"') {
      fail(Code::syntax, at_, at_ + 1, fmt::format("expected a key in double quotes, found {}", shown()));
    }
    member.key = string();
    member.key_span = span(begin, at_);
    skip_space();
    if (at_end()) fail_truncated();
    if (peek() != ':')
      fail(Code::syntax, at_, at_ + 1, fmt::format("expected ':' after the key, found {}", shown()));
    ++at_;
    skip_space();
    path_.push_back(escape_token(member.key));
    member.value = value();
    path_.pop_back();
    return member;
  }

  Value array() {
    Value result;
    result.kind = Value::Kind::array;
    enter();
    for (bool first = true; next_element(']', first); first = false) {
      path_.push_back(std::to_string(result.items.size()));
      result.items.push_back(value());
      path_.pop_back();
    }
    leave();
    return result;
  }

  /// Steps over white space and the comma before an element.
  /// @return false at `close`
  bool next_element(char close, bool first) {
    skip_space();
    if (at_end()) fail_truncated();
    if (peek() == close) return false;
    if (first) return true;
    if (peek() != ',') {
      missing_comma(close);
      return true;
    }
    const std::size_t comma = at_++;
    skip_space();
    if (at_end()) fail_truncated();
    if (peek() != close) return true;
    report(Code::misplaced_comma, comma, comma + 1, fmt::format("a comma before '{}'", close))
        .suggestions.push_back({"remove it", " ", Suggestion::Safety::safe});
    return false;
  }

  void missing_comma(char close) {
    const char c = peek();
    const bool starts_value = c == '"' || c == '{' || c == '[' || (close == ']' && (c == '-' || is_word(c)));
    if (!starts_value) {
      fail(Code::syntax, at_, at_ + 1, fmt::format("expected ',' or '{}', found {}", close, shown()));
    }
    std::size_t end = at_;
    while (end > 0 && (text_[end - 1] == ' ' || text_[end - 1] == '\t' || text_[end - 1] == '\n' ||
                       text_[end - 1] == '\r')) {
      --end;
    }
    // A comment may stand between; then the comma is proposed but its place is left to a person.
    const bool plain = out_.comments.empty() || out_.comments.back().end != end;
    Diagnostic& issue =
        report(Code::misplaced_comma, plain ? end - 1 : at_, plain ? end : at_ + 1, "missing comma");
    if (plain) {
      issue.suggestions.push_back(
          {"add a comma", std::string{text_[end - 1]} + ",", Suggestion::Safety::safe});
    }
  }

  ParseLimits limits_;
};

/// What makes a text no text at all; none where it may be parsed.
std::optional<Diagnostic> check_text(const SourceFile& file, ParseLimits limits) {
  const std::string_view text = file.text();
  const auto issue = [&](Code code, std::size_t begin, std::string message) {
    const auto at = static_cast<std::uint32_t>(begin);
    return make_diagnostic(code, {&file, at, at}, std::move(message));
  };
  if (text.size() > limits.bytes) {
    return issue(Code::file_too_large, 0,
                 fmt::format("the file has {} bytes, more than the limit of {}", text.size(), limits.bytes));
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return issue(Code::not_text, 0, "the file is UTF-16 (save it as UTF-8)");
  }
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    return issue(Code::not_text, zero, "the file is binary: a zero byte");
  }
  if (const std::size_t bad = first_invalid_utf8(text); bad != std::string_view::npos) {
    return issue(Code::invalid_utf8, bad, "not valid UTF-8");
  }
  return std::nullopt;
}

}  // namespace

ParsedText parse_jsonc(std::shared_ptr<const SourceFile> source, ParseLimits limits) {
  ParsedText out;
  out.source = std::move(source);
  if (auto unusable = check_text(*out.source, limits)) {
    out.issues.push_back(std::move(*unusable));
  } else {
    Parser{out, limits}.parse();
  }
  return out;
}

}  // namespace planner
