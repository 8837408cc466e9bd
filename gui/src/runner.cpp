#include "runner.hpp"

#include <algorithm>
#include <chrono>
#include <exception>

namespace gui {
namespace {

/// A preview is a sketch: it has this long, and says so wherever it is shown.
constexpr double preview_seconds = 0.25;
constexpr std::uint32_t preview_replications = 2;
constexpr sim::Duration preview_span = std::chrono::seconds{20};

void shorten(planner::Scenario& scenario) {
  scenario.duration = std::min(scenario.duration, preview_span);
  scenario.warmup = std::min(scenario.warmup, preview_span / 4);
}

planner::StudyOptions options_for(RunOrder::Depth depth) {
  planner::StudyOptions options;
  if (depth == RunOrder::Depth::preview) {
    options.replications = preview_replications;
    options.time_limit_seconds = preview_seconds;
  }
  return options;
}

}  // namespace

Runner::Runner(QObject* parent) : QObject{parent} { thread_.setMaxThreadCount(1); }

Runner::~Runner() {
  stop();
  thread_.waitForDone();
}

void Runner::start(RunOrder order) {
  stop();
  current_ = std::make_shared<Ticket>();
  current_->order = std::move(order);
  current_->number = ++orders_;
  ++running_;
  Q_EMIT started(current_->order.depth);
  thread_.start([this, ticket = current_] { run(ticket); });
}

void Runner::stop() {
  if (current_) current_->stop = true;
}

void Runner::run(const std::shared_ptr<Ticket>& ticket) {
  planner::StudyOptions options = options_for(ticket->order.depth);
  options.stop = &ticket->stop;
  options.progress = [this, ticket](const planner::Progress& progress) {
    QMetaObject::invokeMethod(
        this,
        [this, ticket, progress] {
          if (ticket == current_) Q_EMIT progressed(progress);
        },
        Qt::QueuedConnection);
  };
  auto outcome = std::make_shared<Outcome>();
  QString error;
  const auto start = std::chrono::steady_clock::now();
  try {
    if (ticket->order.depth == RunOrder::Depth::preview) {
      std::ranges::for_each(ticket->order.strategies, shorten);
    }
    outcome->study = planner::run_study(ticket->order.strategies, options);
  } catch (const std::exception& failure) {
    error = QString::fromUtf8(failure.what());
  }
  outcome->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  outcome->revision = ticket->order.revision;
  outcome->depth = ticket->order.depth;
  QMetaObject::invokeMethod(
      this, [this, ticket, outcome, error] { report(ticket, outcome, error); }, Qt::QueuedConnection);
}

void Runner::report(const std::shared_ptr<Ticket>& ticket, std::shared_ptr<const Outcome> outcome,
                    const QString& error) {
  --running_;
  if (ticket != current_) return;  // a newer order took its place
  if (error.isEmpty()) {
    Q_EMIT finished(std::move(outcome));
  } else {
    Q_EMIT failed(error);
  }
}

}  // namespace gui
