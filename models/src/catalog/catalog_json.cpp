#include "catalog/catalog_json.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "sim/contract.hpp"
#include "sim/math.hpp"

namespace models::catalog {
namespace {

using nlohmann::ordered_json;

struct Unit {
  std::string_view name;
  Converted to;
};

constexpr std::array units{
    Unit{"us", {1e-6, "s"}},     Unit{"ms", {1e-3, "s"}},         Unit{"s", {1, "s"}},
    Unit{"min", {60, "s"}},      Unit{"MB", {1e6, "B"}},          Unit{"GB", {1e9, "B"}},
    Unit{"MiB", {1048576, "B"}}, Unit{"GiB", {1073741824, "B"}},  Unit{"Mbit/s", {1e6, "bit/s"}},
    Unit{"MB/s", {1e6, "B/s"}},  Unit{"kWh/GB", {3.6e6, "J/GB"}},
};

std::vector<double> numbers(const ordered_json& list) { return list.get<std::vector<double>>(); }

sim::Distribution read_lognormal(const ordered_json& law) {
  if (law.contains("mu")) return sim::Distribution::lognormal(law.at("mu"), law.at("sigma"));
  if (law.contains("median")) {
    return sim::Distribution::lognormal_by_median_p99(law.at("median"), law.at("p99"));
  }
  const double cv = law.at("cv");
  if (law.contains("mean")) return sim::Distribution::lognormal_by_mean_cv(law.at("mean"), cv);
  const double p90 = law.at("p90");
  return sim::Distribution::lognormal_by_mean_cv(1.0, cv).scaled(
      p90 / sim::Distribution::lognormal_by_mean_cv(1.0, cv).quantile(0.9));
}

sim::Distribution read_unshifted(const ordered_json& law) {
  const std::string kind = law.at("dist");
  if (kind == "lognormal") return read_lognormal(law);
  if (kind == "empirical") return sim::Distribution::empirical(numbers(law.at("p")), numbers(law.at("q")));
  if (kind == "uniform") return sim::Distribution::uniform(law.at("low"), law.at("high"));
  SIM_EXPECT(kind == "deterministic");
  return sim::Distribution::deterministic(law.at("value"));
}

/// E[max(t - X, 0)] for X by a quantile table: the integral of its distribution function up to t.
double expected_excess(const std::vector<double>& probabilities, const std::vector<double>& quantiles,
                       double t) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < quantiles.size() && quantiles[i] < t; ++i) {
    const double mass = probabilities[i + 1] - probabilities[i];
    const double low = quantiles[i], high = quantiles[i + 1];
    const bool whole = high <= t;
    sum += mass * (whole ? t - 0.5 * (low + high) : 0.5 * (t - low) * (t - low) / (high - low));
  }
  return sum;
}

}  // namespace

ordered_json read_file(std::string_view name) {
  const auto all = files();
  const auto found = std::ranges::find(all, name, [](const auto& file) { return file.first; });
  SIM_EXPECT(found != all.end());
  return ordered_json::parse(found->second);
}

Basis read_basis(const ordered_json& object) {
  const std::string text = object.at("basis");
  for (const Basis basis : {Basis::measured, Basis::vendor, Basis::assumed, Basis::calibrated}) {
    if (text == name(basis)) return basis;
  }
  return Basis::derived;
}

Converted conversion(std::string_view unit) {
  const auto found = std::ranges::find(units, unit, &Unit::name);
  return found == units.end() ? Converted{1, unit} : found->to;
}

std::string decimal(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

Figure read_figure(const ordered_json& object) {
  const double stated = object.at("value");
  const std::string unit = object.at("unit");
  const Converted to = conversion(unit);
  Figure figure{.value = stated * to.factor, .unit = std::string{to.unit}};
  figure.printed = decimal(stated) + (unit.empty() ? "" : " " + unit);
  read_origin(object, figure);
  return figure;
}

std::optional<Figure> read_optional_figure(const ordered_json& parent, const char* key) {
  const auto found = parent.find(key);
  return found == parent.end() ? std::nullopt : std::optional{read_figure(*found)};
}

LawFigure read_law(const ordered_json& object) {
  const ordered_json& law = object.at("law");
  const Converted to = conversion(object.at("unit").get<std::string>());
  LawFigure figure{.law = read_unshifted(law).shifted(law.value("shift", 0.0)).scaled(to.factor)};
  read_origin(object, figure);
  return figure;
}

std::optional<LawFigure> read_optional_law(const ordered_json& parent, const char* key) {
  const auto found = parent.find(key);
  return found == parent.end() ? std::nullopt : std::optional{read_law(*found)};
}

sim::Distribution sum_with_uniform(const std::vector<double>& probabilities,
                                   const std::vector<double>& quantiles, double low, double high) {
  SIM_EXPECT(low < high);
  const auto cdf = [&](double x) {
    return (expected_excess(probabilities, quantiles, x - low) -
            expected_excess(probabilities, quantiles, x - high)) /
           (high - low);
  };
  std::vector<double> at{0,   0.001, 0.005, 0.01, 0.025, 0.05, 0.1,  0.15, 0.2,  0.3,   0.4,   0.5, 0.6,
                         0.7, 0.8,   0.85,  0.9,  0.925, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 1};
  std::vector<double> values{quantiles.front() + low};
  for (std::size_t i = 1; i + 1 < at.size(); ++i) {
    double below = values.back(), above = quantiles.back() + high;
    for (int step = 0; step < 60; ++step) {
      const double middle = 0.5 * (below + above);
      (cdf(middle) < at[i] ? below : above) = middle;
    }
    values.push_back(above);
  }
  values.push_back(quantiles.back() + high);
  return sim::Distribution::empirical(std::move(at), std::move(values));
}

}  // namespace models::catalog
