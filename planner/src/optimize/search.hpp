#pragma once
#include <optional>

#include "optimize/evaluator.hpp"
#include "optimize/plan_space.hpp"

namespace planner {

/// Takes structures that location models give, looks at each roughly, sizes the promising ones, and improves
/// the best ones by adding, dropping and moving places of single services; each structure is sized and judged
/// by formula. Where there are few structures it looks at every one of them, whatever the effort.
class PlanSearch {
 public:
  /// @param effort  plans that may be estimated from here on
  PlanSearch(const PlanSpace& space, PlanEvaluator& evaluator, std::uint64_t effort)
      : space_{space},
        evaluator_{evaluator},
        first_{evaluator.evaluations()},
        last_{evaluator.evaluations() + effort} {}

  void run();
  /// Improves one structure by moves until none helps.
  void climb(PlanSpace::Structure structure);
  /// Sizes one structure and keeps it. @return its plan
  const Placements& consider(const PlanSpace::Structure& structure);

  struct Found {
    PlanSpace::Structure structure;
    Placements placement;
  };
  /// Whether run() has looked at every structure that the rules allow.
  [[nodiscard]] bool complete() const { return complete_; }
  /// One for each structure, best first.
  [[nodiscard]] std::vector<Found> ranking() const;

 private:
  [[nodiscard]] bool over() const;
  [[nodiscard]] bool stopped() const;
  void start();
  void look_at_all();
  [[nodiscard]] std::vector<PlanSpace::Structure> starts() const;
  [[nodiscard]] std::vector<PlanSpace::Structure> neighbours(const PlanSpace::Structure& structure) const;
  void tell() const;

  const PlanSpace& space_;
  PlanEvaluator& evaluator_;
  std::uint64_t first_, last_;          // numbers of evaluations between which it works
  std::map<std::string, Found> found_;  // by text of the structure
  bool complete_ = false;
};

}  // namespace planner
