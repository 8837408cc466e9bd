#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/world.hpp"
#include "world/recorded_span.hpp"

namespace models {

/// Links that all transfers share at once: weighted max-min fairness under caps along whole paths, by levels
/// of priority. A single link is the simplest of them.
///
/// A fluid model. The transfers of one tenant take one path and progress at one rate. Levels are served in
/// their order, each from what those before it leave; within a level the rates rise in proportion to the
/// weights until a cap or a full link stops them, and what one cannot use goes to the others. With one link
/// and one tenant this is processor sharing (egalitarian, or limited by the cap), with tenants weighed as
/// wholes generalised, else discriminatory processor sharing. A transfer's end is late by at most a
/// nanosecond or so. Joining and leaving cost O(log transfers + tenants * links * tenants). Neglects packets,
/// the time between the links of a path, and the time that real transports take to find their rate. Source:
/// Kleinrock, J. ACM 14 (1967); Parekh & Gallager, IEEE/ACM ToN 1 (1993); Bertsekas & Gallager, Data
/// Networks, sec. 6.5.2 (max-min fairness).
class FairNetwork {
 public:
  /// Whose transfer it is, to be woken at its end.
  struct Ticket {
    std::uint32_t request = 0;
    std::uint32_t strand = 0;
    sim::Time since{};
  };
  /// Who passes which links.
  struct Way {
    TenantSpec tenant{};
    std::vector<std::uint32_t> links{};  ///< at least one, each once
  };

  /// @param rates  of the links, > 0
  /// @param ways   of the tenants, by number; at least one
  FairNetwork(std::span<const sim::BitRate> rates, std::vector<Way> ways, RecordedSpan span);

  /// A transfer of `bytes` >= 0 begins. @pre now is not before any earlier call's
  void join(sim::Time now, std::uint32_t tenant, double bytes, const Ticket& ticket);
  /// When the next transfer ends if none joins before; time_never where there is none.
  [[nodiscard]] sim::Time next_end() const;
  /// Takes out a transfer that has ended by `now`; of several the one that joined first.
  std::optional<Ticket> take_ended(sim::Time now);
  /// Accounts for the time until the run's end.
  void close(sim::Time end) { advance(end); }

  [[nodiscard]] StationResult result(std::uint32_t link) const;

 private:
  struct Transfer {
    double finish = 0;  ///< what a transfer of the tenant must have been served in all [byte]
    std::uint64_t number = 0;
    Ticket ticket;
  };
  struct Tenant {
    Way way;
    double served = 0;                  ///< by each transfer since the tenant was last absent [byte]
    double rate = 0;                    ///< of each transfer [byte/ns]
    std::vector<Transfer> transfers{};  ///< heap, first to end in front

    [[nodiscard]] double count() const { return static_cast<double>(transfers.size()); }
    /// @pre there are transfers
    [[nodiscard]] bool has_ended_one() const;
    [[nodiscard]] double cap() const;     ///< of a transfer [byte/ns]
    [[nodiscard]] double weight() const;  ///< of all
  };
  struct Link {
    double rate = 0;     ///< [byte/ns]
    double left = 0;     ///< of it, while it is being shared out [byte/ns]
    double taken = 0;    ///< of that, by those who stop together [byte/ns]
    double weights = 0;  ///< of those in the level whose rates still rise
    double given = 0;    ///< rate in use [byte/ns]
    double carried = 0;  ///< in the recorded span [byte]
    std::uint64_t passed = 0;
    double bytes = 0;
  };

  static bool later(const Transfer& a, const Transfer& b);
  void advance(sim::Time now);
  void share_out();
  /// Shares what the links have left among the tenants of one level, order_[first, last).
  void fill(std::size_t first, std::size_t last);
  /// Sums up the weights of the level's tenants whose rates still rise, by link.
  void weigh(std::size_t first, std::size_t last);
  void settle_capped(std::size_t first, std::size_t last);
  /// Stops those who pass link `full`, which has no more for them than their parts.
  void settle_at(std::uint32_t full, std::size_t first, std::size_t last);
  /// What all transfers of a tenant get if no rate rises beyond that of its own links' level.
  [[nodiscard]] double share_of(const Tenant& tenant) const;

  RecordedSpan span_;
  std::vector<Link> links_;
  std::vector<Tenant> tenants_;       ///< by number
  std::vector<std::uint32_t> order_;  ///< tenants by level
  sim::Time last_{};
  std::uint64_t transfers_ = 0;
};

}  // namespace models
