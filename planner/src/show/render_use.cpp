#include "show/render_use.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "planner/number_text.hpp"
#include "show/text_table.hpp"

namespace planner {
namespace {

using Emphasis = TextTable::Emphasis;

/// Requests that a batch held on average.
std::string mean_batch_text(const PoolUse& pool) {
  return pool.batches == 0
             ? ""
             : number_text(static_cast<double>(pool.requests) / static_cast<double>(pool.batches));
}

std::string pool_table(const StrategyResult& result, const TextOptions& options) {
  std::vector<const PoolUse*> pools;
  for (const PoolUse& pool : result.pools) pools.push_back(&pool);
  std::stable_sort(pools.begin(), pools.end(),
                   [](const PoolUse* a, const PoolUse* b) { return a->utilisation > b->utilisation; });
  if (pools.empty()) return {};
  const std::size_t shown = std::min(pools.size(), longest_list);
  TextTable table;
  const auto any = [&](auto count) {
    return std::any_of(pools.begin(), pools.end(), [&](const PoolUse* pool) { return pool->*count > 0; });
  };
  const bool cold =
      std::any_of(pools.begin(), pools.end(), [](const PoolUse* pool) { return pool->cold_share.value > 0; });
  const bool spilled = any(&PoolUse::spilled), refused = any(&PoolUse::refused),
             throttled = any(&PoolUse::throttled), shed = any(&PoolUse::shed),
             batches = any(&PoolUse::batches), loads = any(&PoolUse::model_loads);
  const auto row = [&](std::vector<std::string> cells, const PoolUse* pool, Emphasis emphasis) {
    // Columns that would be 0 throughout are left out.
    if (cold) cells.push_back(pool ? percent_text(pool->cold_share.value) : "cold");
    if (spilled) cells.push_back(pool ? count_text(pool->spilled) : "spilled");
    if (refused) cells.push_back(pool ? count_text(pool->refused) : "refused");
    if (throttled) cells.push_back(pool ? count_text(pool->throttled) : "throttled");
    if (shed) cells.push_back(pool ? count_text(pool->shed) : "shed");
    if (batches) cells.push_back(pool ? mean_batch_text(*pool) : "a batch");
    if (loads) cells.push_back(pool ? count_text(pool->model_loads) : "model loads");
    table.row(std::move(cells), emphasis);
  };
  row({shown < pools.size() ? fmt::format("busiest {} of {} pools", shown, pools.size()) : "pool", "busy",
       "offered/s", "instances", "peak", "queue"},
      nullptr, Emphasis::strong);
  for (std::size_t i = 0; i < shown; ++i) {
    const PoolUse& pool = *pools[i];
    row({pool.site + "/" + pool.service, fmt::format("{:.1f} %", 100 * pool.utilisation),
         number_text(pool.offered_rate), number_text(pool.mean_instances), count_text(pool.peak_instances),
         count_text(pool.peak_queue)},
        &pool, Emphasis::none);
  }
  return table.text(options.width, 2, options.color) + "\n";
}

/// Mean times of cold starts by part, of pools whose parts are known; the most starts first.
std::string start_table(const StrategyResult& result, const TextOptions& options) {
  std::vector<const PoolUse*> pools;
  for (const PoolUse& pool : result.pools) {
    if (pool.start.in_parts()) pools.push_back(&pool);
  }
  if (pools.empty()) return {};
  const auto waited = [](const PoolUse* pool) {
    return pool->cold_share.value * static_cast<double>(pool->requests);
  };
  std::stable_sort(pools.begin(), pools.end(),
                   [&](const PoolUse* a, const PoolUse* b) { return waited(a) > waited(b); });
  TextTable table;
  table.row({"cold start [ms]", "acquire", "pull", "restore", "init"}, Emphasis::strong);
  for (std::size_t i = 0; i < std::min(pools.size(), longest_list); ++i) {
    const PoolUse& pool = *pools[i];
    const auto text = [](double seconds) { return number_text(1e3 * seconds); };
    table.row({pool.site + "/" + pool.service, text(pool.start.acquire), text(pool.start.pull),
               text(pool.start.restore), text(pool.start.init)},
              Emphasis::none);
  }
  return table.text(options.width, 2, options.color) + "\n";
}

/// `20 Mbit/s`.
std::string rate_text(double bits_per_second) {
  constexpr std::array<std::pair<double, const char*>, 3> units{
      {{1e9, "Gbit/s"}, {1e6, "Mbit/s"}, {1e3, "kbit/s"}}};
  for (const auto& [size, unit] : units)
    if (bits_per_second >= size) return number_text(bits_per_second / size) + " " + unit;
  return number_text(bits_per_second) + " bit/s";
}

/// Directions of links with a bandwidth, the fullest first.
std::string link_table(const StrategyResult& result, const TextOptions& options) {
  std::vector<const LinkUse*> links;
  for (const LinkUse& link : result.links) links.push_back(&link);
  std::stable_sort(links.begin(), links.end(),
                   [](const LinkUse* a, const LinkUse* b) { return a->utilisation > b->utilisation; });
  if (links.empty()) return {};
  const std::size_t shown = std::min(links.size(), longest_list);
  TextTable table;
  table.row({shown < links.size() ? fmt::format("fullest {} of {} ways", shown, links.size()) : "link",
             "from", "busy", "carried", "capacity"},
            Emphasis::strong);
  for (std::size_t i = 0; i < shown; ++i) {
    const LinkUse& link = *links[i];
    table.row({link.link, link.from, fmt::format("{:.1f} %", 100 * link.utilisation), rate_text(link.carried),
               rate_text(link.capacity)},
              Emphasis::none);
  }
  return table.text(options.width, 2, options.color) + "\n";
}

/// Calls that are given up, tried again or sent twice, those with the most failures first.
std::string call_table(const StrategyResult& result, const TextOptions& options) {
  std::vector<const CallUse*> calls;
  for (const CallUse& call : result.calls) calls.push_back(&call);
  std::stable_sort(calls.begin(), calls.end(), [](const CallUse* a, const CallUse* b) {
    return a->counts.failed + a->counts.turned_away > b->counts.failed + b->counts.turned_away;
  });
  if (calls.empty()) return {};
  const std::size_t shown = std::min(calls.size(), longest_list);
  TextTable table;
  table.row({shown < calls.size() ? fmt::format("worst {} of {} calls", shown, calls.size()) : "call",
             "attempts", "failed", "timed out", "retried", "no budget", "hedged", "breaker"},
            Emphasis::strong);
  for (std::size_t i = 0; i < shown; ++i) {
    const models::GuardResult& counts = calls[i]->counts;
    table.row(
        {calls[i]->flow + "/" + calls[i]->call + " from " + calls[i]->caller, count_text(counts.attempts),
         count_text(counts.failed), count_text(counts.timed_out), count_text(counts.retried),
         count_text(counts.not_retried), count_text(counts.hedged), count_text(counts.turned_away)},
        Emphasis::none);
  }
  return table.text(options.width, 2, options.color) + "\n";
}

/// Messages of asynchronous calls, the queue with the most in it first.
std::string queue_table(const StrategyResult& result, const TextOptions& options) {
  std::vector<const QueueUse*> queues;
  for (const QueueUse& queue : result.queues) queues.push_back(&queue);
  std::stable_sort(queues.begin(), queues.end(),
                   [](const QueueUse* a, const QueueUse* b) { return a->mean_length > b->mean_length; });
  if (queues.empty()) return {};
  const std::size_t shown = std::min(queues.size(), longest_list);
  TextTable table;
  table.row({shown < queues.size() ? fmt::format("longest {} of {} queues", shown, queues.size()) : "queue",
             "accepted", "delivered", "dead", "dropped", "refused", "blocked", "mean", "peak", "p99 [ms]"},
            Emphasis::strong);
  for (std::size_t i = 0; i < shown; ++i) {
    const models::QueueResult& counts = queues[i]->counts;
    const double p99 = counts.delivered > 0 ? 1e3 * sim::to_seconds(counts.delay.quantile(0.99)) : 0.0;
    table.row({queues[i]->site + "/" + queues[i]->service, count_text(counts.accepted),
               count_text(counts.delivered), count_text(counts.dead_letters), count_text(counts.dropped),
               count_text(counts.refused), count_text(counts.blocked), number_text(queues[i]->mean_length),
               count_text(counts.peak), number_text(p99)},
              Emphasis::none);
  }
  return table.text(options.width, 2, options.color) + "\n";
}

/// What is told of a store, as a share of its requests.
std::string told(const StateUse& use) {
  const models::StoreResult& counts = use.counts;
  const auto share = [&](std::uint64_t part) {
    return fmt::format(
        "{:.2f} %",
        counts.requests > 0 ? 100 * static_cast<double>(part) / static_cast<double>(counts.requests) : 0.0);
  };
  switch (use.kind) {
    case State::Kind::cache:
    case State::Kind::session:
      return share(counts.hits) + " hit";
    case State::Kind::objects:
      return share(counts.waited) + " waited, " + share(counts.woken) + " woke it up";
    case State::Kind::replicated:
      break;
  }
  return share(counts.stale) + " stale, " + count_text(counts.applied) + " writes came";
}

/// State of services, that with the most requests first.
std::string state_table(const StrategyResult& result, const TextOptions& options) {
  std::vector<const StateUse*> uses;
  for (const StateUse& use : result.state) uses.push_back(&use);
  std::stable_sort(uses.begin(), uses.end(), [](const StateUse* a, const StateUse* b) {
    return a->counts.requests > b->counts.requests;
  });
  if (uses.empty()) return {};
  const std::size_t shown = std::min(uses.size(), longest_list);
  TextTable table;
  table.row({shown < uses.size() ? fmt::format("busiest {} of {} stores", shown, uses.size()) : "state",
             "kind", "requests", "found"},
            Emphasis::strong);
  for (std::size_t i = 0; i < shown; ++i) {
    const StateUse& use = *uses[i];
    const std::string of = use.population.empty() ? "" : " of " + use.population;
    table.row({use.site + "/" + use.service + of, std::string{name(use.kind)},
               count_text(use.counts.requests), told(use)},
              Emphasis::none);
  }
  return table.text(options.width, 2, options.color) + "\n";
}

}  // namespace

std::string use_tables(const StrategyResult& result, const TextOptions& options) {
  return pool_table(result, options) + start_table(result, options) + link_table(result, options) +
         call_table(result, options) + queue_table(result, options) + state_table(result, options);
}

}  // namespace planner
