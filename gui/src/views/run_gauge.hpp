#pragma once
#include <QElapsedTimer>
#include <QWidget>

#include "planner/study.hpp"

class QLabel;
class QProgressBar;

namespace gui {

/// Seconds until a run ends, reckoned from what it took so far; negative: nothing to reckon from yet.
///
/// Where a precision is asked for, an interval shrinks with the square root of the replications.
/// @param elapsed  [s] since the run began
[[nodiscard]] double seconds_left(const planner::Progress& progress, double elapsed);

/// What is binding, how near it is to what was asked, as of the last look: `p99 of every flow ±2.7 % of 3 %,
/// binding: edge-first`. Empty before the first look.
[[nodiscard]] QString precision_text(const planner::Progress& progress);

/// Progress of a run: how far, how precise, how long yet.
class RunGauge : public QWidget {
  Q_OBJECT
 public:
  explicit RunGauge(QWidget* parent = nullptr);
  void begin();
  void show_progress(const planner::Progress& progress);
  [[nodiscard]] QString text() const;

 private:
  QProgressBar* bar_;
  QLabel* precision_;
  QElapsedTimer since_;
};

}  // namespace gui
