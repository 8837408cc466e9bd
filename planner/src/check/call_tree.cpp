#include "planner/call_tree.hpp"

#include <algorithm>
#include <optional>

namespace planner {
namespace {

/// Siblings by index, and which of them must have ended before which.
struct Order {
  std::vector<std::string> names;
  std::vector<std::vector<char>> before;  ///< before[a][b]: a ends before b begins; transitive
};

/// The sibling whose call contains `call`, seen from the calls of `parent`.
std::optional<std::size_t> containing(const Flow& flow, const Order& order, const std::string& parent,
                                      std::string call) {
  for (std::size_t depth = 0; depth <= flow.calls.size() && !call.empty(); ++depth) {
    const std::string above = maker(flow, call);
    if (above == parent) {
      const auto found = std::find(order.names.begin(), order.names.end(), call);
      if (found != order.names.end()) return static_cast<std::size_t>(found - order.names.begin());
    }
    call = above;
  }
  return std::nullopt;
}

Order order_of_siblings(const Flow& flow, const std::string& parent) {
  Order order;
  for (const auto& [name, call] : flow.calls) {
    if (maker(flow, name) == parent) order.names.push_back(name);
  }
  const std::size_t n = order.names.size();
  order.before.assign(n, std::vector<char>(n, 0));
  for (std::size_t later = 0; later < n; ++later) {
    for (const std::string& name : flow.calls.at(order.names[later]).after) {
      const auto earlier = containing(flow, order, parent, name);
      if (earlier && *earlier != later) order.before[*earlier][later] = 1;
    }
  }
  for (std::size_t via = 0; via < n; ++via) {
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        if (order.before[a][via] && order.before[via][b]) order.before[a][b] = 1;
      }
    }
  }
  return order;
}

using Members = std::vector<std::size_t>;

/// Connected components of `members`, where `joined(a, b)` is a symmetric relation; by first member.
template <class Joined>
std::vector<Members> components(const Members& members, Joined joined) {
  std::vector<Members> found;
  Members rest = members;
  while (!rest.empty()) {
    Members component{rest.front()};
    rest.erase(rest.begin());
    for (std::size_t next = 0; next < component.size(); ++next) {
      for (auto other = rest.begin(); other != rest.end();) {
        if (joined(component[next], *other)) {
          component.push_back(*other);
          other = rest.erase(other);
        } else {
          ++other;
        }
      }
    }
    std::sort(component.begin(), component.end());
    found.push_back(std::move(component));
  }
  return found;
}

CallBlock arrange(const Order& order, const Members& members);

CallBlock block_of(CallBlock::Kind kind, const Order& order, const std::vector<Members>& groups) {
  CallBlock block{kind, {}, {}};
  for (const Members& group : groups) block.blocks.push_back(arrange(order, group));
  return block;
}

/// First those that wait for nobody, then the rest: the barrier for an order that is no series of parallels.
CallBlock barrier(const Order& order, const Members& members) {
  Members first, rest;
  for (const std::size_t b : members) {
    const bool waits =
        std::any_of(members.begin(), members.end(), [&](std::size_t a) { return order.before[a][b] != 0; });
    (waits ? rest : first).push_back(b);
  }
  return block_of(CallBlock::Kind::series, order, {first, rest});
}

CallBlock arrange(const Order& order, const Members& members) {
  if (members.size() == 1) return {CallBlock::Kind::call, order.names[members.front()], {}};
  const auto ordered = [&](std::size_t a, std::size_t b) { return order.before[a][b] || order.before[b][a]; };
  const auto apart = components(members, ordered);
  if (apart.size() > 1) return block_of(CallBlock::Kind::parallel, order, apart);
  // Members of different components of the unordered relation are all ordered, hence a series of them.
  auto stages = components(members, [&](std::size_t a, std::size_t b) { return !ordered(a, b); });
  if (stages.size() == 1) return barrier(order, members);
  std::sort(stages.begin(), stages.end(),
            [&](const Members& a, const Members& b) { return order.before[a[0]][b[0]] != 0; });
  return block_of(CallBlock::Kind::series, order, stages);
}

}  // namespace

std::string maker(const Flow& flow, const std::string& call) {
  if (call == flow.entry) return {};
  const std::string& from = flow.calls.at(call).from;
  return from.empty() ? flow.entry : from;
}

CallBlock calls_made_by(const Flow& flow, const std::string& call) {
  const Order order = order_of_siblings(flow, call);
  if (order.names.empty()) return {};
  Members all(order.names.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  return arrange(order, all);
}

}  // namespace planner
