#include "task.hpp"

#include <exception>
#include <utility>

namespace gui {

Task::Task(QObject* parent) : QObject{parent} { thread_.setMaxThreadCount(1); }

Task::~Task() {
  stop();
  thread_.waitForDone();
}

void Task::start(Job job) {
  stop();
  current_ = std::make_shared<Ticket>();
  current_->job = std::move(job);
  ++running_;
  Q_EMIT started();
  thread_.start([this, ticket = current_] { run(ticket); });
}

void Task::stop() {
  if (current_) current_->stop = true;
}

void Task::drop() {
  stop();
  current_.reset();
}

void Task::later(const std::shared_ptr<Ticket>& ticket, Delivery what) {
  QMetaObject::invokeMethod(
      this,
      [this, ticket, what = std::move(what)] {
        if (ticket == current_) what();
      },
      Qt::QueuedConnection);
}

void Task::run(const std::shared_ptr<Ticket>& ticket) {
  const Watch watch{&ticket->stop,
                    [this, ticket](const planner::Progress& progress) {
                      later(ticket, [this, progress] { Q_EMIT progressed(progress); });
                    },
                    [this, ticket](Delivery part) { later(ticket, std::move(part)); }};
  Delivery deliver;
  QString error;
  try {
    deliver = ticket->job(watch);
  } catch (const std::exception& failure) {
    error = QString::fromUtf8(failure.what());
  }
  QMetaObject::invokeMethod(
      this, [this, ticket, deliver, error] { finish(ticket, deliver, error); }, Qt::QueuedConnection);
}

void Task::finish(const std::shared_ptr<Ticket>& ticket, const Delivery& deliver, const QString& error) {
  --running_;
  if (ticket == current_) {
    if (!error.isEmpty()) {
      Q_EMIT failed(error);
    } else if (deliver) {
      deliver();
    }
  }
  Q_EMIT ended();
}

}  // namespace gui
