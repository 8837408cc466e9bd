#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "models/world.hpp"
#include "world/recorded_span.hpp"

namespace models {

/// A station that all transfers share at once: weighted max-min fairness under caps, by levels of priority.
///
/// A fluid model. The transfers of one tenant progress at one rate. Levels are served in their order, each
/// from what those before it leave; within a level the rate is filled up in proportion to the weights, and
/// what a cap keeps a tenant from using goes to the others. With one tenant this is processor sharing
/// (egalitarian, or limited by the cap), with tenants weighed as wholes generalised, else discriminatory
/// processor sharing. A transfer's end is late by at most a nanosecond or so. Joining and leaving cost O(log
/// transfers + tenants^2). Neglects packets, and the time that real transports take to find their rate.
/// Source: Kleinrock, J. ACM 14 (1967); Parekh & Gallager, IEEE/ACM ToN 1 (1993); Bertsekas & Gallager, Data
/// Networks, sec. 6.5.2 (max-min fairness).
class FairLink {
 public:
  /// Whose transfer it is, to be woken at its end.
  struct Ticket {
    std::uint32_t request = 0;
    std::uint32_t strand = 0;
    sim::Time since{};
  };

  /// @param spec  kept by reference; at least one tenant
  FairLink(const StationSpec& spec, RecordedSpan span);

  /// A transfer of `bytes` >= 0 begins. @pre now is not before any earlier call's
  void join(sim::Time now, std::uint32_t tenant, double bytes, const Ticket& ticket);
  /// When the next transfer ends if none joins before; time_never where there is none.
  [[nodiscard]] sim::Time next_end() const;
  /// Takes out a transfer that has ended by `now`; of several the one that joined first.
  std::optional<Ticket> take_ended(sim::Time now);
  /// Accounts for the time until the run's end.
  void close(sim::Time end) { advance(end); }

  [[nodiscard]] StationResult result() const;

 private:
  struct Transfer {
    double finish = 0;  ///< what a transfer of the tenant must have been served in all [byte]
    std::uint64_t number = 0;
    Ticket ticket;
  };
  struct Tenant {
    const TenantSpec* spec;
    double served = 0;                ///< by each transfer since the tenant was last absent [byte]
    double rate = 0;                  ///< of each transfer [byte/ns]
    std::vector<Transfer> transfers;  ///< heap, first to end in front

    [[nodiscard]] double count() const { return static_cast<double>(transfers.size()); }
    /// @pre there are transfers
    [[nodiscard]] bool has_ended_one() const;
    [[nodiscard]] double cap() const;     ///< of a transfer [byte/ns]
    [[nodiscard]] double weight() const;  ///< of all
  };

  static bool later(const Transfer& a, const Transfer& b);
  void advance(sim::Time now);
  void share_out();
  /// Gives the tenants of one level what they get of `rate`. @return what they leave
  double fill(std::size_t first, std::size_t last, double rate);

  double rate_;  ///< [byte/ns]
  RecordedSpan span_;
  std::vector<Tenant> tenants_;       ///< by number
  std::vector<std::uint32_t> order_;  ///< tenants by level
  sim::Time last_{};
  double given_ = 0;    ///< rate in use [byte/ns]
  double carried_ = 0;  ///< in the recorded span [byte]
  std::uint64_t transfers_ = 0;
  std::uint64_t passed_ = 0;
  double bytes_ = 0;
};

}  // namespace models
