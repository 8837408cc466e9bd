#pragma once
#include <QObject>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "document/checked.hpp"
#include "planner/outlook.hpp"
#include "planner/results.hpp"
#include "planner/study.hpp"
#include "planner/value.hpp"
#include "task.hpp"

namespace gui {

/// What to simulate, taken from a document at one of its revisions.
struct RunOrder {
  std::shared_ptr<const Checked> checked;        ///< every strategy of it is simulated; none has errors
  std::string reference;                         ///< the strategy that the others are compared with
  std::shared_ptr<const planner::Value> source;  ///< the text that it was read from
  enum class Depth : std::uint8_t {
    full,     ///< as the scenario asks
    preview,  ///< a short span, few replications, ends within a fraction of a second
  };
  Depth depth = Depth::full;

  [[nodiscard]] std::uint64_t revision() const { return checked->revision; }
  /// A copy, which takes a while for a large scenario.
  [[nodiscard]] std::vector<planner::Scenario> strategies() const;
};

/// The outcome of a run. Immutable, shared with every view.
struct Outcome {
  planner::Study study;
  std::shared_ptr<const planner::Value> source;  ///< the text that it was run from
  std::uint64_t revision = 0;                    ///< of the document it was run from
  RunOrder::Depth depth = RunOrder::Depth::full;
  double seconds = 0;  ///< wall clock
};

/// What formulas say of each strategy, before its preview is simulated.
using Forecasts = std::map<std::string, planner::Outlook>;

/// Runs one study at a time on a thread of its own. A new order ends the one before.
class Runner : public QObject {
  Q_OBJECT
 public:
  explicit Runner(QObject* parent = nullptr);

  void start(RunOrder order);
  /// Ends soon; what is finished by then is the outcome.
  void stop() { task_.stop(); }
  /// Ends soon; there is no outcome.
  void drop() { task_.drop(); }
  [[nodiscard]] bool is_running() const { return task_.is_running(); }

 Q_SIGNALS:
  void started();
  void progressed(const planner::Progress& progress);
  /// Comes first, of a preview alone.
  void forecast(const gui::Forecasts& forecasts);
  void finished(std::shared_ptr<const gui::Outcome> outcome);
  void failed(const QString& reason);
  /// Nothing of the order runs any more.
  void ended();

 private:
  Task task_;
};

}  // namespace gui
