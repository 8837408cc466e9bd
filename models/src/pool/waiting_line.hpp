#pragma once
#include <cstddef>
#include <vector>

#include "pool/fifo.hpp"
#include "pool/slots.hpp"
#include "sim/time.hpp"

namespace models {

/// Requests that wait for slots: the highest priority first, and within one first come, first served.
///
/// Who is in service is not interrupted. O(priorities in use) a call; a line without priorities is one Fifo.
class WaitingLine {
 private:
  /// Of two that have waited equally long, that of lower priority.
  template <class Line>
  static auto& oldest(Line& lines) {
    auto* found = &lines.usual_;
    for (auto& line : lines.urgent_) {
      if (line.empty()) continue;
      if (found->empty() || line.front().since < found->front().since) found = &line;
    }
    return *found;
  }

 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }

  void push(const Ticket& ticket, std::uint32_t priority) {
    if (priority > urgent_.size()) urgent_.resize(priority);
    (priority == 0 ? usual_ : urgent_[priority - 1]).push(ticket);
    ++size_;
  }
  /// Takes who is next. @pre !empty()
  Ticket pop() {
    Fifo<Ticket>& line = first();
    const Ticket ticket = line.front();
    line.pop();
    --size_;
    return ticket;
  }
  /// Since when who has waited longest has waited. @pre !empty()
  [[nodiscard]] sim::Time longest_since() const { return oldest(*this).front().since; }
  /// Takes who has waited longest. @pre !empty()
  Ticket pop_oldest() {
    Fifo<Ticket>& line = oldest(*this);
    const Ticket ticket = line.front();
    line.pop();
    --size_;
    return ticket;
  }

 private:
  Fifo<Ticket>& first() {
    for (std::size_t i = urgent_.size(); i-- > 0;) {
      if (!urgent_[i].empty()) return urgent_[i];
    }
    return usual_;
  }
  Fifo<Ticket> usual_;                ///< priority 0
  std::vector<Fifo<Ticket>> urgent_;  ///< priorities 1, 2, ...
  std::size_t size_ = 0;
};

}  // namespace models
