#include "models/max_min.hpp"

#include <algorithm>
#include <limits>

#include "sim/contract.hpp"

namespace models {
namespace {

/// What a link has left, and for how many flows whose rates still rise.
struct Room {
  double left;
  std::size_t rising = 0;

  [[nodiscard]] double share() const {
    return rising > 0 ? left / static_cast<double>(rising) : std::numeric_limits<double>::infinity();
  }
};

}  // namespace

std::vector<sim::BitRate> max_min_rates(const std::vector<sim::BitRate>& capacities,
                                        const std::vector<std::vector<std::size_t>>& paths) {
  std::vector<Room> links;
  for (const sim::BitRate capacity : capacities) links.push_back({capacity.value()});
  for (const auto& path : paths) {
    SIM_EXPECT(!path.empty());
    for (const std::size_t link : path) ++links[link].rising;
  }
  std::vector<sim::BitRate> rates(paths.size());
  std::vector<char> is_set(paths.size(), 0);
  const auto fuller = [](const Room& a, const Room& b) { return a.share() < b.share(); };
  for (std::size_t left = paths.size(); left > 0;) {
    const auto fullest = std::min_element(links.begin(), links.end(), fuller);
    const auto full = static_cast<std::size_t>(fullest - links.begin());
    const double share = fullest->share();
    for (std::size_t flow = 0; flow < paths.size(); ++flow) {
      const auto& path = paths[flow];
      if (is_set[flow] != 0 || std::find(path.begin(), path.end(), full) == path.end()) continue;
      rates[flow] = sim::BitRate{share};
      is_set[flow] = 1;
      --left;
      for (const std::size_t link : path) {
        links[link].left -= share;
        --links[link].rising;
      }
    }
  }
  return rates;
}

}  // namespace models
