#include "sim/context.hpp"

#include "running.hpp"

namespace sim {
namespace {

/// Target of the events that stand for kept mail.
constexpr EntityId kept_mail{};

}  // namespace

Entity& Context::resident(EntityId id) const {
  SIM_EXPECT(id.value() < residents_.size());
  const detail::Resident& resident = residents_[id.value()];
  SIM_EXPECT(resident.home == partition_);
  return *resident.entity;
}

void Context::keep(const Mail& mail) {
  if (free_.empty()) {
    free_.push_back(kept_.size());
    kept_.push_back(mail);
  }
  const std::size_t place = free_.back();
  free_.pop_back();
  kept_[place] = mail;
  schedule({.time = mail.event.time, .order = mail.event.order, .target = kept_mail, .data = place});
}

void Context::receive(const Mail& mail) {
  now_ = mail.event.time;
  fingerprint_.add(mail.event.target, now_, mail.event.kind);
  resident(mail.event.target).receive(mail, *this);
}

void Context::handle(const Event& event) {
  if (event.target == kept_mail) {
    const Mail mail = kept_[event.data];
    free_.push_back(event.data);
    const detail::Running running{mail.event};
    return receive(mail);
  }
  now_ = event.time;
  fingerprint_.add(event.target, now_, event.kind);
  resident(event.target).handle(event, *this);
}

std::uint64_t Context::run(detail::DueMail& due, std::uint64_t limit) {
  Event event;
  const detail::Running running{event};
  events_left_ = limit;
  while (events_left_ > 0) {
    const Mail* const mail = due.next();
    const Time queued = queue_.next_time();
    if (mail != nullptr && (queued == time_never || earlier(mail->event, queue_.top()))) {
      --events_left_;
      event = mail->event;
      due.pop();
      receive(*mail);
    } else if (queued < window_end_) {
      --events_left_;
      event = queue_.top();
      top_is_handled_ = true;
      handle(event);
      settle();
    } else {
      break;
    }
  }
  return limit - events_left_;
}

}  // namespace sim
