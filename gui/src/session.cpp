#include "session.hpp"

#include <QRegularExpression>
#include <algorithm>
#include <utility>

#include "document/changed_inputs.hpp"
#include "planner/report.hpp"
#include "sim/contract.hpp"

namespace gui {
namespace {

/// Quoted for a POSIX shell where it needs to be.
QString shell_word(const QString& word) {
  static const QRegularExpression plain{QStringLiteral("^[A-Za-z0-9_./-]+$")};
  if (plain.match(word).hasMatch()) return word;
  QString quoted = word;
  return u'\'' + quoted.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

}  // namespace

Session::Session(QObject* parent) : QObject{parent} {
  connect(&document_, &DocumentModel::opened, this, &Session::begin_document);
  connect(&document_, &DocumentModel::parsed_changed, this, &Session::compare_with_run);
  connect(&document_, &DocumentModel::checked_changed, this, &Session::follow_document);
  connect(&runner_, &Runner::finished, this, [this](const std::shared_ptr<const Outcome>& outcome) {
    take(outcome);
    compare_with_run();
  });
}

void Session::begin_document() {
  runner_.drop();
  outcome_.reset();
  full_.reset();
  changed_.clear();
  set_slice(std::nullopt);
  strategy_.clear();
  reference_.clear();
  flow_.clear();
  pointer_.clear();
  wanted_.clear();
  set_scope(Scope::base);
  Q_EMIT outcome_changed();
  Q_EMIT selection_changed();
}

void Session::follow_document() {
  const Checked& checked = *document_.checked();
  if (checked.document) {
    const auto& strategies = checked.document->strategies();
    const auto known = [&](const std::string& id) {
      return std::ranges::find(strategies, id) != strategies.end();
    };
    if (!known(reference_)) reference_ = checked.document->baseline();
    if (!known(strategy_)) strategy_ = reference_;
    if (document_.is_checked() && known(wanted_)) strategy_ = std::exchange(wanted_, {});
  }
  if (const planner::Resolution* now = resolution()) {
    const auto& flows = now->scenario().flows;
    if (!flows.contains(flow_) && !flows.empty()) {
      flow_ = flows.begin()->first;
      Q_EMIT flow_changed();
    }
  }
  Q_EMIT strategy_changed();
}

const planner::StrategyResult* Session::result() const {
  if (!outcome_) return nullptr;
  const auto& all = outcome_->study.strategies;
  const auto found = std::ranges::find(all, strategy_, &planner::StrategyResult::strategy);
  return found == all.end() || found->replications == 0 ? nullptr : &*found;
}

const planner::TimeSeries* Session::series() const {
  const planner::StrategyResult* now = result();
  return now == nullptr || now->series.empty() ? nullptr : &now->series;
}

const planner::Resolution* Session::resolution() const {
  const auto& checked = document_.checked();
  return checked ? checked->find(strategy_) : nullptr;
}

void Session::take(std::shared_ptr<const Outcome> outcome) {
  outcome_ = std::move(outcome);
  if (outcome_->depth == RunOrder::Depth::full) full_ = outcome_;
  if (slice_ && (series() == nullptr || *slice_ >= series()->slices)) set_slice(std::nullopt);
  Q_EMIT outcome_changed();
}

void Session::compare_with_run() {
  const bool back =
      outcome_ != full_ && full_ && changed_inputs(*full_->source, document_.parsed().root).empty();
  if (back) {
    runner_.drop();
    take(full_);
  }
  changed_.clear();
  if (outcome_ && outcome_->revision != document_.revision())
    changed_ = changed_inputs(*outcome_->source, document_.parsed().root);
  Q_EMIT stale_changed();
}

Layer Session::layer() const { return {scope_ == Scope::base ? std::string{} : strategy_}; }

std::string Session::remove(const std::string& entry) {
  const bool is_in_base = planner::at_pointer(document_.parsed().root, entry) != nullptr;
  return remove_entry(document_, is_in_base ? layer() : Layer{strategy_}, entry);
}

void Session::set_scope(Scope scope) {
  if (scope == scope_) return;
  scope_ = scope;
  Q_EMIT scope_changed();
}

std::size_t Session::index_of(const std::string& strategy) const {
  const auto& all = document_.checked()->strategies;
  const auto found = std::ranges::find(all, strategy, &Checked::Strategy::id);
  return static_cast<std::size_t>(found - all.begin());
}

void Session::set_strategy(const std::string& strategy) {
  if (strategy == strategy_ || document_.checked()->find(strategy) == nullptr) return;
  strategy_ = strategy;
  Q_EMIT strategy_changed();
}

void Session::show_when_checked(const std::string& strategy) {
  wanted_ = strategy;
  if (document_.is_checked()) follow_document();
}

void Session::set_reference(const std::string& reference) {
  if (reference == reference_) return;
  reference_ = reference;
  full_.reset();
  if (outcome_ && can_run()) run(RunOrder::Depth::full);
  Q_EMIT strategy_changed();
}

void Session::set_flow(const std::string& flow) {
  if (flow == flow_) return;
  flow_ = flow;
  Q_EMIT flow_changed();
}

void Session::set_slice(std::optional<std::size_t> slice) {
  const planner::TimeSeries* all = series();
  if (slice && (all == nullptr || *slice >= all->slices)) slice.reset();
  if (slice == slice_) return;
  slice_ = slice;
  Q_EMIT slice_changed();
}

Selection Session::selection() const {
  Selection all;
  if (!pointer_.empty()) all.push_back(pointer_);
  if (!strategy_.empty()) all.push_back(pointer_to("strategies", strategy_));
  if (!flow_.empty()) all.push_back(pointer_to("flows", flow_));
  return all;
}

void Session::select(const std::string& pointer) {
  const std::vector<std::string> tokens = planner::pointer_tokens(pointer);
  const bool is_entry = tokens.size() == 2 && resolution() != nullptr;
  if (is_entry && tokens[0] == "strategies") set_strategy(tokens[1]);
  if (is_entry && tokens[0] == "flows" && resolution()->scenario().flows.contains(tokens[1]))
    set_flow(tokens[1]);
  if (pointer == pointer_) return;
  pointer_ = pointer;
  Q_EMIT selection_changed();
}

bool Session::can_run() const {
  return document_.is_checked() && document_.checked()->document.has_value() &&
         std::ranges::all_of(document_.checked()->strategies,
                             [](const Checked::Strategy& s) { return s.resolution.has_value(); });
}

void Session::run(RunOrder::Depth depth) {
  SIM_EXPECT(can_run());
  // A preview of what is known in full would tell less.
  if (depth == RunOrder::Depth::preview && can_report()) return;
  RunOrder order{
      .checked = document_.checked(), .reference = reference_, .source = document_.root(), .depth = depth};
  full_order_ = depth == RunOrder::Depth::full ? order.revision() : 0;
  runner_.start(std::move(order));
}

bool Session::can_report() const {
  return outcome_ && !is_stale() && outcome_->depth == RunOrder::Depth::full && can_run();
}

std::string Session::html_report() const {
  SIM_EXPECT(can_report());
  std::vector<planner::Scenario> scenarios;
  for (const Checked::Strategy& strategy : document_.checked()->strategies) {
    scenarios.push_back(strategy.resolution->scenario());
  }
  return planner::html_report(
      {outcome_->study, std::move(scenarios), document_.checked()->document->bundle()});
}

QString Session::command_line() {
  const Checked& checked = *document_.checked();
  QStringList arguments;
  if (checked.document && reference_ != checked.document->baseline())
    arguments << QStringLiteral("--baseline") << QString::fromStdString(reference_);
  return command_line(QStringLiteral("compare"), arguments);
}

QString Session::command_line(const QString& verb, const QStringList& arguments) {
  if (document_.path().isEmpty() || document_.is_modified()) return {};
  QString command = QStringLiteral("isochrone %1 %2").arg(verb, shell_word(document_.path()));
  for (const QString& argument : arguments) command += u' ' + shell_word(argument);
  return command;
}

}  // namespace gui
