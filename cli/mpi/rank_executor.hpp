#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "planner/executor.hpp"
#include "ranks.hpp"

namespace mpi {

/// Rank 0's hold on all ranks: gives each replication to a rank with a free thread, its own among them.
class RankExecutor final : public planner::Executor {
 public:
  /// To be made by rank 0 while the other ranks serve.
  explicit RankExecutor(const Session& session);
  /// Sends the other ranks home.
  ~RankExecutor() override;

  void configure(unsigned threads, Spread spread) override;
  [[nodiscard]] unsigned places() const override;
  [[nodiscard]] models::WorldResult run(const planner::Work& work) override;

 private:
  /// Messages that belong to one order, until its thread takes them.
  struct Inbox {
    std::deque<Message> messages;
  };
  class Errand;
  class Place;
  [[nodiscard]] models::WorldResult run_elsewhere(const planner::Work& work, int rank);
  [[nodiscard]] models::WorldResult run_together(const planner::Work& work);
  [[nodiscard]] std::optional<int> take_place(const planner::Work& work, unsigned threads);
  [[nodiscard]] int freest(unsigned threads) const;
  void listen();

  const Session& session_;
  Spread spread_ = Spread::replications;
  unsigned threads_;  ///< of each rank
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<unsigned> free_;              ///< guarded: threads, by rank
  std::map<std::uint64_t, Inbox> inboxes_;  ///< guarded: by ticket
  std::uint64_t next_ticket_ = 1;           ///< guarded
  std::mutex together_;                     ///< held while all ranks run one world
  std::atomic<bool> over_ = false;
  std::thread listener_;
};

}  // namespace mpi
