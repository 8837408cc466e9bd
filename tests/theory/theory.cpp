#include "theory.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "support/shared_data.hpp"

namespace theory {
namespace {

constexpr double standard_errors = 4.0;
constexpr double coarsest_standard_error = 0.05;

// Of `NAME` or `NAME[i]`.
const nlohmann::json& entry(const Record& record, const std::string& quantity) {
  const std::size_t bracket = quantity.find('[');
  const nlohmann::json& whole = record.at("expected").at(quantity.substr(0, bracket));
  return bracket == std::string::npos ? whole : whole.at(std::stoul(quantity.substr(bracket + 1)));
}

/// How far the simulated quantities of this run of the program were off; says so at its end.
class Deviations {
 public:
  Deviations() = default;
  Deviations(const Deviations&) = delete;
  Deviations& operator=(const Deviations&) = delete;
  ~Deviations() {
    std::printf("%zu simulated quantities: %.1f %% more than 2 standard errors off, at most %.2f\n", count_,
                100.0 * static_cast<double>(beyond_two_) / static_cast<double>(count_), largest_);
  }
  void add(double standard_errors_off) {
    ++count_;
    beyond_two_ += standard_errors_off > 2 ? 1 : 0;
    largest_ = std::max(largest_, standard_errors_off);
  }

 private:
  std::size_t count_ = 0, beyond_two_ = 0;
  double largest_ = 0;
};

void note_deviation(double standard_errors_off) {
  static Deviations all;
  all.add(standard_errors_off);
}

std::vector<std::string> expected_quantities(const Record& record) {
  std::vector<std::string> names;
  for (const auto& [name, value] : record.at("expected").items()) {
    if (!value.is_array()) {
      names.push_back(name);
      continue;
    }
    for (std::size_t i = 0; i < value.size(); ++i) names.push_back(name + "[" + std::to_string(i) + "]");
  }
  return names;
}

}  // namespace

const std::vector<Record>& records() {
  static const std::vector<Record> all = [] {
    std::ifstream file{test_support::source_dir() / "tests/theory/theory_public.json"};
    return nlohmann::json::parse(file).at("records").get<std::vector<Record>>();
  }();
  return all;
}

const Record& record(const std::string& id) {
  for (const Record& each : records())
    if (each.at("id") == id) return each;
  throw std::runtime_error{"no record " + id};
}

double expected(const Record& record, const std::string& quantity) {
  return entry(record, quantity).get<double>();
}

void check_exact(double value, double expected) {
  CAPTURE(value, expected);
  CHECK(std::abs(value - expected) <= std::max(1e-9, 1e-8 * std::abs(expected)));
}

void check_exact(const Record& record, const std::string& quantity, double value) {
  CAPTURE(quantity);
  check_exact(value, expected(record, quantity));
}

void check_exact(const Record& record, const std::string& quantity, const std::vector<double>& values) {
  CAPTURE(quantity);
  const auto wanted = record.at("expected").at(quantity).get<std::vector<double>>();
  REQUIRE(values.size() == wanted.size());
  for (std::size_t i = 0; i < values.size(); ++i) check_exact(values[i], wanted[i]);
}

void check_simulated(double expected, const sim::Moments& estimate) {
  const double error = estimate.standard_error();
  CAPTURE(expected, estimate.mean(), error, (estimate.mean() - expected) / error);
  CHECK(estimate.count() >= 20);
  CHECK(error <= coarsest_standard_error * std::abs(expected));
  const double off = std::abs(estimate.mean() - expected);
  CHECK(off <= standard_errors * error);
  if (error > 0) note_deviation(off / error);
}

void check_simulated(const Record& record, const std::string& quantity, const sim::Moments& estimate) {
  CAPTURE(quantity);
  check_simulated(expected(record, quantity), estimate);
}

void check_simulated(const Record& record, const Estimates& estimates,
                     const std::vector<std::string>& left_out) {
  CHECK_FALSE(estimates.all().empty());
  for (const auto& [quantity, estimate] : estimates.all()) check_simulated(record, quantity, estimate);
  for (const std::string& quantity : expected_quantities(record)) {
    CAPTURE(quantity);
    const std::string name = quantity.substr(0, quantity.find('['));
    const bool is_left_out = std::find(left_out.begin(), left_out.end(), name) != left_out.end();
    CHECK((is_left_out || estimates.all().count(quantity) == 1));
  }
}

}  // namespace theory
