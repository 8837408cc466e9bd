#include "read/read_law.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>

#include "text/text_form.hpp"

namespace planner {
namespace {

using sim::Distribution;

/// Thrown within this file once an issue is recorded.
struct BadLaw {};

class LawReader {
 public:
  LawReader(const Value& value, Issues& issues) : value_{value}, fields_{value}, issues_{issues} {}

  Distribution read() {
    if (value_.is_string()) return Distribution::deterministic(quantity_of(value_, Dimension::time));
    const Distribution law = unshifted();
    const double shift = fields_.quantity("shift", Dimension::time, 0);
    return shift > 0 ? law.shifted(shift) : law;
  }

 private:
  using Keys = std::initializer_list<std::string_view>;

  [[noreturn]] void fail(Span where, std::string message) {
    issues_.add(Code::bad_law, where, std::move(message));
    throw BadLaw{};
  }
  [[noreturn]] void fail(std::string_view key, std::string message) {
    const Value* value = fields_.get(key);
    fail(value == nullptr ? value_.span : value->span, std::move(message));
  }

  /// Exactly the keys of one alternative must be given (`optional` may be).
  /// @return index of the alternative
  std::size_t choose(const std::string& dist, std::initializer_list<Keys> alternatives, Keys optional = {}) {
    const auto is_given = [&](std::string_view key) { return fields_.has(key); };
    const auto contains = [](const Keys& keys, std::string_view key) {
      return std::ranges::find(keys, key) != keys.end();
    };
    const auto* const match = std::ranges::find_if(
        alternatives, [&](const Keys& keys) { return std::ranges::all_of(keys, is_given); });
    if (match == alternatives.end()) {
      std::vector<std::string> ways;
      for (const Keys& keys : alternatives) ways.push_back(fmt::format("{}", fmt::join(keys, " and ")));
      fail(value_.find("dist")->span, fmt::format("{} needs {}", dist, fmt::join(ways, ", or ")));
    }
    static constexpr std::array<std::string_view, 4> common{"dist", "shift", "basis", "source"};
    for (const Member* member : fields_.entries()) {
      const bool known = std::ranges::find(common, member->key) != common.end() ||
                         contains(*match, member->key) || contains(optional, member->key);
      if (!known) {
        fail(member->key_span, fmt::format("\"{}\" has no place in this {} law, which has {}", member->key,
                                           dist, fmt::join(*match, " and ")));
      }
    }
    return static_cast<std::size_t>(match - alternatives.begin());
  }

  double time(std::string_view key) { return fields_.quantity(key, Dimension::time, 0); }

  Distribution unshifted() {
    const std::string dist = fields_.text("dist");
    if (dist == "lognormal") return lognormal();
    if (dist == "normal") return normal();
    if (dist == "gamma") return gamma();
    if (dist == "empirical") return empirical();
    if (dist == "hyperexponential") return hyperexponential();
    if (dist == "mixture") return mixture();
    if (dist == "uniform") return uniform();
    if (dist == "deterministic") return choose(dist, {{"value"}}), Distribution::deterministic(time("value"));
    if (dist == "exponential") return choose(dist, {{"mean"}}), Distribution::exponential(time("mean"));
    if (dist == "weibull") {
      return choose(dist, {{"shape", "scale"}}),
             Distribution::weibull(fields_.number("shape", 1), time("scale"));
    }
    choose(dist, {{"shape", "minimum"}});
    return Distribution::pareto(fields_.number("shape", 1), time("minimum"));
  }

  Distribution uniform() {
    choose("uniform", {{"low", "high"}});
    if (time("low") > time("high")) fail("low", "low is above high");
    return Distribution::uniform(time("low"), time("high"));
  }

  Distribution lognormal() {
    switch (choose("lognormal", {{"median", "p99"}, {"mean", "cv"}, {"mu", "sigma"}})) {
      case 0:
        if (time("median") > time("p99")) fail("p99", "p99 is below the median");
        return Distribution::lognormal_by_median_p99(time("median"), time("p99"));
      case 1:
        return Distribution::lognormal_by_mean_cv(time("mean"), fields_.number("cv", 0));
      default:
        return Distribution::lognormal(fields_.number("mu", 0), fields_.number("sigma", 0));
    }
  }

  Distribution normal() {
    choose("normal", {{"mean", "sd"}}, {"low", "high"});
    constexpr double far = 10;  // standard deviations; what lies beyond has a probability below 1e-22
    const double mean = time("mean"), sd = time("sd");
    const double low = time("low");
    const double high = fields_.quantity("high", Dimension::time, mean + far * sd);
    if (low >= high) fail(fields_.has("low") ? "low" : "high", "low is not below high");
    if (mean < low - far * sd || mean > high + far * sd)
      fail("mean", "the mean lies far outside of low and high");
    return Distribution::truncated_normal(mean, sd, low, high);
  }

