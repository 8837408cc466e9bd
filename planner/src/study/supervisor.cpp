#include "study/supervisor.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

namespace planner {

namespace {

constexpr std::chrono::milliseconds look_every{50};

unsigned threads_of(const StudyOptions& options) {
  // How far an event limit reaches must not depend on who came first.
  if (options.event_limit != UINT64_MAX) return 1;
  if (options.executor != nullptr) return options.executor->places();
  if (options.threads > 0) return options.threads;
  return std::max(std::thread::hardware_concurrency(), 1U);
}

}  // namespace

/// The worlds under way, and those that ended and are not taken yet, in the order of their jobs.
class Supervisor::Crew {
 public:
  explicit Crew(std::size_t most) : most_{most} {}
  ~Crew() { stop_ = true; }  // the futures wait
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  [[nodiscard]] bool empty() const { return members_.empty(); }
  /// Room for one more: in time, and in memory for results that wait for an earlier one.
  [[nodiscard]] bool has_room() {
    const std::lock_guard lock{mutex_};
    return busy_ < most_ && members_.size() < 3 * most_;
  }
  void begin(const Job& job, const models::World::Options& options) {
    Member& member = members_.emplace_back();
    member.end_seconds = std::max(sim::to_seconds(job.simulated), 1e-9);
    models::World::Options world = options;
    world.stop = &stop_;
    world.progress = &member.simulated;
    {
      const std::lock_guard lock{mutex_};
      ++busy_;
    }
    member.result = std::async(std::launch::async, [this, &member, &job, world] {
      const Leaving leaving{*this, member};
      return job.run(world);
    });
  }
  /// Takes in a result that is known.
  void add(models::WorldResult result) {
    std::promise<models::WorldResult> known;
    known.set_value(std::move(result));
    Member& member = members_.emplace_back();
    member.origin = Origin::recalled;
    member.end_seconds = 1;
    member.simulated = 1'000'000'000;
    member.ended = true;
    member.result = known.get_future();
  }
  void stop() { stop_ = true; }

  /// Waits a while for one of them to end. @return whether the first has ended
  [[nodiscard]] bool wait() {
    std::unique_lock lock{mutex_};
    if (!first_has_ended())
      changed_.wait_for(lock, look_every, [this] { return std::exchange(one_ended_, false); });
    return first_has_ended();
  }
  /// @pre !empty()
  [[nodiscard]] Origin origin_of_first() const { return members_.front().origin; }
  /// The result of the first. @pre !empty()
  [[nodiscard]] models::WorldResult take() {
    models::WorldResult result = members_.front().result.get();
    members_.pop_front();
    return result;
  }
  /// Worlds' worth of work that is done but not taken.
  [[nodiscard]] double done() const {
    double done = 0;
    for (const Member& member : members_) {
      const auto simulated = static_cast<double>(member.simulated.load(std::memory_order_relaxed)) * 1e-9;
      done += std::clamp(simulated / member.end_seconds, 0.0, 1.0);
    }
    return done;
  }

 private:
  struct Member {
    std::atomic<std::int64_t> simulated{0};
    double end_seconds = 0;
    Origin origin = Origin::run;
    bool ended = false;  ///< guarded by mutex_
    std::future<models::WorldResult> result;
  };
  /// Reports the end of a world, also when it fails.
  struct Leaving {
    Crew& crew;
    Member& member;
    ~Leaving() {
      const std::lock_guard lock{crew.mutex_};
      --crew.busy_;
      member.ended = true;
      crew.one_ended_ = true;
      crew.changed_.notify_one();
    }
  };
  [[nodiscard]] bool first_has_ended() const { return !members_.empty() && members_.front().ended; }

  const std::size_t most_;
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t busy_ = 0;    ///< guarded by mutex_
  bool one_ended_ = false;  ///< guarded by mutex_: since the last wait
  std::deque<Member> members_;
};

Supervisor::Supervisor(const StudyOptions& options)
    : options_{options},
      begin_{std::chrono::steady_clock::now()},
      told_{begin_},
      events_left_{options.event_limit} {}

bool Supervisor::out_of_time() const {
  if (!options_.time_limit_seconds) return false;
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_;
  return passed.count() >= *options_.time_limit_seconds;
}

bool Supervisor::over() const {
  return out_of_time() || (options_.stop && options_.stop->load(std::memory_order_relaxed));
}

void Supervisor::tell_now_and_then(std::size_t first, double done, std::size_t of, const Tell& tell) {
  const auto now = std::chrono::steady_clock::now();
  if (now - told_ < look_every) return;
  told_ = now;
  tell(std::min(first, of - 1), done / static_cast<double>(of));
}

bool Supervisor::run(const std::vector<Job>& jobs, const Take& take, const Tell& tell) {
  const unsigned threads = threads_of(options_);
  const std::size_t side_by_side = std::clamp<std::size_t>(jobs.size(), 1, threads);
  Crew crew{side_by_side};
  std::size_t begun = 0, taken = 0;
  bool complete = true, spent = false;
  while (taken < jobs.size()) {
    const bool ends = over() || !complete || spent;
    if (ends) crew.stop();
    for (; !ends && begun < jobs.size() && crew.has_room(); ++begun) {
      if (auto known = jobs[begun].recall()) {
        crew.add(std::move(*known));
        continue;
      }
      // How many are left is known when all that began have been taken.
      if (options_.event_limit != UINT64_MAX && !crew.empty()) break;
      // What is known costs no events.
      if (spent = events_left_ == 0; spent) break;
      models::World::Options world = jobs[begun].world;
      world.path = options_.path;
      world.event_limit = events_left_;
      world.threads = threads / static_cast<unsigned>(side_by_side);
      crew.begin(jobs[begun], world);
    }
    if (crew.empty()) return false;
    if (crew.wait()) {
      const Origin origin = crew.origin_of_first();
      const models::WorldResult result = crew.take();
      if (origin == Origin::run) events_left_ -= std::min(events_left_, result.events);
      complete = complete && result.status == models::WorldResult::Status::complete;
      take(taken++, result);
    }
    tell_now_and_then(taken, static_cast<double>(taken) + crew.done(), jobs.size(), tell);
  }
  return complete;
}

}  // namespace planner
