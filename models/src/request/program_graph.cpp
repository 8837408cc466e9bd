#include "request/program_graph.hpp"

#include "sim/contract.hpp"

namespace models {

std::vector<std::uint32_t> topological_order(const Program& program) {
  const std::size_t size = program.ops.size();
  std::vector<std::uint32_t> entering(size, 0), order;
  order.reserve(size);
  for (const Op& op : program.ops)
    for_each_successor(program, op, [&](std::uint32_t next) {
      SIM_EXPECT(next < size);
      ++entering[next];
    });
  for (std::uint32_t i = 0; i < size; ++i)
    if (entering[i] == 0) order.push_back(i);
  for (std::size_t i = 0; i < order.size(); ++i)  // Kahn's algorithm: `order` is its own queue
    for_each_successor(program, program.ops[order[i]], [&](std::uint32_t next) {
      if (--entering[next] == 0) order.push_back(next);
    });
  SIM_EXPECT(order.size() == size);
  return order;
}

namespace {

/// Where the requests come from that reach a place.
struct Origin {
  enum class State : std::uint8_t { unreached, single, mixed };
  State state = State::unreached;
  std::uint32_t partition = 0;
  std::uint32_t resource = 0;  ///< the last one passed
  sim::Duration delay{};       ///< since then

  static Origin mixed() { return {.state = State::mixed}; }
  /// Adds the requests of another way that leads here.
  void merge(const Origin& other) {
    if (state == State::unreached) {
      *this = other;
    } else if (other.state != State::unreached && *this != other) {
      *this = mixed();
    }
  }
  friend bool operator==(const Origin&, const Origin&) = default;
};

class OrderAnalysis {
 public:
  OrderAnalysis(Program& program, const WorldSpec& spec) : program_{program} { number_resources(spec); }

  void run(const WorldSpec& spec, const std::vector<std::uint32_t>& order) {
    at_op_.resize(program_.ops.size());
    for (std::uint32_t i = 0; i < spec.sources.size(); ++i)
      at_op_[spec.sources[i].program].merge({.state = Origin::State::single,
                                             .partition = program_.partition_of(spec.sources[i].partition),
                                             .resource = first_source_ + i});
    for (const std::uint32_t index : order) flow_through(index);
    for (Op& op : program_.ops) op.in_order = is_queue(op) && meets_in_order(op);
  }

 private:
  static bool is_queue(const Op& op) { return op.kind == OpKind::station || op.kind == OpKind::serve; }

  // Stations and pools count within their partition; here they all get numbers of their own.
  void number_resources(const WorldSpec& spec) {
    std::vector<std::uint32_t> stations(program_.partitions, 0), pools(program_.partitions, 0);
    for (const StationSpec& station : spec.stations)
      if (station.sharing == Sharing::in_turn) ++stations[program_.partition_of(station.partition)];
    for (std::size_t i = 0; i < spec.pools.size(); ++i)
      if (program_.pool_model[i] == PoolModel::reckoned)
        ++pools[program_.partition_of(spec.pools[i].partition)];
    for (std::uint32_t i = 0; i < program_.partitions; ++i) {
      first_station_.push_back(first_source_);
      first_pool_.push_back(first_source_ + stations[i]);
      first_source_ += stations[i] + pools[i];
    }
    at_resource_.resize(first_source_);
    one_server_.resize(first_source_, true);
    for (std::size_t i = 0; i < spec.pools.size(); ++i) {
      if (program_.pool_model[i] != PoolModel::reckoned) continue;
      const std::uint32_t home = program_.partition_of(spec.pools[i].partition);
      const bool one = std::uint64_t{spec.pools[i].instances} * spec.pools[i].concurrency == 1;
      one_server_[first_pool_[home] + program_.pool_index[i]] = one;
    }
    // Two requests may leave at the same instant where one takes no time, and ties go by other rules.
    for (const Op& op : program_.ops)
      if (op.kind == OpKind::station && may_take_no_time(op))
        for (std::uint32_t i = 0; i < op.count(); ++i) one_server_[resource(op) + i] = false;
  }

  [[nodiscard]] bool may_take_no_time(const Op& op) const {
    return op.fixed == sim::Duration{0} || program_.quantities[op.quantity].replay != nullptr;
  }

  [[nodiscard]] std::uint32_t resource(const Op& op) const {
    return (op.kind == OpKind::station ? first_station_ : first_pool_)[op.partition] + op.index;
  }

  void flow_through(std::uint32_t index) {
    const Op& op = program_.ops[index];
    const Origin& here = at_op_[index];
    if (here.state == Origin::State::unreached) return;
    if (is_queue(op))
      for (std::uint32_t i = 0; i < places(op); ++i) at_resource_[resource(op) + i].merge(here);
    const Origin onward = after(op, here);
    for_each_successor(program_, op, [&](std::uint32_t next) {
      // Who is turned away goes on from another place than the server's exit.
      const bool turned_away = is_queue(op) && next != op.next;
      at_op_[next].merge(turned_away ? Origin::mixed() : onward);
    });
  }

  static std::uint32_t places(const Op& op) { return op.kind == OpKind::station ? op.count() : 1; }

  [[nodiscard]] Origin after(const Op& op, const Origin& here) const {
    switch (op.kind) {
      case OpKind::branch:
      case OpKind::jump:
      case OpKind::mark_failed:
      case OpKind::if_failed:
      case OpKind::forgive:
        return here;
      case OpKind::delay: {
        const Quantity& time = program_.quantities[op.quantity];
        if (time.law != nullptr || time.replay != nullptr || here.state != Origin::State::single)
          return Origin::mixed();
        Origin later = here;
        later.delay += op.fixed;
        return later;
      }
      case OpKind::station:
      case OpKind::serve:
        if (places(op) > 1 || !one_server_[resource(op)]) return Origin::mixed();
        return {.state = Origin::State::single, .partition = op.partition, .resource = resource(op)};
      default:
        return Origin::mixed();
    }
  }

  [[nodiscard]] bool meets_in_order(const Op& op) const {
    for (std::uint32_t i = 0; i < places(op); ++i) {
      const Origin& origin = at_resource_[resource(op) + i];
      if (origin.state != Origin::State::single || origin.partition != op.partition) return false;
    }
    return true;
  }

  Program& program_;
  std::vector<std::uint32_t> first_station_, first_pool_;  ///< by partition
  std::uint32_t first_source_ = 0;
  std::vector<Origin> at_op_;
  std::vector<Origin> at_resource_;  ///< stations and pools
  std::vector<bool> one_server_;     ///< who comes first leaves first, and earlier
};

}  // namespace

void mark_in_order(Program& program, const WorldSpec& spec, const std::vector<std::uint32_t>& order) {
  OrderAnalysis{program, spec}.run(spec, order);
}

}  // namespace models
