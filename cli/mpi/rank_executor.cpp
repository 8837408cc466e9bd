#include "rank_executor.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <numeric>
#include <stdexcept>

#include "fabric.hpp"
#include "order.hpp"
#include "planner/bundle_text.hpp"
#include "planner/world_archive.hpp"

namespace mpi {
namespace {

constexpr std::chrono::milliseconds look_every{20};

bool is_stopped(const planner::Work& work) { return work.options.stop != nullptr && *work.options.stop; }

bool can_travel(const planner::Work& work) { return work.bundle != nullptr && !work.content.empty(); }

models::WorldResult restored(const Message& message) {
  auto result = planner::restore(message.bytes);
  if (!result) throw std::runtime_error{"rank " + std::to_string(message.rank) + ": not a result"};
  return std::move(*result);
}

}  // namespace

/// One order under way: its ticket, and the answers to it.
class RankExecutor::Errand {
 public:
  Errand(RankExecutor& all, const planner::Work& work) : all_{all}, work_{work} {
    const std::scoped_lock lock{all_.mutex_};
    ticket_ = all_.next_ticket_++;
    all_.inboxes_[ticket_];
  }
  ~Errand() {
    const std::scoped_lock lock{all_.mutex_};
    all_.inboxes_.erase(ticket_);
  }
  Errand(const Errand&) = delete;
  Errand& operator=(const Errand&) = delete;

  void order(int rank, Tag tag) {
    ranks_.push_back(rank);
    send(rank, tag, ticket_, to_text(work_));
  }
  /// Waits for a message with this tag; meanwhile sends the scenario to who asks for it, and passes on that
  /// the run is to stop. @throws what a worker failed with
  Message await(Tag tag) {
    for (;;) {
      if (!told_to_stop_ && is_stopped(work_)) {
        told_to_stop_ = true;
        for (const int rank : ranks_) send(rank, Tag::stop, ticket_);
      }
      std::optional<Message> message = next();
      if (!message) continue;
      if (message->tag == tag) return std::move(*message);
      if (message->tag == Tag::failure) rethrow(message->bytes);
      if (message->tag == Tag::need)
        send(message->rank, Tag::scenario, ticket_, planner::bundle_json(*work_.bundle).dump());
    }
  }

 private:
  std::optional<Message> next() {
    std::unique_lock lock{all_.mutex_};
    std::deque<Message>& messages = all_.inboxes_.at(ticket_).messages;
    all_.changed_.wait_for(lock, look_every, [&] { return !messages.empty(); });
    if (messages.empty()) return std::nullopt;
    Message first = std::move(messages.front());
    messages.pop_front();
    return first;
  }

  RankExecutor& all_;
  const planner::Work& work_;
  std::uint64_t ticket_ = 0;
  std::vector<int> ranks_;
  bool told_to_stop_ = false;
};

/// Threads of a rank that are taken until it ends.
class RankExecutor::Place {
 public:
  Place(RankExecutor& all, int rank, unsigned threads) : all_{all}, rank_{rank}, threads_{threads} {}
  ~Place() {
    const std::scoped_lock lock{all_.mutex_};
    all_.free_[static_cast<std::size_t>(rank_)] += threads_;
    all_.changed_.notify_all();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  RankExecutor& all_;
  int rank_;
  unsigned threads_;
};

RankExecutor::RankExecutor(const Session& session) : session_{session}, threads_{session.own_threads()} {
  configure(0, Spread::replications);
  listener_ = std::thread{[this] { listen(); }};
}

RankExecutor::~RankExecutor() {
  over_ = true;
  listener_.join();
  for (int rank = 1; rank < session_.ranks(); ++rank) send(rank, Tag::leave, 0);
}

void RankExecutor::configure(unsigned threads, Spread spread) {
  const std::scoped_lock lock{mutex_};
  threads_ = threads > 0 ? threads : session_.own_threads();
  spread_ = spread;
  free_.assign(static_cast<std::size_t>(session_.ranks()), threads_);
}

unsigned RankExecutor::places() const {
  return spread_ == Spread::partitions ? 1 : threads_ * static_cast<unsigned>(session_.ranks());
}

void RankExecutor::listen() {
  Pause pause;
  while (!over_) {
    std::optional<Message> message = receive();
    if (!message) {
      pause.wait();
      continue;
    }
    pause.reset();
    const std::scoped_lock lock{mutex_};
    const auto inbox = inboxes_.find(message->ticket);
    if (inbox == inboxes_.end()) continue;  // of an order that was given up because another rank failed
    inbox->second.messages.push_back(std::move(*message));
    changed_.notify_all();
  }
}

int RankExecutor::freest(unsigned threads) const {
  const auto most = std::ranges::max_element(free_);
  return *most >= threads ? static_cast<int>(most - free_.begin()) : -1;
}

// Nothing where the run was stopped before there was a place for it.
std::optional<int> RankExecutor::take_place(const planner::Work& work, unsigned threads) {
  std::unique_lock lock{mutex_};
  for (;;) {
    int rank = freest(threads);
    if (!can_travel(work)) rank = free_.front() >= threads ? 0 : -1;
    if (rank >= 0) {
      free_[static_cast<std::size_t>(rank)] -= threads;
      return rank;
    }
    if (is_stopped(work)) return std::nullopt;
    changed_.wait_for(lock, look_every);
  }
}

models::WorldResult RankExecutor::run(const planner::Work& work) {
  const bool whole = work.options.event_limit == UINT64_MAX && work.options.path == models::Path::compiled;
  if (spread_ == Spread::partitions && whole && can_travel(work)) return run_together(work);
  planner::Work own = work;
  own.options.threads = std::clamp(work.options.threads, 1U, threads_);
  const std::optional<int> rank = take_place(work, own.options.threads);
  if (!rank) return models::World{*work.world, own.options}.run();
  const Place place{*this, *rank, own.options.threads};
  return *rank == 0 ? models::World{*work.world, own.options}.run() : run_elsewhere(own, *rank);
}

models::WorldResult RankExecutor::run_elsewhere(const planner::Work& work, int rank) {
  Errand errand{*this, work};
  errand.order(rank, Tag::order);
  models::WorldResult result = restored(errand.await(Tag::result));
  if (work.options.progress != nullptr)
    *work.options.progress = (work.world->warmup + result.simulated).count();
  return result;
}

models::WorldResult RankExecutor::run_together(const planner::Work& work) try {
  const std::scoped_lock one_at_a_time{together_};
  planner::Work own = work;
  own.options.threads = threads_;
  Errand errand{*this, own};
  for (int rank = 1; rank < session_.ranks(); ++rank) errand.order(rank, Tag::join);
  for (int rank = 1; rank < session_.ranks(); ++rank) static_cast<void>(errand.await(Tag::ready));
  RankFabric fabric;
  own.options.fabric = &fabric;
  models::WorldResult result = models::World{*own.world, own.options}.run();
  for (int rank = 1; rank < session_.ranks(); ++rank)
    models::merge(result, restored(errand.await(Tag::result)));
  return result;
} catch (const std::exception& error) {
  abort_all(error.what());  // the other ranks would wait for this one in vain
}

}  // namespace mpi
