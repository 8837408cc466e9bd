#include "planner/expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "planner/diagnostic.hpp"
#include "study/metrics.hpp"

namespace planner {
namespace {

using Kind = Expression::Kind;

bool any_node(const Expression& expression, bool (*test)(const Expression&)) {
  if (test(expression)) return true;
  return std::ranges::any_of(expression.operands,
                             [&](const Expression& operand) { return any_node(operand, test); });
}

double applied(Kind kind, double a, double b) {
  switch (kind) {
    case Kind::add:
      return a + b;
    case Kind::subtract:
    case Kind::difference:
      return a - b;
    case Kind::multiply:
      return a * b;
    case Kind::divide:
      return a / b;
    case Kind::least:
      return std::min(a, b);
    case Kind::greatest:
      return std::max(a, b);
    case Kind::change:
      return (a - b) / b;
    default:
      return a;
  }
}

/// What two figures give, replication by replication. Of unequally many, those that both have count.
Sections combined(Kind kind, const Sections& a, const Sections& b) {
  Sections result;
  const std::size_t common = std::min(a.own.size(), b.own.size());
  double sum = 0;
  int known = 0;
  for (std::size_t i = 0; i < common; ++i) {
    std::optional<double>& own = result.own.emplace_back();
    if (!a.own[i] || !b.own[i]) continue;
    const double value = applied(kind, *a.own[i], *b.own[i]);
    if (!std::isfinite(value)) continue;
    own = value;
    sum += value;
    ++known;
  }
  const bool same_replications = a.own.size() == b.own.size();
  result.overall = same_replications || known == 0 ? applied(kind, a.overall, b.overall) : sum / known;
  return result;
}

/// Whether the key of a pool's figure is one that the metric's selectors leave.
bool selects(const Metric& metric, const std::string& key) {
  const std::string start =
      metric.statistic.empty() ? metric.name + "{" : metric.statistic + "(" + metric.name + "{";
  return key.starts_with(start) && std::ranges::all_of(metric.selectors, [&](const auto& selector) {
           const std::string wanted = selector.first + "=" + selector.second;
           return key.find("{" + wanted + ",") != std::string::npos ||
                  key.find("," + wanted + ",") != std::string::npos ||
                  key.find("," + wanted + "}") != std::string::npos;
         });
}

/// Metrics that stand for the highest of several pools or queues.
bool is_highest(const Metric& metric) {
  return metric.name == "utilization" || metric.name == "cold" || metric.name.starts_with("queue.");
}

class Evaluator {
 public:
  Evaluator(const FigureTable& table, const FigureTable* baseline) : table_{table}, baseline_{baseline} {
    for (const FigureTable* given : {&table_, baseline_}) {
      if (given == nullptr) continue;
      for (const auto& [key, figure] : *given)
        replications_ = std::max(replications_, figure.sections.own.size());
    }
  }

  Sections value(const Expression& node) const {
    switch (node.kind) {
      case Kind::number:
        return constant(node.number);
      case Kind::metric:
        return metric(node.metric, table_);
      case Kind::negate:
        return checked(combined(Kind::subtract, constant(0), value(node.operands[0])));
      case Kind::change:
      case Kind::difference:
        return checked(combined(node.kind, value(node.operands[0]), of_baseline(node.operands[0])));
      default:
        return checked(combined(node.kind, value(node.operands[0]), value(node.operands[1])));
    }
  }

 private:
  /// The same in every replication.
  [[nodiscard]] Sections constant(double number) const {
    return {number, std::vector<std::optional<double>>(replications_, number)};
  }

  [[nodiscard]] Sections of_baseline(const Expression& node) const {
    if (baseline_ == nullptr) throw NoValue{"the baseline was not simulated"};
    return Evaluator{*baseline_, nullptr}.value(node);
  }

  static Sections checked(Sections sections) {
    if (!std::isfinite(sections.overall)) throw NoValue{"a division by 0"};
    return sections;
  }

  static Sections metric(const Metric& metric, const FigureTable& table) {
    if (is_highest(metric)) return highest(metric, table);
    const auto found = table.find(metric.key());
    if (found == table.end()) throw NoValue{"there is no result for " + metric.key()};
    return in_base_units(found->second);
  }

