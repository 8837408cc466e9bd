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
    virtual void receive(const sim::Mail& mail, StandardEngine& engine) { handle(mail.event, engine); }
  };

  sim::EntityId add(Entity& entity) {
    entities_.push_back(&entity);
    return sim::EntityId{static_cast<std::uint32_t>(entities_.size() - 1)};
  }
  [[nodiscard]] sim::Time now() const { return now_; }
  void schedule(const sim::Event& event) { queue_.push(event); }
  void send(sim::PartitionId, sim::Event event, std::span<const std::byte> cargo) {
    if (free_.empty()) {
      free_.push_back(mail_.size());
      mail_.emplace_back();
    }
    mail_[free_.back()] = sim::Mail{event, cargo};
    event.aux = has_mail;
    event.data = free_.back();
    free_.pop_back();
    schedule(event);
  }

  void run_until(sim::Time end) {
    while (!queue_.empty() && queue_.top().time < end) {
      const sim::Event event = queue_.top();
      queue_.pop();
      now_ = event.time;
      ++events_;
      Entity& entity = *entities_[event.target.value()];
      if (event.aux != has_mail) {
        entity.handle(event, *this);
      } else {
        const sim::Mail mail = mail_[event.data];
        free_.push_back(event.data);
        entity.receive(mail, *this);
      }
    }
  }
  [[nodiscard]] std::uint64_t events() const { return events_; }

 private:
  static constexpr std::uint16_t has_mail =
      1;  // aux of the events that stand for mail; the models leave it 0
  struct Later {
    bool operator()(const sim::Event& a, const sim::Event& b) const { return sim::earlier(b, a); }
  };
  std::priority_queue<sim::Event, std::vector<sim::Event>, Later> queue_;
  std::vector<Entity*> entities_;
  std::vector<sim::Mail> mail_;
  std::vector<std::size_t> free_;  ///< places in mail_
  sim::Time now_ = sim::time_zero;
  std::uint64_t events_ = 0;
};

}  // namespace bench
