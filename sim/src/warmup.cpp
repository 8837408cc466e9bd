#include "sim/warmup.hpp"

#include <vector>

#include "sim/contract.hpp"
#include "sim/math.hpp"
#include "sim/statistics.hpp"

namespace sim {

WarmUp mser(std::span<const double> values, std::size_t batch) {
  const std::vector<double> means = batch_means(values, batch);
  SIM_EXPECT(means.size() >= 2);
  const std::size_t last_cut = means.size() / 2;
  // From the back, so that each cut's moments follow from the next one's.
  Moments kept;
  WarmUp best;
  double least = math::infinity;
  for (std::size_t cut = means.size(); cut-- > 0;) {
    kept.add(means[cut]);
    if (cut > last_cut) continue;
    const auto k = static_cast<double>(kept.count());
    const double statistic = kept.variance() * (k - 1) / (k * k);
    if (statistic > least) continue;  // of equal cuts, the one that drops least
    least = statistic;
    best = {cut * batch, kept.mean(), cut == last_cut};
  }
  return best;
}

}  // namespace sim
