#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "models/store_spec.hpp"
#include "sim/contract.hpp"
#include "sim/hash.hpp"
#include "sim/random.hpp"

namespace models {

/// Which item a request concerns, and what items draw for themselves.
class ItemKeys {
 public:
  /// @param spec  kept by reference
  ItemKeys(const KeySpec& spec, const sim::Streams& streams)
      : spec_{&spec},
        key_{streams.make(spec.purpose, std::uint64_t{0}).key()},
        name_{sim::hash_name(spec.name)} {
    SIM_EXPECT(spec.items > 0);
    SIM_EXPECT(!spec.popularity || spec.popularity->probabilities().size() == spec.items);
  }

  /// @param source  hash of the name of the request's source
  [[nodiscard]] std::uint32_t item(std::uint64_t source, std::uint32_t number) const {
    if (spec_->items == 1) return 0;
    const sim::Draw draw = sim::Stream{key_, source}.draw(number);
    if (spec_->popularity) return spec_->popularity->item(draw);
    return std::min(static_cast<std::uint32_t>(draw.uniform() * spec_->items), spec_->items - 1);
  }

  /// How often an item has chosen its place anew until `now`. Items do so at instants of their own.
  [[nodiscard]] std::uint32_t moves(std::uint32_t item, sim::Time now) const {
    if (spec_->stay <= sim::Duration{0}) return 0;
    return static_cast<std::uint32_t>(stays_until(item, now));
  }

  /// Time since the last of the moves(); before the first, since the one that came before time 0.
  /// @pre items move
  [[nodiscard]] sim::Duration since_move(std::uint32_t item, sim::Time now) const {
    const double stays = stays_until(item, now);
    return sim::from_seconds((stays - static_cast<double>(moves(item, now))) * sim::to_seconds(spec_->stay));
  }

  /// The item's draw of purpose `key`, whether it moves or not.
  [[nodiscard]] sim::Draw first_draw(std::uint64_t key, std::uint32_t item) const {
    return sim::Stream{key, name_}.draw(item);
  }

  /// The item's draw of purpose `key`; another one after each move.
  [[nodiscard]] sim::Draw own_draw(std::uint64_t key, std::uint32_t item, sim::Time now) const {
    return sim::Stream{key, name_}.draw(item, 2 * moves(item, now));
  }

  [[nodiscard]] std::uint32_t items() const { return spec_->items; }
  [[nodiscard]] bool move() const { return spec_->stay > sim::Duration{0}; }

 private:
  /// In lengths of a stay, of which a part is over at time 0.
  [[nodiscard]] double stays_until(std::uint32_t item, sim::Time now) const {
    const double stays = sim::to_seconds(now - sim::time_zero) / sim::to_seconds(spec_->stay);
    return stays + sim::Stream{key_, name_}.draw(item).uniform();
  }

  const KeySpec* spec_;
  std::uint64_t key_, name_;
};

}  // namespace models