  Distribution gamma() {
    if (choose("gamma", {{"shape", "scale"}, {"mean", "cv"}}) == 0) {
      return Distribution::gamma(fields_.number("shape", 1), time("scale"));
    }
    const double cv = fields_.number("cv", 1);
    if (cv < 0.001) fail("cv", "the cv of a gamma law must be at least 0.001");
    return Distribution::gamma(1 / (cv * cv), time("mean") * cv * cv);
  }

  Distribution empirical() {
    choose("empirical", {{"quantiles"}});
    std::vector<std::pair<double, double>> table;
    for (const Member* quantile : fields_.object("quantiles").entries()) {
      table.emplace_back(parse_percentile(quantile->key).value_or(0),
                         quantity_of(quantile->value, Dimension::time));
    }
    std::ranges::sort(table);
    if (table.empty() || table.front().first != 0 || table.back().first != 1) {
      fail("quantiles", "the quantiles must begin with p0 and end with p100");
    }
    std::vector<double> probabilities, values;
    for (const auto& [probability, value] : table) {
      if (!probabilities.empty() && probability == probabilities.back())
        fail("quantiles", "a percentile is given twice");
      if (!values.empty() && value < values.back())
        fail("quantiles", "the quantiles fall; they must rise with the percentile");
      probabilities.push_back(probability);
      values.push_back(value);
    }
    return Distribution::empirical(std::move(probabilities), std::move(values));
  }

  struct Part {
    double weight = 0;
    const Value* content = nullptr;
  };

  /// Weight and `content` of each part; weights sum to 1 within 1e-6 and are then made to sum to 1.
  std::vector<Part> parts(const std::string& dist, std::string_view content, std::string_view foreign) {
    choose(dist, {{"parts"}});
    std::vector<Part> found;
    double sum = 0;
    for (const Member* part : fields_.object("parts").entries()) {
      const Value* value = part->value.find(content);
      if (value == nullptr)
        fail(part->key_span, fmt::format("this part of a {} law needs \"{}\"", dist, content));
      if (const Value* other = part->value.find(foreign)) {
        fail(other->span, fmt::format("\"{}\" has no place in a part of a {} law", foreign, dist));
      }
      found.push_back({Fields{part->value}.number("weight", 0), value});
      sum += found.back().weight;
    }
    if (std::abs(sum - 1) > 1e-6) {
      issues_.add(Code::bad_weights, fields_.get("parts")->span,
                  fmt::format("the weights sum to {}, not 1", sum));
      throw BadLaw{};
    }
    for (Part& part : found) part.weight /= sum;
    return found;
  }

  Distribution hyperexponential() {
    std::vector<double> weights, means;
    for (const Part& part : parts("hyperexponential", "mean", "law")) {
      weights.push_back(part.weight);
      means.push_back(quantity_of(*part.content, Dimension::time));
    }
    return Distribution::hyperexponential(std::move(weights), std::move(means));
  }

  Distribution mixture() {
    std::vector<double> weights;
    std::vector<Distribution> laws;
    for (const Part& part : parts("mixture", "law", "mean")) {
      weights.push_back(part.weight);
      laws.push_back(LawReader{*part.content, issues_}.read());
    }
    return Distribution::mixture(std::move(weights), std::move(laws));
  }

  const Value& value_;
  Fields fields_;
  Issues& issues_;
};

/// Draws become durations of at most 292 years; a law whose 1 - 1e-9 quantile is above a year is a mistake.
void check_magnitude(const Distribution& law, const Value& value, Issues& issues) {
  constexpr double year = 365 * 86400.;
  const double extreme = law.quantile(1 - 1e-9);
  if (std::isfinite(extreme) && extreme <= year) return;
  issues.add(Code::bad_law, value.span, "one draw in a billion would be longer than a year");
  throw BadLaw{};
}

std::string described(const Value& value, const std::string& what) {
  return value.is_string() ? fmt::format("{}: {}", what, value.text)
                           : fmt::format("{}: {} law", what, Fields{value}.text("dist"));
}

}  // namespace

Law read_law(const Value& value, const std::string& what, ReadContext& context) {
  Law law;
  law.provenance = Fields{value}.provenance();
  try {
    law.law = LawReader{value, context.issues}.read();
    check_magnitude(law.law, value, context.issues);
  } catch (const BadLaw&) {
    law.law = Distribution{};
  }
  context.assume(value.span, described(value, what), law.provenance);
  return law;
}

std::optional<Law> read_law(const Fields& fields, std::string_view key, const std::string& what,
                            ReadContext& context) {
  const Value* value = fields.get(key);
  if (value == nullptr) return std::nullopt;
  return read_law(*value, what, context);
}

}  // namespace planner
