#include "planner/jsonc.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <unordered_map>

#include "issues.hpp"
#include "utf8.hpp"

namespace planner {
namespace {

/// Ends the parse; the issue is recorded already.
struct GiveUp {};

class Parser {
 public:
  Parser(ParsedText& out, ParseLimits limits)
      : out_{out}, file_{*out.source}, text_{file_.text()}, limits_{limits} {}

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
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {&file_, static_cast<std::uint32_t>(begin),
            static_cast<std::uint32_t>(std::min(end, text_.size()))};
  }

  Diagnostic& report(Code code, std::size_t begin, std::size_t end, std::string message) {
    out_.issues.push_back(make_diagnostic(code, span(begin, end), std::move(message)));
    out_.issues.back().pointer = pointer();
    return out_.issues.back();
  }
  [[noreturn]] void fail(Code code, std::size_t begin, std::size_t end, std::string message) {
    report(code, begin, end, std::move(message));
    throw GiveUp{};
  }
  [[noreturn]] void fail_truncated() {
    Diagnostic& issue = report(Code::truncated, at_, at_, "the file ends in the middle of the document");
    if (!open_.empty()) {
      issue.related.push_back({file_.name(), file_.position(open_.back()), "opened here, not closed"});
    }
    throw GiveUp{};
  }

  [[nodiscard]] std::string pointer() const {
    std::string joined;
    for (const std::string& token : path_) joined += "/" + token;
    return joined;
  }

  void skip_space() {
    while (!at_end()) {
      const char c = text_[at_];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
        ++at_;
      else if (c == '/')
        comment();
      else
        return;
    }
  }

  void comment() {
    const std::size_t begin = at_;
    const std::string_view opening = text_.substr(at_, 2);
    if (opening == "//") {
      at_ = std::min(text_.find('\n', at_), text_.size());
      const std::size_t end = text_[at_ - 1] == '\r' ? at_ - 1 : at_;
      out_.comments.push_back(span(begin, end));
    } else if (opening == "/*") {
      const std::size_t close = text_.find("*/", at_ + 2);
      if (close == std::string_view::npos)
        fail(Code::truncated, begin, begin + 2, "the comment is not closed");
      at_ = close + 2;
      out_.comments.push_back(span(begin, at_));
    } else {
      fail(Code::syntax, begin, begin + 1, "unexpected '/' (comments are // and /* */)");
    }
  }

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

  static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  Value word_or_number() {
    const std::size_t begin = at_;
    while (!at_end() && (is_word(peek()) || peek() == '-' || peek() == '+' || peek() == '.')) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    Value value;
    if (word == "null") return value;
    if (word == "true" || word == "false") {
      value.kind = Value::Kind::boolean;
      value.boolean = word == "true";
      return value;
    }
    if (word.empty()) fail(Code::syntax, at_, at_ + 1, fmt::format("expected a value, found {}", shown()));
    if (is_number_like(word)) return number(word, begin);
    at_ = begin;
    fail(Code::syntax, begin, begin + word.size(),
         fmt::format("\"{}\" is no JSON value (texts need double quotes)", word.substr(0, 40)));
  }

  static bool is_number_like(std::string_view word) {
    if (word.starts_with('-') || word.starts_with('+')) word.remove_prefix(1);
    return !word.empty() && ((word[0] >= '0' && word[0] <= '9') || word[0] == '.' || word == "NaN" ||
                             word == "nan" || word == "Infinity" || word == "inf");
  }

  Value number(std::string_view word, std::size_t begin) {
    Value value;
    value.kind = Value::Kind::number;
    value.text = std::string{word};
    if (!matches_number_grammar(word)) {
      report(Code::bad_number, begin, at_, fmt::format("\"{}\" is no JSON number", word.substr(0, 40)));
      value.text = "0";
      return value;
    }
    const auto error = std::from_chars(word.data(), word.data() + word.size(), value.number).ec;
    if (error == std::errc::result_out_of_range) {
      report(Code::bad_number, begin, at_, "the number does not fit a double (1e-308 to 1e308)");
      value.text = "0";
    }
    return value;
  }

