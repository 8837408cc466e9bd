#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "planner/diagnostic.hpp"
#include "planner/expression.hpp"
#include "study/metrics.hpp"

namespace planner {
namespace {

using Kind = Expression::Kind;

constexpr int deepest = 64;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '.'; }
/// The Greek letter of `µs` is two bytes beyond ASCII.
bool is_unit(char c) {
  return is_letter(c) || is_digit(c) || c == '%' || c == '/' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_{text} {}

  Expression whole_expression() {
    Expression expression = sum();
    skip_space();
    if (!at_end()) fail(at_, text_.size(), fmt::format("\"{}\" cannot follow here", text_.substr(at_)));
    return expression;
  }

  Comparison comparison() {
    Comparison result;
    result.left = sum();
    skip_space();
    const std::size_t from = at_;
    if (take("<=")) {
      result.relation = Comparison::Relation::at_most;
    } else if (take(">=")) {
      result.relation = Comparison::Relation::at_least;
    } else if (take("<")) {
      result.relation = Comparison::Relation::below;
    } else if (take(">")) {
      result.relation = Comparison::Relation::above;
    } else {
      fail(at_end() ? 0 : from, text_.size(),
           "a comparison is due: an expression, <=, <, >= or >, an expression");
    }
    result.right = whole_expression();
    agree(result.left, result.right, "compared with");
    return result;
  }

 private:
  [[noreturn]] static void fail(std::size_t begin, std::size_t end, std::string message,
                                Code code = Code::bad_expression, std::vector<std::string> proposals = {}) {
    throw ExpressionError{code, std::move(message), static_cast<std::uint32_t>(begin),
                          static_cast<std::uint32_t>(std::max(begin + 1, end)), std::move(proposals)};
  }

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  void skip_space() {
    while (peek() == ' ') ++at_;
  }
  bool take(std::string_view token) {
    skip_space();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  /// Looks past spaces without taking them.
  [[nodiscard]] bool next_is(char wanted) const {
    const std::size_t next = text_.find_first_not_of(' ', at_);
    return next != std::string_view::npos && text_[next] == wanted;
  }
  void expect(std::string_view token, std::string_view where) {
    if (take(token)) return;
    fail(at_, at_ + 1, fmt::format("\"{}\" is due {}", token, where));
  }

  static Expression node(Kind kind, std::vector<Expression> operands, UnitPowers powers) {
    Expression result;
    result.kind = kind;
    result.powers = powers;
    result.begin = operands.front().begin;
    result.end = operands.back().end;
    result.operands = std::move(operands);
    return result;
  }

  Expression sum() {
    if (++depth_ > deepest) fail(at_, at_ + 1, fmt::format("more than {} nested parentheses", deepest));
    Expression left = product();
    for (;;) {
      const bool plus = take("+");
      if (!plus && !take("-")) break;
      Expression right = product();
      agree(left, right, plus ? "added to" : "subtracted from", true);
      const UnitPowers powers = left.powers;
      left = node(plus ? Kind::add : Kind::subtract, {std::move(left), std::move(right)}, powers);
    }
    --depth_;
    return left;
  }

  Expression product() {
    Expression left = factor();
    for (;;) {
      const bool times = take("*");
      if (!times && !take("/")) return left;
      Expression right = factor();
      if (!times && is_zero(right)) fail(right.begin, right.end, "the divisor is 0");
      UnitPowers powers = left.powers;
      for (std::size_t i = 0; i < powers.size(); ++i) powers[i] += (times ? 1 : -1) * right.powers[i];
      left = node(times ? Kind::multiply : Kind::divide, {std::move(left), std::move(right)}, powers);
    }
  }

  static bool is_zero(const Expression& expression) {
    if (!is_constant(expression)) return false;
    const auto result = evaluate(expression, {}, nullptr);
    const Sections* known = std::get_if<Sections>(&result);
    return known != nullptr && known->overall == 0;
  }

  Expression factor() {
    skip_space();
    const std::size_t from = at_;
    if (take("-")) {
      if (++depth_ > deepest) fail(at_, at_ + 1, fmt::format("more than {} signs", deepest));
      Expression operand = factor();
      --depth_;
      const UnitPowers powers = operand.powers;
      Expression negated = node(Kind::negate, {std::move(operand)}, powers);
      negated.begin = static_cast<std::uint32_t>(from);
      return negated;
    }
    if (take("(")) {
      Expression inner = sum();
      expect(")", "to close the parenthesis");
      return inner;
    }
    if (is_digit(peek())) return number();
    if (is_letter(peek())) return named();
    fail(at_, at_ + 1,
         at_end() ? "the expression ends too early: a number or a metric is due"
                  : "a number, a metric or a parenthesis is due");
  }

  Expression number() {
    Expression result;
    result.begin = static_cast<std::uint32_t>(at_);
    const char* const first = text_.data() + at_;
    const auto [last, error] = std::from_chars(first, text_.data() + text_.size(), result.number);
    if (error != std::errc{}) fail(at_, at_ + 1, "this is no number");
    at_ += static_cast<std::size_t>(last - first);
    result.end = static_cast<std::uint32_t>(at_);
    const std::size_t before = at_;
    skip_space();
    if (!is_unit(peek()) || peek() == '/' || peek() == '-' || is_digit(peek())) {
      at_ = before;
      return result;
    }
    read_unit(result);
    return result;
  }

  /// The longest piece that is a unit: in `50 ms-x` the minus is none of it.
  void read_unit(Expression& number) {
    std::size_t end = at_;
    while (end < text_.size() && is_unit(text_[end])) ++end;
    const std::string_view written = text_.substr(at_, end - at_);
    for (std::string_view piece = written;;) {
      const std::optional<UnitInfo> unit = find_unit(piece);
      if (unit && !divides_by_no_metric(at_ + piece.size())) {
        number.unit = std::string{piece};
        number.powers = unit->powers;
        number.number = number.number * unit->numerator / unit->denominator;
        at_ += piece.size();
        number.end = static_cast<std::uint32_t>(at_);
        return;
      }
      const std::size_t cut = piece.find_last_of("/-");
      if (cut == std::string_view::npos) break;
      piece = piece.substr(0, cut);
    }
    fail(number.begin, end, fmt::format("unknown unit \"{}\"", written), Code::unknown_unit,
         unit_proposals(number.number, written));
  }

  /// Whether `/word` stands at `from` where the word is neither metric nor function: `/year` of `5 USD/year`.
  [[nodiscard]] bool divides_by_no_metric(std::size_t from) const {
    if (from + 1 >= text_.size() || text_[from] != '/' || !is_letter(text_[from + 1])) return false;
    std::size_t end = from + 1;
    while (end < text_.size() && is_name(text_[end])) ++end;
    const std::size_t next = std::min(text_.find_first_not_of(' ', end), text_.size());
    const bool is_function = next < text_.size() && text_[next] == '(';
    return !is_function && find_family(text_.substr(from + 1, end - from - 1)) == nullptr;
  }

  /// Quantities with the units that begin as `written` does (`USD/...`), likeliest first, else with the
  /// nearest.
  static std::vector<std::string> unit_proposals(double number, std::string_view written) {
    const std::string_view head = written.substr(0, written.find('/') + 1);
    std::vector<std::string> known{"USD/month", "kWh/month", "kgCO2e/month"}, proposals;
    for (const DimensionInfo& dimension : all_dimensions())
      known.insert(known.end(), dimension.proposals.begin(), dimension.proposals.end());
    for (const std::string& unit : known) {
      const std::string proposal = fmt::format("{} {}", number, unit);
      const bool is_new = std::ranges::find(proposals, proposal) == proposals.end();
      if (!head.empty() && unit.starts_with(head) && is_new && proposals.size() < 2)
        proposals.push_back(proposal);
    }
    const std::string_view near = nearest_word(written, known);
    if (proposals.empty() && !near.empty()) proposals.push_back(fmt::format("{} {}", number, near));
    return proposals;
  }

  std::string name() {
    const std::size_t from = at_;
    while (is_name(peek())) ++at_;
    return std::string{text_.substr(from, at_ - from)};
  }

  Expression named() {
    const std::size_t from = at_;
    std::string word = name();
    if (next_is('(')) return call(word, from);
    Expression result = metric(std::move(word), from, {});
    result.powers = powers_of(result);
    return result;
  }

  Expression call(const std::string& function, std::size_t from) {
    const std::size_t name_end = from + function.size();
    expect("(", "behind the function");
    Expression result;
    if (function == "delta" || function == "difference") {
      result = against_baseline(function == "delta" ? Kind::change : Kind::difference);
    } else if (function == "min" || function == "max") {
      result = extreme(function == "min" ? Kind::least : Kind::greatest);
    } else {
      const auto& known = ladder_statistics();
      if (function != "ratio" && std::ranges::find(known, function) == known.end())
        unknown_function(function, from);
      skip_space();
      const std::size_t inner = at_;
      if (!is_letter(peek())) fail(at_, at_ + 1, fmt::format("a metric is due in {}( )", function));
      result = metric(name(), inner, function);
      result.powers = powers_of(result);
    }
    expect(")", fmt::format("to close {}(", function));
    result.begin = static_cast<std::uint32_t>(from);
    result.end = static_cast<std::uint32_t>(std::max(at_, name_end));
    return result;
  }

  [[noreturn]] void unknown_function(const std::string& function, std::size_t from) const {
    std::vector<std::string> names = ladder_statistics();
    names.insert(names.end(), {"ratio", "delta", "difference", "min", "max"});
    const std::string_view near = nearest_word(function, names);
    std::vector<std::string> proposals;
    if (!near.empty()) proposals.emplace_back(near);
    fail(from, from + function.size(),
         fmt::format("unknown function \"{}\" (there are {})", function, fmt::join(names, ", ")),
         Code::unknown_metric, std::move(proposals));
  }

  Expression against_baseline(Kind kind) {
    Expression operand = sum();
    if (uses_baseline(operand))
      fail(operand.begin, operand.end, "a comparison with the baseline cannot be nested");
    expect(",", "before \"baseline\"");
    skip_space();
    const std::size_t from = at_;
    if (name() != "baseline") {
      fail(from, at_, "only \"baseline\" can be compared with", Code::bad_expression, {"baseline"});
    }
    const UnitPowers powers = kind == Kind::change ? UnitPowers{} : operand.powers;
    return node(kind, {std::move(operand)}, powers);
  }

  Expression extreme(Kind kind) {
    Expression a = sum();
    expect(",", "between the two");
    Expression b = sum();
    agree(a, b, "weighed against");
    const UnitPowers powers = a.powers;
    return node(kind, {std::move(a), std::move(b)}, powers);
  }

  /// Of the metric's unit; its name, statistic and selectors are checked.
  UnitPowers powers_of(const Expression& expression) {
    const Metric& metric = expression.metric;
    const std::size_t begin = expression.begin, end = begin + metric.name.size();
    const MetricFamily* family = find_family(metric.name);
    if (family == nullptr) {
      const std::vector<std::string> names = metric_names();
      const std::string_view near = nearest_word(metric.name, names);
      std::vector<std::string> proposals;
      if (!near.empty()) proposals.emplace_back(near);
      fail(begin, end,
           fmt::format("unknown metric \"{}\" (there are {})", metric.name, fmt::join(names, ", ")),
           Code::unknown_metric, std::move(proposals));
    }
    check_statistic(metric, *family, begin, end);
    for (const auto& [key, value] : metric.selectors) {
      if (std::ranges::find(family->selectors, key) != family->selectors.end()) continue;
      fail(begin, expression.end,
           family->selectors.empty() ? fmt::format("\"{}\" takes no selectors", metric.name)
                                     : fmt::format("\"{}\" is selected by {}, not by \"{}\"", metric.name,
                                                   fmt::join(family->selectors, ", "), key),
           Code::unknown_metric);
    }
    if (metric.selectors.contains("population") && metric.selectors.contains("site")) {
      fail(begin, expression.end, "results are kept by population or by site, not by both",
           Code::unknown_metric);
    }
    return family->unit == "1" ? UnitPowers{} : find_unit(family->unit)->powers;
  }

  static void check_statistic(const Metric& metric, const MetricFamily& family, std::size_t begin,
                              std::size_t end) {
    using enum MetricFamily::Statistics;
    const bool is_ratio = metric.statistic == "ratio", is_plain = metric.statistic.empty();
    if (family.statistics == none && !is_plain) {
      fail(begin, end,
           fmt::format("\"{}\" is one number: {}( ) cannot be taken of it", metric.name, metric.statistic),
           Code::unknown_metric);
    }
    if (family.statistics == ratio && !is_ratio) {
      fail(begin, end, fmt::format("\"{0}\" is counted: write ratio({0}{{...}}), its share", metric.name),
           Code::unknown_metric);
    }
    if (family.statistics == quantiles && (is_plain || is_ratio)) {
      fail(begin, end,
           fmt::format("say which statistic of \"{0}\": p99({0}{{...}}), mean({0}{{...}})", metric.name),
           Code::unknown_metric);
    }
  }

  Expression metric(std::string word, std::size_t from, std::string statistic) {
    Expression result;
    result.kind = Kind::metric;
    result.metric.name = std::move(word);
    result.metric.statistic = std::move(statistic);
    result.begin = static_cast<std::uint32_t>(from);
    if (next_is('{')) read_selectors(result.metric);
    result.end = static_cast<std::uint32_t>(at_);
    return result;
  }

  void read_selectors(Metric& metric) {
    expect("{", "before the selectors");
    if (take("}")) return;
    do {
      skip_space();
      const std::size_t from = at_;
      const std::string key = name();
      if (key.empty()) fail(at_, at_ + 1, "a selector is due, such as flow=frame");
      expect("=", fmt::format("behind \"{}\"", key));
      const std::string value = selector_value();
      if (!metric.selectors.emplace(key, value).second)
        fail(from, at_, fmt::format("\"{}\" is selected twice", key));
    } while (take(","));
    expect("}", "to close the selectors");
  }

  std::string selector_value() {
    skip_space();
    const std::size_t from = at_;
    while (!at_end() && peek() != ',' && peek() != '}' && peek() != '{') ++at_;
    std::string_view value = text_.substr(from, at_ - from);
    while (value.ends_with(' ')) value.remove_suffix(1);
    if (value.empty()) fail(from, from + 1, "an id is due behind \"=\"");
    return std::string{value};
  }

  /// Both must be of the same dimension; the fault is shown at the right one, or at a bare number.
  static void agree(const Expression& left, const Expression& right, std::string_view verb,
                    bool turned = false) {
    if (left.powers == right.powers) return;
    for (const auto& [bare, other] : {std::pair{&right, &left}, std::pair{&left, &right}}) {
      if (bare->kind == Kind::number && bare->unit.empty()) missing_unit(*bare, other->powers);
    }
    const Expression& first = turned ? right : left;
    const Expression& second = turned ? left : right;
    fail(right.begin, right.end,
         fmt::format("{} cannot be {} {}", title_of(first.powers), verb, title_of(second.powers)),
         Code::wrong_dimension);
  }

  [[noreturn]] static void missing_unit(const Expression& number, const UnitPowers& due) {
    std::vector<std::string> proposals;
    for (const DimensionInfo& dimension : all_dimensions()) {
      if (dimension.unit.empty() || find_unit(dimension.unit)->powers != due) continue;
      for (const std::string_view unit : dimension.proposals)
        proposals.push_back(fmt::format("{} {}", number.number, unit));
    }
    fail(number.begin, number.end, fmt::format("{} has no unit, but {} is due", number.number, title_of(due)),
         Code::missing_unit, std::move(proposals));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

std::variant<Expression, ExpressionError> parse_expression(std::string_view text) {
  try {
    return Parser{text}.whole_expression();
  } catch (const ExpressionError& error) {
    return error;
  }
}

std::variant<Comparison, ExpressionError> parse_comparison(std::string_view text) {
  try {
    return Parser{text}.comparison();
  } catch (const ExpressionError& error) {
    return error;
  }
}

}  // namespace planner
