#pragma once
#include "charts/cell_grid.hpp"
#include "planner/sweep_run.hpp"
#include "run_cache.hpp"
#include "views/question_page.hpp"

class QLabel;

namespace gui {

/// What became of a sweep, so far or at its end. Immutable.
struct SweepState {
  planner::Sweep sweep;
  std::vector<planner::SweepPoint> points;  ///< all, in the sweep's order
  std::vector<planner::SweepRow> rows;      ///< of the points done
  std::size_t done = 0;                     ///< points
};

/// A sweep of the scenario: its axes, the surface of a figure over them, run point by point. Points appear as
/// they are done; what was simulated before is not simulated again.
class SweepPage : public QuestionPage {
  Q_OBJECT
 public:
  explicit SweepPage(Session& session, QWidget* parent = nullptr);
  [[nodiscard]] const std::shared_ptr<const SweepState>& state() const { return state_; }
  [[nodiscard]] std::size_t recalled() const { return cache_->found(); }
  /// Writes the files with which a cluster runs the sweep in `tasks` shards, as `isochrone submit` does.
  /// @return what went wrong; empty: written
  enum class Cluster { slurm, kubernetes };
  [[nodiscard]] QString write_jobs(Cluster cluster, std::uint32_t tasks, const QString& folder);

 protected:
  [[nodiscard]] Command command() const override;
  [[nodiscard]] Task::Job make_job() override;
  void refresh_fields() override;
  void forget() override;

 private:
  void show_state(std::shared_ptr<const SweepState> state);
  /// The chosen sweep as it was checked last; null: none.
  [[nodiscard]] const Checked::Sweep* asked() const;
  void refresh_axes();
  void invite_to_run();
  void refresh_figure();
  void tell_point(int row);
  void add_jobs_button();
  void ask_and_write_jobs(Cluster cluster);

  QComboBox* sweep_;
  QComboBox* strategy_;
  QComboBox* figure_;
  QLabel* axes_;
  QLabel* point_;
  std::shared_ptr<RunCache> cache_ = std::make_shared<RunCache>();  // shared with the worker
  std::shared_ptr<const SweepState> state_;
};

}  // namespace gui
