#pragma once
#include <atomic>
#include <future>
#include <map>

#include "order.hpp"
#include "ranks.hpp"
#include "world_shelf.hpp"

namespace mpi {

/// A rank other than 0: does what it is told until there is no more to do.
class Worker {
 public:
  explicit Worker(const Session& session) : session_{session} {}
  void serve();

 private:
  /// An order that waits for its scenario, or is being done.
  struct Task {
    Tag tag{};
    Order order;
    std::atomic<bool> stop{false};
    std::future<void> done;
  };
  void accept(const Message& message);
  void begin_all(const std::string& content, const WorldShelf::Compiled& compiled);
  void begin(std::uint64_t ticket, Task& task, const WorldShelf::Compiled& compiled);
  void simulate(std::uint64_t ticket, const Task& task, const WorldShelf::Compiled& compiled) const;
  void drop_ended();

  const Session& session_;
  WorldShelf shelf_;
  std::map<std::uint64_t, Task> tasks_;  ///< by ticket
};

}  // namespace mpi
