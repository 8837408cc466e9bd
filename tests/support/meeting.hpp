#pragma once
#include <atomic>
#include <barrier>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "sim/fabric.hpp"

namespace test_support {

/// Members of a fabric in threads of this process: what ranks of a cluster are, without a cluster.
class Meeting {
 public:
  explicit Meeting(unsigned members)
      : letters_(members, std::vector<std::vector<sim::Mail>>(members)), outlooks_(members), all_{members} {
    for (unsigned i = 0; i < members; ++i) members_.push_back(std::make_unique<Member>(*this, i));
  }

  /// Calls work(fabric) for every member, each in a thread of its own, and waits for them.
  void run(const std::function<void(sim::Fabric&)>& work) {
    std::vector<std::jthread> threads;
    for (const auto& member : members_) threads.emplace_back([&] { work(*member); });
  }
  /// Letters that were handed over so far.
  [[nodiscard]] std::size_t delivered() const { return delivered_; }

 private:
  class Member final : public sim::Fabric {
   public:
    Member(Meeting& meeting, unsigned number) : meeting_{meeting}, number_{number} {}
    [[nodiscard]] unsigned member() const override { return number_; }
    [[nodiscard]] unsigned members() const override {
      return static_cast<unsigned>(meeting_.members_.size());
    }
    Outlook meet(Outlook own, std::vector<std::vector<sim::Mail>>& outgoing,
                 std::vector<sim::Mail>& incoming) override {
      meeting_.outlooks_[number_] = own;
      std::swap(meeting_.letters_[number_], outgoing);
      meeting_.all_.arrive_and_wait();
      Outlook all;
      for (const Outlook& each : meeting_.outlooks_) {
        all.next = std::min(all.next, each.next);
        all.stop = all.stop || each.stop;
        all.events += each.events;
      }
      for (auto& from : meeting_.letters_) {
        incoming.insert(incoming.end(), from[number_].begin(), from[number_].end());
        meeting_.delivered_ += from[number_].size();
        from[number_].clear();
      }
      meeting_.all_.arrive_and_wait();
      std::swap(meeting_.letters_[number_], outgoing);
      return all;
    }

   private:
    Meeting& meeting_;
    unsigned number_;
  };

  std::vector<std::vector<std::vector<sim::Mail>>> letters_;  ///< by sender and receiver
  std::vector<sim::Fabric::Outlook> outlooks_;
  std::barrier<> all_;
  std::vector<std::unique_ptr<Member>> members_;
  std::atomic<std::size_t> delivered_ = 0;
};

}  // namespace test_support
