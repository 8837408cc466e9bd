#pragma once
#include <QObject>
#include <memory>
#include <optional>
#include <string>

#include "document/document_model.hpp"
#include "document/entry_edits.hpp"
#include "runner.hpp"
#include "selection.hpp"

namespace gui {

/// What every view shares: the open document, the latest results, and what is selected. Views change it by
/// its functions and follow its signals; they do not know each other.
class Session : public QObject {
  Q_OBJECT
 public:
  explicit Session(QObject* parent = nullptr);

  [[nodiscard]] DocumentModel& document() { return document_; }
  [[nodiscard]] Runner& runner() { return runner_; }

  /// The strategy that the map and the inspector show; empty while nothing is valid.
  [[nodiscard]] const std::string& strategy() const { return strategy_; }
  /// What the others are compared with.
  [[nodiscard]] const std::string& reference() const { return reference_; }
  [[nodiscard]] const std::string& flow() const { return flow_; }
  /// JSON Pointer of what is selected; empty: nothing.
  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  /// That, the strategy and the flow: what every view points out.
  [[nodiscard]] Selection selection() const;
  /// Whether edits change what every strategy shares, or the shown strategy alone.
  enum class Scope : std::uint8_t { base, strategy };
  [[nodiscard]] Scope scope() const { return scope_; }
  /// Where edits go.
  [[nodiscard]] Layer layer() const;
  /// Takes an entry out of that layer; one that the shown strategy alone has, out of the strategy.
  /// @return the section that it was in @throws planner::ScenarioError where it cannot be taken out
  std::string remove(const std::string& entry);
  /// The slice of the results over time that map and charts show; nothing: the whole run.
  [[nodiscard]] std::optional<std::size_t> slice() const { return slice_; }
  /// Results over time of the current strategy; null: none.
  [[nodiscard]] const planner::TimeSeries* series() const;
  /// Null: nothing was run yet. A preview gives way to full results of the same inputs once an edit is taken
  /// back.
  [[nodiscard]] const std::shared_ptr<const Outcome>& outcome() const { return outcome_; }
  /// Of the current strategy; null: none, or it is not among the results.
  [[nodiscard]] const planner::StrategyResult* result() const;
  /// The resolved current strategy; null while it has errors.
  [[nodiscard]] const planner::Resolution* resolution() const;
  /// There are results, of other inputs than the document's.
  [[nodiscard]] bool is_stale() const { return !changed_.empty(); }
  /// JSON Pointers of what was changed since the results were run.
  [[nodiscard]] const std::vector<std::string>& changed_since_run() const { return changed_; }
  /// Index of a strategy among the document's, for its colour and mark.
  [[nodiscard]] std::size_t index_of(const std::string& strategy) const;

  void set_strategy(const std::string& strategy);
  /// Shows a strategy that was written a moment ago, once it is checked.
  void show_when_checked(const std::string& strategy);
  /// The results are compared anew: what is paired with what is part of the study.
  void set_reference(const std::string& reference);
  void set_flow(const std::string& flow);
  /// A slice that there is not stands for the whole run.
  void set_slice(std::optional<std::size_t> slice);
  /// A strategy or a flow that is selected is shown as well, where it can be.
  void select(const std::string& pointer);
  void set_scope(Scope scope);
  [[nodiscard]] bool can_run() const;
  /// Full results of the scenario as it stands are on their way.
  [[nodiscard]] bool is_running_in_full() const {
    return runner_.is_running() && full_order_ == document_.revision();
  }
  /// Simulates every strategy. @pre can_run()
  void run(RunOrder::Depth depth);
  /// Whether there are full results of the scenario as it stands.
  [[nodiscard]] bool can_report() const;
  /// The latest results as one HTML file that holds its scenario, as `isochrone report` writes it.
  /// @pre can_report()
  [[nodiscard]] std::string html_report() const;
  /// The command that computes the same results; empty for a document that is not saved.
  [[nodiscard]] QString command_line();
  /// `isochrone VERB FILE ARGUMENTS`, quoted for a shell; empty for a document that is not saved.
  [[nodiscard]] QString command_line(const QString& verb, const QStringList& arguments);

 Q_SIGNALS:
  void strategy_changed();
  void flow_changed();
  void slice_changed();
  void selection_changed();
  void scope_changed();
  void outcome_changed();
  void stale_changed();

 private:
  void follow_document();
  void begin_document();
  void compare_with_run();
  void take(std::shared_ptr<const Outcome> outcome);

  DocumentModel document_;
  Runner runner_;
  std::string strategy_, reference_, flow_, pointer_;
  std::optional<std::size_t> slice_;
  std::string wanted_;  // strategy to be shown once it is checked; empty: none
  Scope scope_ = Scope::base;
  std::shared_ptr<const Outcome> outcome_;
  std::uint64_t full_order_ = 0;  // revision that was ordered in full; 0: the latest order is a preview
  std::shared_ptr<const Outcome> full_;  // the latest one that was no preview; null: none
  std::vector<std::string> changed_;
};

}  // namespace gui
