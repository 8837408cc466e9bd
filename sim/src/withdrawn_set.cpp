#include "sim/withdrawn_set.hpp"

#include <algorithm>
#include <utility>

#include "sim/contract.hpp"
#include "sim/hash.hpp"

namespace sim {

std::size_t WithdrawnSet::home(Key key) const {
  const auto time = static_cast<std::uint64_t>(key.time.time_since_epoch().count());
  return combine(time, key.order.key()) & (keys_.size() - 1);
}

// The place of `key`, or the free place where it would go.
std::size_t WithdrawnSet::find(Key key) const {
  std::size_t place = home(key);
  while (!free(place) && keys_[place] != key) place = next(place);
  return place;
}

void WithdrawnSet::grow() {
  const std::vector<Key> old =
      std::exchange(keys_, std::vector<Key>(std::max<std::size_t>(16, 2 * keys_.size())));
  for (const Key key : old)
    if (key.time != Time::min()) keys_[find(key)] = key;
}

void WithdrawnSet::insert(const Event& event) {
  SIM_EXPECT(event.time > Time::min());
  if (2 * (size_ + 1) > keys_.size()) grow();
  const std::size_t place = find({event.time, event.order});
  SIM_EXPECT(free(place));
  keys_[place] = {event.time, event.order};
  ++size_;
}

bool WithdrawnSet::remove(const Event& event) {
  if (size_ == 0) return false;
  std::size_t hole = find({event.time, event.order});
  if (free(hole)) return false;
  // Keys after the hole move into it unless that would put them before their home.
  for (std::size_t place = next(hole); !free(place); place = next(place)) {
    const std::size_t mask = keys_.size() - 1;
    if (((place - home(keys_[place])) & mask) < ((place - hole) & mask)) continue;
    keys_[hole] = keys_[place];
    hole = place;
  }
  keys_[hole] = Key{};
  --size_;
  return true;
}

}  // namespace sim
