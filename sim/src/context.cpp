#include <algorithm>

#include "running.hpp"
#include "sim/engine.hpp"

namespace sim {

void Entity::accept(const Mail& mail, Context& context) { context.schedule(mail.event); }

Entity& Context::resident(EntityId id) const {
  SIM_EXPECT(id.value() < residents_.size());
  const detail::Resident& resident = residents_[id.value()];
  SIM_EXPECT(resident.home == partition_);
  return *resident.entity;
}

void Context::accept(const Mail& mail) { resident(mail.event.target).accept(mail, *this); }

void Context::send(PartitionId to, const Event& event, std::span<const std::byte> cargo) {
  SIM_EXPECT(cargo.size() <= Mail::cargo_size);
  const auto fill = [&](Mail& mail) {
    mail.event = event;
    std::copy(cargo.begin(), cargo.end(), mail.cargo.begin());
  };
  if (to == partition_) {
    Mail mail{};
    fill(mail);
    return accept(mail);
  }
  SIM_EXPECT(event.time - now_ >= lookahead_);
  fill(outbox_.emplace_back(Outgoing{to, Mail{}}).mail);
}

std::uint64_t Context::run(Time until, std::uint64_t limit) {
  Event event;
  const detail::Running running{event};
  std::uint64_t handled = 0;
  for (; handled < limit && queue_.next_time() < until; ++handled) {
    event = queue_.top();
    now_ = event.time;
    fingerprint_.add(event.target, event.time, event.kind);
    top_is_handled_ = true;
    resident(event.target).handle(event, *this);
    settle();
  }
  return handled;
}

}  // namespace sim
