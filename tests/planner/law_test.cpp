#include <catch2/catch.hpp>

#include "small_scenario.hpp"

using namespace planner;
using namespace test_support;

namespace {

std::string with_law(const std::string& law) {
  return with(small_scenario, "\"time\": \"5 ms\"", "\"time\": " + law);
}

sim::Distribution law(const std::string& text) {
  return scenario(with_law(text)).services.at("web").time->law;
}

}  // namespace

TEST_CASE("Laws are read with their parameters in seconds", "[planner][loader][law]") {
  CHECK(law(R"("50 ms")").mean() == Approx(0.05));
  CHECK(law(R"({"dist": "deterministic", "value": "50 ms"})").is_deterministic());
  CHECK(law(R"({"dist": "uniform", "low": "1 ms", "high": "3 ms"})").mean() == Approx(0.002));
  CHECK(law(R"({"dist": "exponential", "mean": "8 ms"})").mean() == Approx(0.008));
  CHECK(law(R"({"dist": "lognormal", "median": "6 ms", "p99": "19 ms"})").quantile(0.99) == Approx(0.019));
  CHECK(law(R"({"dist": "lognormal", "mean": "6 ms", "cv": 0.5})").mean() == Approx(0.006));
  CHECK(law(R"({"dist": "lognormal", "mu": -5, "sigma": 0.5})").quantile(0.5) ==
        Approx(0.006737947).epsilon(1e-6));
  CHECK(law(R"({"dist": "normal", "mean": "8 ms", "sd": "1 ms"})").mean() == Approx(0.008));
  CHECK(law(R"({"dist": "normal", "mean": "8 ms", "sd": "1 ms", "low": "8 ms"})").minimum() == Approx(0.008));
  CHECK(law(R"({"dist": "gamma", "shape": 2, "scale": "4 ms"})").mean() == Approx(0.008));
  // cv 0.5: shape 1 / 0.25 = 4, variance (0.5 x 8 ms)^2
  CHECK(law(R"({"dist": "gamma", "mean": "8 ms", "cv": 0.5})").variance() == Approx(1.6e-5));
  CHECK(law(R"({"dist": "weibull", "shape": 1, "scale": "4 ms"})").mean() == Approx(0.004));
  // shape x minimum / (shape - 1) = 3 x 2 / 2
  CHECK(law(R"({"dist": "pareto", "shape": 3, "minimum": "2 ms"})").mean() == Approx(0.003));
  // 0.9 x 1 + 0.1 x 11
  CHECK(
      law(R"({"dist": "hyperexponential", "parts": {"a": {"weight": 0.9, "mean": "1 ms"}, "b": {"weight": 0.1, "mean": "11 ms"}}})")
          .mean() == Approx(0.002));
  CHECK(
      law(R"({"dist": "mixture", "parts": {"hit": {"weight": 0.5, "law": "1 ms"}, "miss": {"weight": 0.5, "law": {"dist": "exponential", "mean": "9 ms"}}}})")
          .mean() == Approx(0.005));
  CHECK(law(R"({"dist": "empirical", "quantiles": {"p0": "1 ms", "p50": "2 ms", "p100": "10 ms"}})")
            .quantile(0.75) == Approx(0.006));
  CHECK(law(R"({"dist": "exponential", "mean": "8 ms", "shift": "2 ms"})").mean() == Approx(0.01));
  CHECK(law(R"({"dist": "exponential", "mean": "8 ms", "shift": "2 ms"})").minimum() == Approx(0.002));
}

TEST_CASE("The order of quantiles in the file does not matter", "[planner][loader][law]") {
  const auto rising =
      law(R"({"dist": "empirical", "quantiles": {"p0": "1 ms", "p99.9": "2 ms", "p100": "10 ms"}})");
  const auto mixed =
      law(R"({"dist": "empirical", "quantiles": {"p100": "10 ms", "p0": "1 ms", "p99.9": "2 ms"}})");
  CHECK(rising.quantile(0.999) == mixed.quantile(0.999));
  CHECK(rising.quantile(0.999) == Approx(0.002));
}

TEST_CASE("A law that is none is a located issue", "[planner][loader][law]") {
  struct Case {
    const char* law;
    Code code;
  };
  const Case table[] = {
      {R"({"dist": "lognormal", "median": "20 ms", "p99": "19 ms"})", Code::bad_law},
      {R"({"dist": "lognormal", "median": "6 ms"})", Code::bad_law},
      {R"({"dist": "lognormal", "median": "6 ms", "p99": "19 ms", "cv": 1})", Code::bad_law},
      {R"({"dist": "lognormal", "mu": 20, "sigma": 20})", Code::bad_law},
      {R"({"dist": "uniform", "low": "5 ms", "high": "3 ms"})", Code::bad_law},
      {R"({"dist": "normal", "mean": "5 ms", "sd": "1 ms", "low": "9 ms", "high": "8 ms"})", Code::bad_law},
      {R"({"dist": "normal", "mean": "5 ms", "sd": "1 ms", "low": "900 ms", "high": "1 s"})", Code::bad_law},
      {R"({"dist": "gamma", "mean": "5 ms", "cv": 0})", Code::bad_law},
      {R"({"dist": "empirical", "quantiles": {"p0": "1 ms", "p99": "9 ms"}})", Code::bad_law},
      {R"({"dist": "empirical", "quantiles": {"p0": "1 ms", "p50": "9 ms", "p100": "8 ms"}})", Code::bad_law},
      {R"({"dist": "empirical", "quantiles": {"p0": "1 ms", "p0.0": "1 ms", "p100": "8 ms"}})",
       Code::bad_law},
      {R"({"dist": "empirical", "quantiles": {"median": "1 ms"}})", Code::bad_id},
      {R"({"dist": "mixture", "parts": {}})", Code::bad_weights},
      {R"({"dist": "mixture", "parts": {"a": {"weight": 1, "mean": "1 ms"}}})", Code::bad_law},
      {R"({"dist": "mixture", "parts": {"a": {"weight": 1, "law": "1 ms", "mean": "1 ms"}}})", Code::bad_law},
      {R"({"dist": "hyperexponential", "parts": {"a": {"weight": 0.4, "mean": "1 ms"}}})", Code::bad_weights},
      {R"({"dist": "pareto", "shape": 0.1, "minimum": "1 s"})", Code::bad_law},
      {R"({"dist": "exponential", "mean": "0 ms"})", Code::quantity_out_of_range},
      {R"({"dist": "exponential", "mean": 8})", Code::missing_unit},
      {R"({"dist": "exponential", "rate": "8 req/s"})", Code::unknown_key},
      {R"({"dist": "weibull", "shape": 0, "scale": "1 ms"})", Code::out_of_range},
      {R"({"median": "6 ms", "p99": "19 ms"})", Code::missing_key},
      {R"(5)", Code::missing_unit},
      {R"("-5 ms")", Code::quantity_out_of_range},
  };
  for (const Case& row : table) {
    INFO(row.law);
    const auto issues = issues_of(with_law(row.law));
    REQUIRE_FALSE(issues.empty());
    CHECK(issues[0].code == row.code);
    CHECK(issues[0].range.start.line == 13);
    CHECK(issues[0].pointer.starts_with("/services/web/time"));
  }
}
