#pragma once
#include <QObject>
#include <QThreadPool>
#include <atomic>
#include <functional>
#include <memory>

#include "planner/study.hpp"

namespace gui {

/// One long computation at a time, on a thread of its own, that can be watched and stopped. A new one ends
/// the one before, whose answer is dropped.
class Task : public QObject {
  Q_OBJECT
 public:
  /// What to do with the answer, on the thread of this object.
  using Delivery = std::function<void()>;
  /// Flags and ears that a study or a search takes.
  struct Watch {
    const std::atomic<bool>* stop;
    std::function<void(const planner::Progress&)> progress;
    std::function<void(Delivery)> deliver;  ///< a part of the answer, while the rest is computed
  };
  /// Runs on the worker's thread; must not touch anything that changes. What it throws is the reason of a
  /// failure.
  using Job = std::function<Delivery(const Watch&)>;

  explicit Task(QObject* parent = nullptr);
  /// Stops what runs and waits for it.
  ~Task() override;

  void start(Job job);
  /// Ends soon; what is finished by then is delivered.
  void stop();
  /// Ends soon; nothing is delivered.
  void drop();
  [[nodiscard]] bool is_running() const { return running_ > 0; }

 Q_SIGNALS:
  void started();
  void progressed(const planner::Progress& progress);
  /// Delivered, dropped or failed.
  void ended();
  void failed(const QString& reason);

 private:
  /// Shared with the worker, which may outlast the order.
  struct Ticket {
    Job job;
    std::atomic<bool> stop = false;
  };
  void run(const std::shared_ptr<Ticket>& ticket);
  /// On the thread of this object, unless another job has begun by then.
  void later(const std::shared_ptr<Ticket>& ticket, Delivery what);
  void finish(const std::shared_ptr<Ticket>& ticket, const Delivery& deliver, const QString& error);

  QThreadPool thread_;
  std::shared_ptr<Ticket> current_;
  int running_ = 0;
};

}  // namespace gui
