#pragma once
#include <cstdint>

/// How many servers a load needs: the loss and the waiting of M/M/c, and their inverses.
///
/// Loads are offered loads: arrival rate times mean service time, in Erlang. Exact for Poisson arrivals and
/// exponential service, erlang_b for any service law. Cost: O(c) for each number of servers that is looked
/// at. Source: Erlang 1917; Allen, "Probability, Statistics and Queueing Theory", 2nd ed., sec. 5.2.
namespace models {

/// Share of the requests that find all servers taken, where those are lost. @param offered >= 0
[[nodiscard]] double erlang_b(std::uint64_t servers, double offered);

/// Share of the requests that wait, where those who find all servers taken wait. @pre 0 <= offered < servers
[[nodiscard]] double erlang_c(std::uint64_t servers, double offered);

/// P(wait > t), t in mean service times. @pre as for erlang_c()
[[nodiscard]] double waits_longer(std::uint64_t servers, double offered, double t);

/// P(wait + service > t), t in mean service times. @pre as for erlang_c()
[[nodiscard]] double responds_later(std::uint64_t servers, double offered, double t);

/// Fewest servers at which at most `share` of the requests are lost. @pre 0 < share < 1
[[nodiscard]] std::uint64_t servers_for_loss(double offered, double share);

/// Fewest servers at which at most `share` of the requests wait longer than `t`. @pre 0 < share < 1
[[nodiscard]] std::uint64_t servers_for_wait(double offered, double share, double t = 0.0);

/// Fewest servers at which at most `share` of the requests take longer than `t`. @pre 0 < share < 1, and
/// e^-t < share: with servers without end a request still takes its service time
[[nodiscard]] std::uint64_t servers_for_response(double offered, double share, double t);

}  // namespace models
