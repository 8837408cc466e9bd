#pragma once
#include <QTimer>
#include <QWidget>
#include <atomic>
#include <memory>

#include "latest_worker.hpp"
#include "planner/request_trace.hpp"
#include "session.hpp"

class QCustomPlot;
class QLabel;
class QMouseEvent;
class QSlider;
class QToolButton;
class QVBoxLayout;

namespace gui {

/// The run's slices as a strip to scrub along, both ways: map and charts follow. Slices beyond the deadline
/// are banded, and so are outages that the scenario plans. It plays, and finds the slowest request.
class TimelinePanel : public QWidget {
  Q_OBJECT
 public:
  explicit TimelinePanel(Session& session, QWidget* parent = nullptr);
  /// Ends a search for the slowest request.
  ~TimelinePanel() override;

  enum class Step { back, forward };
  /// From the whole run to the first slice, or to the last.
  void step(Step step);
  /// From the present slice to the last; from there, or from the whole run, from the first on.
  void toggle_play();
  [[nodiscard]] bool is_playing() const { return clock_.isActive(); }
  void show_whole_run();
  /// Asks for results over time where there are none, and runs again.
  void record_over_time();
  /// Looks for the slowest request of the first replication and shows the slice in which it began.
  void find_slowest();

  [[nodiscard]] QSlider& slider() { return *slider_; }
  [[nodiscard]] QCustomPlot& strip() { return *strip_; }
  /// What the chosen slice, or the whole run, was like.
  [[nodiscard]] QString reading() const;

 Q_SIGNALS:
  void slowest_found(std::shared_ptr<const planner::RequestTrace> trace);
  /// A sentence for the status bar.
  void told(const QString& text);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void build_bar(QVBoxLayout& layout);
  void build_strip(QVBoxLayout& layout);
  void refresh();
  void refresh_strip();
  void follow_strip(QMouseEvent* event);
  void play_on();
  void show_found(const std::optional<planner::RequestTrace>& trace);

  Session& session_;
  QSlider* slider_;
  QLabel* reading_;
  QToolButton *back_, *play_, *forward_, *whole_, *slowest_, *record_;
  QCustomPlot* strip_;
  QTimer clock_;
  enum class Wish { none, run } wish_ = Wish::none;  ///< once the document is checked
  std::atomic<bool> stop_ = false;
  LatestWorker worker_;  ///< after stop_, which it looks at
};

}  // namespace gui
