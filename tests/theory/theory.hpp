#pragma once
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/statistics.hpp"

/// The collection of results from the literature and from exact numerics that the simulator has to meet.
///
/// A test that meets record ID is called `theory: ID`; coverage_test.cpp proves that no record is forgotten.
namespace theory {

using Record = nlohmann::json;

/// All records of theory_public.json.
const std::vector<Record>& records();
/// @throws std::runtime_error when there is none called `id`
const Record& record(const std::string& id);
/// The number expected of `quantity`. @throws nlohmann::json::exception when the record has none
double expected(const Record& record, const std::string& quantity);

/// Independent replications of a simulated record, at fixed seeds.
inline constexpr std::uint32_t replications = 40;
inline constexpr std::uint64_t seed = 20'240'229;

/// What the replications of one record gave: a value each, by quantity.
class Estimates {
 public:
  void add(const std::string& quantity, double value) { moments_[quantity].add(value); }
  [[nodiscard]] const std::map<std::string, sim::Moments>& all() const { return moments_; }

 private:
  std::map<std::string, sim::Moments> moments_;
};

/// Requires `value` to be the expected number within relative 1e-8 (absolute 1e-9 near 0).
void check_exact(double value, double expected);
void check_exact(const Record& record, const std::string& quantity, double value);
/// The same for arrays.
void check_exact(const Record& record, const std::string& quantity, const std::vector<double>& values);

/// Requires |mean - expected| <= 4 standard errors over the replications, and a standard error that is
/// small enough to tell something: at most 5 % of the expected number.
void check_simulated(double expected, const sim::Moments& estimate);
/// The same for a number in the record; `quantity` may be `NAME[i]` for the i-th entry of an array.
void check_simulated(const Record& record, const std::string& quantity, const sim::Moments& estimate);
/// The same for every quantity estimated. Each quantity that the record expects has to be estimated
/// (arrays entry by entry) unless `left_out` names it.
void check_simulated(const Record& record, const Estimates& estimates,
                     const std::vector<std::string>& left_out = {});

}  // namespace theory
