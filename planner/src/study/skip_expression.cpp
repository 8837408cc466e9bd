#include "study/skip_expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace planner {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr int deepest = 50;  ///< parentheses: bounds the recursion

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

class Parser {
 public:
  Parser(std::string_view text, const std::vector<SweepAxis>& axes) : text_{text}, axes_{axes} {}

  SkipRule whole() {
    SkipRule rule = any();
    skip_spaces();
    if (at_ < text_.size()) refuse("expected && or ||");
    return rule;
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw SkipError{fmt::format("{} at column {} of \"{}\"", what, at_ + 1, text_)};
  }

  void skip_spaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool take(std::string_view token) {
    skip_spaces();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }

  SkipRule any() {
    SkipRule rule{.kind = SkipRule::Kind::any};
    do {
      rule.operands.push_back(all());
    } while (take("||"));
    return rule;
  }

  SkipRule all() {
    SkipRule rule{.kind = SkipRule::Kind::all};
    do {
      rule.operands.push_back(term());
    } while (take("&&"));
    return rule;
  }

  SkipRule term() {
    if (depth_ == deepest) refuse("too many parentheses");
    ++depth_;
    SkipRule rule;
    if (take("!")) {
      rule = {.kind = SkipRule::Kind::none, .operands = {term()}};
    } else if (take("(")) {
      rule = any();
      if (!take(")")) refuse("expected )");
    } else {
      rule = comparison();
    }
    --depth_;
    return rule;
  }

  std::size_t axis() {
    skip_spaces();
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name(text_[at_])) ++at_;
    const std::string name{text_.substr(begin, at_ - begin)};
    const auto found = std::ranges::find(axes_, name, &SweepAxis::name);
    if (found != axes_.end()) return static_cast<std::size_t>(found - axes_.begin());
    at_ = begin;
    std::string known;
    for (const SweepAxis& one : axes_) known += (known.empty() ? "" : ", ") + one.name;
    refuse(fmt::format("expected an axis ({})", known));
  }

  SkipRule comparison() {
    const std::size_t which = axis();
    // The longer signs first: `<=` begins with `<`.
    static constexpr std::array signs{"<=", ">=", "==", "!=", "<", ">"};
    const auto sign = std::ranges::find_if(signs, [&](const char* one) { return take(one); });
    if (sign == signs.end()) refuse("expected <, <=, >, >=, == or !=");
    skip_spaces();
    SkipRule rule = at_ < text_.size() && text_[at_] == '"' ? equals_text(which, *sign) : range(which, *sign);
    if (std::string_view{*sign} != "!=") return rule;
    return {.kind = SkipRule::Kind::none, .operands = {std::move(rule)}};
  }

  SkipRule equals_text(std::size_t which, std::string_view sign) {
    if (sign != "==" && sign != "!=") refuse("texts are compared by == and != only");
    const std::size_t end = text_.find('"', at_ + 1);
    if (end == std::string_view::npos) refuse("expected a closing \"");
    SkipRule rule{.kind = SkipRule::Kind::text, .axis = which};
    rule.label = std::string{text_.substr(at_ + 1, end - at_ - 1)};
    at_ = end + 1;
    return rule;
  }

  SkipRule range(std::size_t which, std::string_view sign) {
    double value = 0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (error != std::errc{} || !std::isfinite(value)) refuse("expected a number or a text in quotes");
    at_ = static_cast<std::size_t>(end - text_.data());
    expect_unit(which);
    SkipRule rule{.kind = SkipRule::Kind::range, .axis = which, .least = value, .most = value};
    if (sign.front() == '<') rule.least = -infinite;
    if (sign.front() == '>') rule.most = infinite;
    if (sign == "<") rule.most = std::nextafter(value, -infinite);
    if (sign == ">") rule.least = std::nextafter(value, infinite);
    return rule;
  }

  /// `20 ms` against an axis in `s` would compare 20 with the wrong number.
  void expect_unit(std::size_t which) {
    const std::size_t begin = at_;
    skip_spaces();
    const std::size_t unit_begin = at_;
    constexpr std::string_view ends = " &|)";
    while (at_ < text_.size() && ends.find(text_[at_]) == std::string_view::npos) ++at_;
    const std::string_view unit = text_.substr(unit_begin, at_ - unit_begin);
    if (unit.empty()) {
      at_ = begin;
      return;
    }
    for (const AxisValue& value : axes_[which].values) {
      if (value.label.ends_with(std::string{' '}.append(unit))) continue;
      at_ = unit_begin;
      refuse(fmt::format("axis \"{}\" has \"{}\", which is not in {}", axes_[which].name, value.label, unit));
    }
  }

  std::string_view text_;
  const std::vector<SweepAxis>& axes_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

std::variant<SkipRule, SkipError> parse_skip(std::string_view text, const std::vector<SweepAxis>& axes) {
  try {
    return Parser{text, axes}.whole();
  } catch (const SkipError& error) {
    return error;
  }
}

}  // namespace planner
