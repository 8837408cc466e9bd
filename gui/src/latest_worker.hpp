#pragma once
#include <QObject>
#include <QThreadPool>
#include <functional>

namespace gui {

/// Runs jobs on a thread of its own, one at a time, always the newest: those asked for while one runs replace
/// each other. For answers of which only the last counts, so that the window never waits.
class LatestWorker : public QObject {
  Q_OBJECT
 public:
  /// What to do with the answer, on the thread of this object.
  using Delivery = std::function<void()>;
  /// Runs on the worker's thread; must not touch anything that changes.
  using Job = std::function<Delivery()>;

  explicit LatestWorker(QObject* parent = nullptr);
  /// Waits for the job that is under way; its answer is dropped.
  ~LatestWorker() override;
  void request(Job job);
  [[nodiscard]] bool is_idle() const { return state_ == State::idle; }

 private:
  void start(Job job);
  void finish(const Delivery& deliver);

  QThreadPool thread_;
  Job next_;
  enum class State { idle, busy } state_ = State::idle;
};

}  // namespace gui
