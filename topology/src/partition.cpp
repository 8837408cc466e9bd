#include "topology/partition.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/pending/disjoint_sets.hpp>
#include <numeric>

#include "sim/contract.hpp"

namespace topology {
namespace {

void expect_sound(std::size_t nodes, std::span<const Exchange> exchanges) {
  for (const auto& exchange : exchanges) {
    SIM_EXPECT(exchange.a < nodes && exchange.b < nodes && exchange.minimum.count() >= 0);
  }
}

/// Groups that grow together, with the weight of the largest.
class GrowingGroups {
 public:
  GrowingGroups(std::size_t nodes, std::span<const double> weights) : sets_{nodes}, weight_(nodes, 1.0) {
    if (!weights.empty()) std::copy(weights.begin(), weights.end(), weight_.begin());
    for (const double weight : weight_) {
      total_ += weight;
      largest_ = std::max(largest_, weight);
    }
  }

  [[nodiscard]] bool together(const Exchange& exchange) {
    return sets_.find_set(exchange.a) == sets_.find_set(exchange.b);
  }

  void merge(const Exchange& exchange) {
    const auto a = sets_.find_set(exchange.a);
    const auto b = sets_.find_set(exchange.b);
    if (a == b) return;
    const double weight = weight_[a] + weight_[b];
    sets_.link(a, b);
    weight_[sets_.find_set(a)] = weight;
    largest_ = std::max(largest_, weight);
  }

  [[nodiscard]] double share_beside_largest() const { return total_ > 0 ? 1.0 - largest_ / total_ : 0.0; }

 private:
  boost::disjoint_sets_with_storage<> sets_;
  std::vector<double> weight_;  // valid at the representative of a set
  double total_ = 0.0;
  double largest_ = 0.0;
};

/// The threshold partition() documents. Grows groups by rising latency: before the first exchange of a
/// latency that still joins two groups, that latency is the lookahead.
sim::Duration best_threshold(std::size_t nodes, std::span<const Exchange> rising,
                             std::span<const double> weights, sim::Duration half_window) {
  GrowingGroups groups{nodes, weights};
  sim::Duration best = sim::Duration{1};
  double best_score = 0.0;
  for (const auto& exchange : rising) {
    if (groups.together(exchange)) continue;
    const auto window = static_cast<double>(exchange.minimum.count());
    const double spread = window / (window + static_cast<double>(half_window.count()));
    const double score = groups.share_beside_largest() * spread;
    if (score > best_score) {
      best_score = score;
      best = exchange.minimum;
    }
    groups.merge(exchange);
  }
  return best;
}

}  // namespace

Partitioning partition_below(std::size_t nodes, std::span<const Exchange> exchanges,
                             sim::Duration threshold) {
  expect_sound(nodes, exchanges);
  boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS> merged(nodes);
  for (const auto& exchange : exchanges) {
    if (exchange.minimum < threshold || exchange.minimum.count() == 0) {
      boost::add_edge(exchange.a, exchange.b, merged);
    }
  }
  Partitioning result;
  result.group_of.resize(nodes);
  if (nodes > 0) {
    result.groups = static_cast<std::uint32_t>(boost::connected_components(merged, result.group_of.data()));
  }
  for (const auto& exchange : exchanges) {
    if (result.group_of[exchange.a] == result.group_of[exchange.b]) continue;
    result.lookahead = std::min(result.lookahead, exchange.minimum);
  }
  return result;
}

Partitioning partition(std::size_t nodes, std::span<const Exchange> exchanges,
                       std::span<const double> weights, sim::Duration half_window) {
  expect_sound(nodes, exchanges);
  SIM_EXPECT(weights.empty() || weights.size() == nodes);
  SIM_EXPECT(half_window.count() > 0);
  std::vector<Exchange> rising{exchanges.begin(), exchanges.end()};
  std::stable_sort(rising.begin(), rising.end(),
                   [](const Exchange& a, const Exchange& b) { return a.minimum < b.minimum; });
  return partition_below(nodes, exchanges, best_threshold(nodes, rising, weights, half_window));
}

}  // namespace topology
