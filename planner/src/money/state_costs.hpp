#pragma once
#include <optional>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "planner/compile.hpp"

namespace planner {

/// What the state of services costs by its prices (StatePrice): operations, objects that are awake, and what
/// is kept.
class StateCosts {
 public:
  struct Row {
    std::string where;     ///< `site/service/reads`, `.../writes`, `.../requests`, `.../awake`, `.../storage`
    double usd = 0;        ///< in the recorded span; kept: a second
    std::size_t pool = 0;  ///< of the service at the site: whose demand it follows, and who pays
    std::optional<std::size_t> meter{};  ///< that counts it; none: it follows the pool's demand
    bool kept = false;                   ///< due all month, whatever is asked
    double units = 0;                    ///< that `usd` is for: operations, hours awake; kept: GB
    double free = 0;                     ///< of the account's units in a month: not charged
    std::string account;                 ///< whose units of this kind count together
  };

  StateCosts(const Scenario& scenario, const CompiledScenario& compiled, const models::WorldResult& result);

  /// In an order and number that follow from the scenario alone.
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  /// Share of each row that is charged, as others of its account use up what is free in proportion.
  /// @param times  by row: how often a month has what the span had; those of what is kept do not matter
  [[nodiscard]] std::vector<double> charged(const std::vector<double>& times) const;

 private:
  void operations(const Scenario& scenario, const CompiledScenario& compiled,
                  const models::WorldResult& result);
  void objects(const Scenario& scenario, const CompiledScenario& compiled, const models::WorldResult& result);
  void storage(const Scenario& scenario, const CompiledScenario& compiled);

  std::vector<Row> rows_;
};

}  // namespace planner
