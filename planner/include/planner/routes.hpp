#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "planner/wan.hpp"

namespace planner {

/// One way to serve a call: a site, and where the call goes when that site is too busy or refuses it.
struct Choice {
  double share = 1.0;           ///< of the calls that try this chain; the shares of a call add up to 1
  std::vector<Location> chain;  ///< tried in this order; a population stands for the user's own device
};

/// Longest chain of sites that one call tries. More would multiply the steps of its program for a case in
/// which four sites in a row are busy.
inline constexpr std::size_t longest_chain = 4;

/// Decides which site serves a call, by the scenario's routing policies.
///
///  * nearest: by great-circle distance, ties and places without coordinates by latency;
///  * latency: by typical one-way latency without load;
///  * weighted: drawn for each call, by the weights of the sites where the service is placed (all alike if
///  none
///    of them has a weight).
///  * round-robin, least-requests: each caller chooses among all sites, alike.
/// Ties go to the id that sorts first. Sites where the data of the user's population must not be are left
/// out. Where the policy spills over (`spill_at` <= 1), the sites that follow are the next by distance
/// (nearest) or latency, at most `longest_chain` in all. Not thread-safe: remembers answers.
class Routes {
 public:
  /// Both are borrowed and must outlive the object.
  Routes(const Scenario& scenario, const Wan& wan) : scenario_{&scenario}, wan_{&wan} {}

  /// @param caller  where the call is made
  /// @param user    population whose request it is; its devices serve what is placed on `user-device`
  /// @return empty if the service is placed nowhere within reach
  const std::vector<Choice>& choices(Location caller, Location user, const std::string& service);

  /// Whether the data of the user's population may not be everywhere.
  [[nodiscard]] bool is_restricted(Location user) const;
  [[nodiscard]] const Routing& policy(const std::string& service) const;
  /// Whether callers choose for each call, by turns or by what they have in flight.
  [[nodiscard]] static bool is_balanced(Routing::Policy policy);

 private:
  /// A place of a service, looked up once.
  struct Place {
    Location location;  ///< meaningless for the user's own device
    enum class Kind : std::uint8_t { site, device } kind = Kind::site;
    double weight = 0;
  };
  /// The places of a service, by id.
  struct Places {
    std::vector<Place> all;
    // Where there are many: those to be looked at whoever calls, an index of the others, and where they stand
    // in `all`.
    std::vector<std::size_t> always;
    std::optional<topology::NearestSites> index;
    std::map<Location, std::size_t> position;
  };
  struct Candidate {
    Location location;
    sim::Duration latency{};
    double metres = 0;
    double weight = 0;
    std::size_t order = 0;  ///< by id

    bool operator<(const Candidate& other) const;
  };
  using Candidates = std::vector<Candidate>;
  using Key = std::pair<std::pair<Location, Location>, std::string>;

  const Places& places(const std::string& service);
  void index(Places& places) const;
  /// Adds a place of a service, if there is a way to it.
  void consider(const Places& places, std::size_t position, Location caller, Location user,
                Routing::Policy policy, Candidates& found) const;
  /// Those that come first, at least `longest_chain` of them if there are as many; all under `weighted`,
  /// `round-robin` and `least-requests`.
  [[nodiscard]] Candidates candidates(Location caller, Location user, const std::string& service);
  [[nodiscard]] Candidates nearby(const Places& places, Location caller, Location user,
                                  Routing::Policy policy) const;
  [[nodiscard]] std::vector<Choice> decide(Location caller, Location user, const std::string& service);

  const Scenario* scenario_;
  const Wan* wan_;
  std::map<std::string, Places> places_;
  std::map<Key, std::vector<Choice>> known_;
};

}  // namespace planner
