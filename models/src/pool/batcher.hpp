#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "models/world.hpp"
#include "pool/fifo.hpp"
#include "pool/pool_series.hpp"
#include "pool/slots.hpp"
#include "sim/random.hpp"
#include "world/recorded_span.hpp"

namespace models {

/// Accelerators that serve the requests of one or more models in batches.
///
/// A batch holds requests of one model. It is due when it is full or when its first request has waited for
/// Batching::wait, and starts when an accelerator is free; of several that are due the one whose first
/// request has waited longest. It takes time of one * (1 + (n - 1) * added), and before that the loading of
/// the model if the accelerator's memory does not hold it. Memory keeps the models that were used last.
///
/// Two things are events, for which the owner calls: the end of a batch, and the end of a wait.
/// O(models + accelerators) a call.
class Batcher {
 public:
  struct Waiter {
    Ticket ticket;
    sim::Duration alone{};  ///< time of a batch of one
  };
  struct Batch {
    std::uint32_t model = 0;
    sim::Time begin{}, end{};  ///< the loading of the model included
    std::vector<Waiter> members;
  };

  Batcher(const AcceleratorSpec& spec, RecordedSpan span);
  /// @param stream  of loading times. @return how the pool's model is called below, from 0
  std::uint32_t add_model(const PoolSpec& pool, sim::Stream stream);
  /// Fills the memories before the run, with the first models that fit. To be called once all are added.
  void settle();

  /// Never granted: `queued`, `spilled` or `refused`.
  Admission admit(sim::Time now, std::uint32_t model, Divert divert);
  /// @pre admit() said queued
  void enqueue(std::uint32_t model, const Waiter& waiter);
  /// Starts a batch that is due. @return the accelerator, none if nothing can start
  std::uint32_t start(sim::Time now);
  [[nodiscard]] const Batch& running(std::uint32_t accelerator) const {
    return accelerators_[accelerator].batch;
  }
  /// Frees an accelerator whose batch has ended. @return the batch; valid until the accelerator's next end
  const Batch& finish(std::uint32_t accelerator);
  /// When a wait for a fuller batch ends next; never if none is under way or no accelerator is free.
  [[nodiscard]] sim::Time next_due() const;
  /// When the owner's timer for that rings, if it has set one; never otherwise.
  [[nodiscard]] sim::Time timer() const { return timer_; }
  void set_timer(sim::Time at) { timer_ = at; }
  /// Numbers its events, for their order.
  [[nodiscard]] std::uint64_t count_event() { return events_++; }

  /// Accounts for what runs when the run ends. To be called once, last.
  void close(sim::Time end);
  [[nodiscard]] const PoolResult& result(std::uint32_t model) const { return models_[model].result; }
  /// The same for each piece of the recorded span; empty where there are none.
  [[nodiscard]] std::vector<PoolResult> series(std::uint32_t model, sim::Time end) const {
    return always_on(models_[model].series, models_[model].pool->instances, end, span_);
  }

 private:
  struct Model {
    const PoolSpec* pool;
    sim::Stream stream;
    Fifo<Waiter> queue;
    std::uint32_t loads = 0;  ///< so far; numbers the draws
    PoolResult result;
    PoolSeries series;
  };
  struct Accelerator {
    bool busy = false;
    std::vector<std::uint32_t> resident;  ///< models, last used first
    Batch batch, ended;
  };
  [[nodiscard]] bool is_due(const Model& model, sim::Time now) const;
  [[nodiscard]] std::uint32_t first_due(sim::Time now) const;
  [[nodiscard]] std::uint32_t free_accelerator(std::uint32_t model) const;
  [[nodiscard]] double occupied(const Accelerator& accelerator) const;
  sim::Duration load(Accelerator& accelerator, std::uint32_t model, sim::Time now);
  void fill(Batch& batch, Model& model) const;
  void account(const Batch& batch, sim::Time until);
  void count(Model& model, std::uint64_t PoolResult::*counter, sim::Time now) const;

  const AcceleratorSpec* spec_;
  RecordedSpan span_;
  std::vector<Model> models_;
  std::vector<Accelerator> accelerators_;
  std::uint32_t busy_ = 0;
  std::uint64_t events_ = 0;
  sim::Time timer_ = sim::time_never;
};

}  // namespace models
