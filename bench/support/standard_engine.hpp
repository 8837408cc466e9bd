#pragma once
#include <cstddef>
#include <cstdint>
#include <queue>
#include <span>
#include <vector>

#include "sim/engine.hpp"

namespace bench {

/// The engine one writes first: one std::priority_queue of events and a table of entities. Offers what the
/// models of the benchmarks use of sim::Context.
class StandardEngine {
 public:
  class Entity {
   public:
    virtual ~Entity() = default;
    virtual void handle(const sim::Event& event, StandardEngine& engine) = 0;
    virtual void accept(const sim::Mail& mail, StandardEngine& engine) { engine.schedule(mail.event); }
  };

  sim::EntityId add(Entity& entity) {
    entities_.push_back(&entity);
    return sim::EntityId{static_cast<std::uint32_t>(entities_.size() - 1)};
  }
  [[nodiscard]] sim::Time now() const { return now_; }
  void schedule(const sim::Event& event) { queue_.push(event); }
  void send(sim::PartitionId, const sim::Event& event, std::span<const std::byte> cargo) {
    sim::Mail mail{.event = event, .cargo = {}};
    std::copy(cargo.begin(), cargo.end(), mail.cargo.begin());
    entities_[event.target.value()]->accept(mail, *this);
  }

  void run_until(sim::Time end) {
    while (!queue_.empty() && queue_.top().time < end) {
      const sim::Event event = queue_.top();
      queue_.pop();
      now_ = event.time;
      ++events_;
      entities_[event.target.value()]->handle(event, *this);
    }
  }
  [[nodiscard]] std::uint64_t events() const { return events_; }

 private:
  struct Later {
    bool operator()(const sim::Event& a, const sim::Event& b) const { return sim::earlier(b, a); }
  };
  std::priority_queue<sim::Event, std::vector<sim::Event>, Later> queue_;
  std::vector<Entity*> entities_;
  sim::Time now_ = sim::time_zero;
  std::uint64_t events_ = 0;
};

}  // namespace bench
