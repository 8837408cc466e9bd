#pragma once
#include <QObject>
#include <QThreadPool>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "planner/results.hpp"
#include "planner/study.hpp"

namespace gui {

/// What to simulate, taken from a document at one of its revisions.
struct RunOrder {
  std::vector<planner::Scenario> strategies;
  std::uint64_t revision = 0;
  enum class Depth : std::uint8_t {
    full,     ///< as the scenario asks
    preview,  ///< a short span, few replications, ends within a fraction of a second
  };
  Depth depth = Depth::full;
};

/// The outcome of a run. Immutable, shared with every view.
struct Outcome {
  planner::Study study;
  std::uint64_t revision = 0;  ///< of the document it was run from
  RunOrder::Depth depth = RunOrder::Depth::full;
  double seconds = 0;  ///< wall clock
};

/// Runs one study at a time on a thread of its own. A new order ends the one before.
class Runner : public QObject {
  Q_OBJECT
 public:
  explicit Runner(QObject* parent = nullptr);
  /// Stops what runs and waits for it.
  ~Runner() override;

  void start(RunOrder order);
  /// Ends soon; what is finished by then is the outcome.
  void stop();
  [[nodiscard]] bool is_running() const { return running_ > 0; }

 Q_SIGNALS:
  void started(gui::RunOrder::Depth depth);
  void progressed(const planner::Progress& progress);
  void finished(std::shared_ptr<const gui::Outcome> outcome);
  void failed(const QString& reason);

 private:
  /// Shared with the worker, which may outlast the order: `stop` is its own.
  struct Ticket {
    RunOrder order;
    std::uint64_t number = 0;
    std::atomic<bool> stop = false;
  };
  void run(const std::shared_ptr<Ticket>& ticket);
  void report(const std::shared_ptr<Ticket>& ticket, std::shared_ptr<const Outcome> outcome,
              const QString& error);

  QThreadPool thread_;
  std::shared_ptr<Ticket> current_;
  std::uint64_t orders_ = 0;
  int running_ = 0;
};

}  // namespace gui