  /// The highest of the pools or queues that the selectors leave.
  static Sections highest(const Metric& metric, const FigureTable& table) {
    std::optional<Sections> result;
    for (const auto& [key, figure] : table) {
      if (!selects(metric, key)) continue;
      const Sections more = in_base_units(figure);
      result = result ? combined(Kind::greatest, *result, more) : more;
    }
    if (!result) throw NoValue{"there is no result for " + metric.key()};
    return *result;
  }

  static Sections in_base_units(const Figure& figure) {
    if (figure.unit == "1") return figure.sections;
    const std::optional<UnitInfo> unit = find_unit(figure.unit);
    if (!unit) throw NoValue{"a result has the unknown unit " + figure.unit};
    Sections sections = figure.sections;
    const auto convert = [&](double value) { return value * unit->numerator / unit->denominator; };
    sections.overall = convert(sections.overall);
    for (auto& own : sections.own) {
      if (own) own = convert(*own);
    }
    return sections;
  }

  const FigureTable& table_;
  const FigureTable* baseline_;
  std::size_t replications_ = 0;
};

/// Bounds of an expression from those of its shares.
class ShareBounds {
 public:
  ShareBounds(const FigureTable& table, const FigureTable* baseline) : table_{table}, baseline_{baseline} {}

  /// Shares in the expression, those of the baseline included.
  [[nodiscard]] std::size_t count(const Expression& node) const {
    std::size_t shares = 0;
    for (const std::string& key : keys_read(node, table_)) shares += table_.at(key).trials ? 1 : 0;
    if (baseline_ != nullptr && uses_baseline(node)) {
      for (const std::string& key : keys_read(node, *baseline_)) shares += baseline_->at(key).trials ? 1 : 0;
    }
    return shares;
  }

  /// @param error  of each bound of each share
  [[nodiscard]] std::optional<sim::Interval> bounds(const Expression& node, double error) const {
    switch (node.kind) {
      case Kind::number:
        return sim::Interval{node.number, node.number};
      case Kind::metric:
        return metric(node, error);
      case Kind::negate:
        return both(Kind::subtract, sim::Interval{0, 0}, bounds(node.operands[0], error));
      case Kind::change:
      case Kind::difference:
        if (baseline_ == nullptr) return std::nullopt;
        return both(node.kind, bounds(node.operands[0], error),
                    ShareBounds{*baseline_, nullptr}.bounds(node.operands[0], error));
      default:
        return both(node.kind, bounds(node.operands[0], error), bounds(node.operands[1], error));
    }
  }

 private:
  static sim::Interval of_figure(const Figure& figure, double value, double error) {
    if (!figure.trials || *figure.trials == 0) return {value, value};
    const auto trials = static_cast<double>(*figure.trials);
    const auto successes = static_cast<std::uint64_t>(std::floor(figure.sections.overall * trials + 0.5));
    return sim::clopper_pearson_interval(successes, *figure.trials, 1 - 2 * error);
  }

  /// The highest where a metric stands for several pools.
  [[nodiscard]] std::optional<sim::Interval> metric(const Expression& node, double error) const {
    std::optional<sim::Interval> result;
    for (const std::string& key : keys_read(node, table_)) {
      const Figure& figure = table_.at(key);
      const double value = std::get<Sections>(evaluate(node, {{key, figure}}, nullptr)).overall;
      const sim::Interval more = of_figure(figure, value, error);
      result = result ? both(Kind::greatest, result, more) : more;
    }
    return result;
  }

  /// Every function is monotone in each operand where no divisor is 0, so it is extreme at the corners.
  static std::optional<sim::Interval> both(Kind kind, const std::optional<sim::Interval>& a,
                                           const std::optional<sim::Interval>& b) {
    if (!a || !b) return std::nullopt;
    const bool divides = kind == Kind::divide || kind == Kind::change;
    if (divides && b->low <= 0 && b->high >= 0) return std::nullopt;
    const auto [least, most] = std::minmax({applied(kind, a->low, b->low), applied(kind, a->low, b->high),
                                            applied(kind, a->high, b->low), applied(kind, a->high, b->high)});
    return sim::Interval{least, most};
  }