  static bool matches_number_grammar(std::string_view word) {
    const auto digits = [&word] {
      std::size_t count = 0;
      while (count < word.size() && word[count] >= '0' && word[count] <= '9') ++count;
      word.remove_prefix(count);
      return count;
    };
    if (word.starts_with('-')) word.remove_prefix(1);
    if (word.starts_with('0'))
      word.remove_prefix(1);
    else if (digits() == 0)
      return false;
    if (word.starts_with('.')) {
      word.remove_prefix(1);
      if (digits() == 0) return false;
    }
    if (word.starts_with('e') || word.starts_with('E')) {
      word.remove_prefix(1);
      if (word.starts_with('+') || word.starts_with('-')) word.remove_prefix(1);
      if (digits() == 0) return false;
    }
    return word.empty();
  }

  std::string string() {
    const std::size_t begin = at_++;
    std::string decoded;
    while (true) {
      const std::size_t plain_end = std::min(text_.find_first_of("\"\\\n\r", at_), text_.size());
      append_plain(decoded, plain_end);
      if (at_end() || peek() == '\n' || peek() == '\r') {
        fail(at_end() ? Code::truncated : Code::bad_string, begin, at_,
             "the string is not closed on its line");
      }
      if (peek() == '"') break;
      append_escape(decoded);
    }
    ++at_;
    return decoded;
  }

  void append_plain(std::string& decoded, std::size_t end) {
    for (std::size_t i = at_; i < end; ++i) {
      if (static_cast<unsigned char>(text_[i]) < 0x20) {
        at_ = i;
        fail(Code::bad_string, i, i + 1, "a control character in a string (write it as \\u00XX)");
      }
    }
    decoded.append(text_.substr(at_, end - at_));
    at_ = end;
  }

  void append_escape(std::string& decoded) {
    static constexpr std::string_view names = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const std::size_t begin = at_++;
    if (at_end()) fail_truncated();
    const char c = text_[at_++];
    if (const std::size_t found = names.find(c); found != std::string_view::npos) {
      decoded += meanings[found];
      return;
    }
    if (c != 'u') fail(Code::bad_string, begin, at_, "an unknown escape in a string");
    std::uint32_t code_point = hex4(begin);
    if (code_point >= 0xD800 && code_point < 0xDC00 && text_.substr(at_, 2) == "\\u") {
      at_ += 2;
      const std::uint32_t low = hex4(begin);
      if (low < 0xDC00 || low > 0xDFFF)
        fail(Code::bad_string, begin, at_, "half a surrogate pair in a string");
      code_point = 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00);
    }
    if (code_point >= 0xD800 && code_point <= 0xDFFF) {
      fail(Code::bad_string, begin, at_, "half a surrogate pair in a string");
    }
    append_utf8(decoded, code_point);
  }

  std::uint32_t hex4(std::size_t begin) {
    std::uint32_t code_point = 0;
    const std::string_view digits = text_.substr(std::min(at_, text_.size()), 4);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code_point, 16);
    if (error != std::errc{} || end != digits.data() + 4) {
      fail(Code::bad_string, begin, at_, "\\u needs four hexadecimal digits");
    }
    at_ += 4;
    return code_point;
  }

  [[nodiscard]] std::string shown() const {
    if (at_end()) return "the end of the file";
    return fmt::format("'{}'", first_code_point(text_.substr(at_)));
  }

  ParsedText& out_;
  const SourceFile& file_;
  std::string_view text_;
  ParseLimits limits_;
  std::size_t at_ = 0;
  std::vector<std::size_t> open_;  // bytes where the arrays and objects around `at_` open
  std::vector<std::string> path_;  // pointer tokens to `at_`
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
