#include "state/cache_store.hpp"

namespace models {

CacheStore::CacheStore(const StoreSpec& spec, const ItemKeys& keys, sim::Stream stream, RecordedSpan span)
    : spec_{&spec}, keys_{&keys}, stream_{stream}, span_{span} {
  if (spec.hit_ratio) return;
  if (spec.capacity < keys.items()) {
    held_.emplace(keys.items(), spec.capacity, spec.eviction);
  } else {
    known_.resize(keys.items());
  }
  if (spec.time_to_live || keys.move()) entries_.resize(keys.items());
}

bool CacheStore::lookup(std::uint32_t item, sim::Time now) {
  const bool hit = is_there(item, now);
  if (span_.contains(now)) {
    ++result_.requests;
    result_.hits += hit ? 1 : 0;
  }
  return hit;
}

bool CacheStore::is_there(std::uint32_t item, sim::Time now) {
  if (spec_->hit_ratio) return stream_.draw(draws_++).uniform() < *spec_->hit_ratio;
  bool held = false;
  if (held_) {
    const bool evicts_any = spec_->eviction == Eviction::random;
    held = held_->request(item, evicts_any ? stream_.draw(draws_++) : sim::Draw{});
  } else {
    held = known_[item];
    known_[item] = true;
  }
  return entries_.empty() ? held : is_fresh(item, now, held);
}

bool CacheStore::is_fresh(std::uint32_t item, sim::Time now, bool held) {
  Entry& entry = entries_[item];
  const std::uint32_t moves = keys_->moves(item, now);
  const bool in_time = !spec_->time_to_live || now < entry.expires;
  const bool hit = held && in_time && entry.moves == moves;
  entry.moves = moves;
  const bool prolonged = spec_->time_to_live_rule == TtlEntry::Rule::from_last_request;
  if (spec_->time_to_live && (!hit || prolonged)) entry.expires = now + *spec_->time_to_live;
  return hit;
}

}  // namespace models
