#include "state/object_store.hpp"

#include <algorithm>

namespace models {

std::optional<sim::Time> ObjectStore::take(std::uint32_t item, sim::Time now) {
  Object& object = objects_[item];
  const bool recorded = span_.contains(now);
  result_.requests += recorded;
  if (object.held) {
    result_.waited += recorded;
    return std::nullopt;
  }
  const bool awake = !spec_->hibernate_after || (object.known && now <= sleeps_at(object));
  account(object, now);
  object.held = true;
  object.known = true;
  if (awake) return now;
  result_.woken += recorded;
  return now + std::min(spec_->wake_up.sample_duration(stream_.draw(wakings_++)), longest_delay);
}

void ObjectStore::wait(std::uint32_t item, Ticket ticket) {
  const std::uint32_t added = waiting_.add({ticket, nobody});
  Object& object = objects_[item];
  (object.last == nobody ? object.first : waiting_[object.last].next) = added;
  object.last = added;
}

std::optional<Ticket> ObjectStore::give_back(std::uint32_t item, sim::Time now) {
  Object& object = objects_[item];
  account(object, now);
  if (object.first == nobody) {
    object.held = false;
    return std::nullopt;
  }
  const std::uint32_t first = object.first;
  const Waiting waiting = waiting_[first];
  waiting_.release(first);
  object.first = waiting.next;
  if (object.first == nobody) object.last = nobody;
  return waiting.ticket;
}

void ObjectStore::account(Object& object, sim::Time now) {
  const sim::Time until = object.held ? now : std::min(now, sleeps_at(object));
  if (object.known) {
    result_.awake += span_.overlap(object.since, until);
    span_.for_each_part(object.since, until,
                        [&](std::size_t piece, sim::Duration part) { awake_[piece] += part; });
  }
  object.since = now;
}

void ObjectStore::close(sim::Time end) {
  for (Object& object : objects_) account(object, end);
}

}  // namespace models