  const FigureTable& table_;
  const FigureTable* baseline_;
};

std::optional<ExpressionError> unknown_id(const Expression& node, const std::string& key,
                                          const std::string& id, const std::set<std::string>& known) {
  if (known.empty() || known.contains(id)) return std::nullopt;
  ExpressionError error{
      Code::unknown_reference, fmt::format("there is no {} \"{}\"", key, id), node.begin, node.end, {}};
  const std::vector<std::string> candidates(known.begin(), known.end());
  if (const std::string_view near = nearest_word(id, candidates); !near.empty()) {
    Metric mended = node.metric;
    mended.selectors[key] = std::string{near};
    error.proposals.push_back(mended.key());
  }
  return error;
}

std::optional<ExpressionError> bind_metric(Expression& node, const KnownIds& known) {
  Metric& metric = node.metric;
  const MetricFamily* family = find_family(metric.name);
  const bool of_requests = std::ranges::find(family->selectors, "flow") != family->selectors.end();
  if (of_requests && !metric.selectors.contains("flow")) {
    if (known.flows.size() != 1) {
      return ExpressionError{Code::unknown_reference,
                             fmt::format("say which flow: {}", fmt::join(known.flows, ", ")),
                             node.begin,
                             node.end,
                             {}};
    }
    metric.selectors["flow"] = *known.flows.begin();
  }
  const std::pair<const char*, const std::set<std::string>*> kinds[]{{"flow", &known.flows},
                                                                     {"population", &known.populations},
                                                                     {"site", &known.sites},
                                                                     {"service", &known.services},
                                                                     {"pool", &known.pools}};
  for (const auto& [key, ids] : kinds) {
    const auto selector = metric.selectors.find(key);
    if (selector == metric.selectors.end()) continue;
    if (auto error = unknown_id(node, key, selector->second, *ids)) return error;
  }
  const std::string flow = metric.selectors.contains("flow") ? metric.selectors.at("flow") : "";
  if (metric.name == "late" && !known.flows_with_deadline.contains(flow)) {
    return ExpressionError{Code::unknown_metric,
                           fmt::format("flow \"{}\" has no deadline, so nothing is late", flow),
                           node.begin,
                           node.end,
                           {}};
  }
  return std::nullopt;
}

}  // namespace

std::string Metric::key() const {
  std::string text = name;
  if (!selectors.empty()) {
    std::vector<std::string> pairs;
    for (const auto& [key, value] : selectors) pairs.push_back(key + "=" + value);
    text += fmt::format("{{{}}}", fmt::join(pairs, ","));
  }
  return statistic.empty() ? text : fmt::format("{}({})", statistic, text);
}

std::optional<ExpressionError> bind(Expression& expression, const KnownIds& known) {
  if (expression.kind == Kind::metric) return bind_metric(expression, known);
  for (Expression& operand : expression.operands) {
    if (auto error = bind(operand, known)) return error;
  }
  return std::nullopt;
}

std::set<std::string> keys_read(const Expression& expression, const FigureTable& table) {
  std::set<std::string> keys;
  if (expression.kind == Kind::metric) {
    for (const auto& [key, figure] : table) {
      const bool read =
          is_highest(expression.metric) ? selects(expression.metric, key) : key == expression.metric.key();
      if (read) keys.insert(key);
    }
  }
  for (const Expression& operand : expression.operands) keys.merge(keys_read(operand, table));
  return keys;
}

bool uses_baseline(const Expression& expression) {
  return any_node(expression, [](const Expression& node) {
    return node.kind == Kind::change || node.kind == Kind::difference;
  });
}

bool is_constant(const Expression& expression) {
  return !any_node(expression, [](const Expression& node) { return node.kind == Kind::metric; });
}

std::variant<Sections, NoValue> evaluate(const Expression& expression, const FigureTable& table,
                                         const FigureTable* baseline) {
  try {
    return Evaluator{table, baseline}.value(expression);
  } catch (const NoValue& none) {
    return none;
  }
}

std::optional<sim::Interval> bounds_of_shares(const Expression& expression, const FigureTable& table,
                                              const FigureTable* baseline, double confidence) {
  const ShareBounds shares{table, baseline};
  const std::size_t count = shares.count(expression);
  if (count == 0) return std::nullopt;
  return shares.bounds(expression, (1 - confidence) / static_cast<double>(count));
}

}  // namespace planner
