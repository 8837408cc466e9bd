#include "supervisor.hpp"

#include <algorithm>
#include <future>

namespace planner {

namespace {

constexpr std::chrono::milliseconds look_every{50};

}  // namespace

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
  return events_left_ == 0 || out_of_time() ||
         (options_.stop && options_.stop->load(std::memory_order_relaxed));
}

models::WorldResult Supervisor::run(const models::WorldSpec& spec, models::World::Options world,
                                    const std::function<void(double share)>& tell) {
  std::atomic<bool> stop{false};
  std::atomic<std::int64_t> simulated{0};
  world.path = options_.path;
  world.event_limit = events_left_;
  world.stop = &stop;
  world.progress = &simulated;
  auto running = std::async(std::launch::async, [&] { return models::World{spec, world}.run(); });
  const double end = std::max(sim::to_seconds(spec.warmup + spec.duration), 1e-9);
  while (running.wait_for(look_every) != std::future_status::ready) {
    if (over()) stop = true;
    tell(std::clamp(static_cast<double>(simulated.load(std::memory_order_relaxed)) * 1e-9 / end, 0.0, 1.0));
    told_ = std::chrono::steady_clock::now();
  }
  models::WorldResult result = running.get();
  // Many short worlds are progress as well.
  if (const auto now = std::chrono::steady_clock::now(); now - told_ >= look_every) {
    tell(1.0);
    told_ = now;
  }
  events_left_ -= std::min(events_left_, result.events);
  return result;
}

}  // namespace planner
