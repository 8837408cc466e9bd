#include "text/jsonc_scanner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "read/issues.hpp"
#include "text/utf8.hpp"

namespace planner {

Span JsoncScanner::span(std::size_t begin, std::size_t end) const {
  return {&file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(std::min(end, text_.size()))};
}

Diagnostic& JsoncScanner::report(Code code, std::size_t begin, std::size_t end, std::string message) {
  // A text with this many faults is no scenario, and a hostile one must not fill the memory with reports.
  constexpr std::size_t enough = 100;
  if (out_.issues.size() >= enough) throw GiveUp{};
  out_.issues.push_back(make_diagnostic(code, span(begin, end), std::move(message)));
  for (const std::string& token : path_) out_.issues.back().pointer += "/" + token;
  return out_.issues.back();
}

void JsoncScanner::fail(Code code, std::size_t begin, std::size_t end, std::string message) {
  report(code, begin, end, std::move(message));
  throw GiveUp{};
}

void JsoncScanner::fail_truncated() {
  Diagnostic& issue = report(Code::truncated, at_, at_, "the file ends in the middle of the document");
  if (!open_.empty()) {
    issue.related.push_back({file_.name(), file_.position(open_.back()), "opened here, not closed"});
  }
  throw GiveUp{};
}

void JsoncScanner::skip_space() {
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

void JsoncScanner::comment() {
  const std::size_t begin = at_;
  const std::string_view opening = text_.substr(at_, 2);
  if (opening == "//") {
    at_ = std::min(text_.find('\n', at_), text_.size());
    const std::size_t end = text_[at_ - 1] == '\r' ? at_ - 1 : at_;
    out_.comments.push_back(span(begin, end));
  } else if (opening == "/*") {
    const std::size_t close = text_.find("*/", at_ + 2);
    if (close == std::string_view::npos) fail(Code::truncated, begin, begin + 2, "the comment is not closed");
    at_ = close + 2;
    out_.comments.push_back(span(begin, at_));
  } else {
    fail(Code::syntax, begin, begin + 1, "unexpected '/' (comments are // and /* */)");
  }
}

bool JsoncScanner::is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

namespace {

bool is_number_like(std::string_view word) {
  if (word.starts_with('-') || word.starts_with('+')) word.remove_prefix(1);
  return !word.empty() && ((word[0] >= '0' && word[0] <= '9') || word[0] == '.' || word == "NaN" ||
                           word == "nan" || word == "Infinity" || word == "inf");
}

bool matches_number_grammar(std::string_view word) {
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

}  // namespace

Value JsoncScanner::word_or_number() {
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

Value JsoncScanner::number(std::string_view word, std::size_t begin) {
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

std::string JsoncScanner::string() {
  const std::size_t begin = at_++;
  std::string decoded;
  while (true) {
    const std::size_t plain_end = std::min(text_.find_first_of("\"\\\n\r", at_), text_.size());
    append_plain(decoded, plain_end);
    if (at_end() || peek() == '\n' || peek() == '\r') {
      fail(at_end() ? Code::truncated : Code::bad_string, begin, at_, "the string is not closed on its line");
    }
    if (peek() == '"') break;
    append_escape(decoded);
  }
  ++at_;
  return decoded;
}

void JsoncScanner::append_plain(std::string& decoded, std::size_t end) {
  for (std::size_t i = at_; i < end; ++i) {
    if (static_cast<unsigned char>(text_[i]) < 0x20) {
      at_ = i;
      fail(Code::bad_string, i, i + 1, "a control character in a string (write it as \\u00XX)");
    }
  }
  decoded.append(text_.substr(at_, end - at_));
  at_ = end;
}

void JsoncScanner::append_escape(std::string& decoded) {
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
    if (low < 0xDC00 || low > 0xDFFF) fail(Code::bad_string, begin, at_, "half a surrogate pair in a string");
    code_point = 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00);
  }
  if (code_point >= 0xD800 && code_point <= 0xDFFF) {
    fail(Code::bad_string, begin, at_, "half a surrogate pair in a string");
  }
  append_utf8(decoded, code_point);
}

std::uint32_t JsoncScanner::hex4(std::size_t begin) {
  std::uint32_t code_point = 0;
  const std::string_view digits = text_.substr(std::min(at_, text_.size()), 4);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code_point, 16);
  if (error != std::errc{} || end != digits.data() + 4) {
    fail(Code::bad_string, begin, at_, "\\u needs four hexadecimal digits");
  }
  at_ += 4;
  return code_point;
}

std::string JsoncScanner::shown() const {
  if (at_end()) return "the end of the file";
  return fmt::format("'{}'", first_code_point(text_.substr(at_)));
}

}  // namespace planner
