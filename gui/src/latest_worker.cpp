#include "latest_worker.hpp"

#include <utility>

namespace gui {

LatestWorker::LatestWorker(QObject* parent) : QObject{parent} { thread_.setMaxThreadCount(1); }

LatestWorker::~LatestWorker() { thread_.waitForDone(); }

void LatestWorker::request(Job job) {
  if (state_ == State::busy) {
    next_ = std::move(job);
  } else {
    start(std::move(job));
  }
}

void LatestWorker::start(Job job) {
  state_ = State::busy;
  thread_.start([this, job = std::move(job)] {
    // The destructor waits for this thread, so `this` outlives it; calls still queued go with the object.
    QMetaObject::invokeMethod(
        this, [this, deliver = job()] { finish(deliver); }, Qt::QueuedConnection);
  });
}

void LatestWorker::finish(const Delivery& deliver) {
  state_ = State::idle;
  if (next_) start(std::exchange(next_, {}));
  deliver();
}

}  // namespace gui
