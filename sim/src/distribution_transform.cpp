#include <algorithm>
#include <cmath>

#include "distribution_tables.hpp"
#include "sim/contract.hpp"
#include "sim/distribution.hpp"

namespace sim {

/// The same table with every value, or every part of a mixture, mapped. The maps keep the order of values.
template <class MapValue, class MapPart>
Distribution Distribution::with_mapped_table(const MapValue& map_value, const MapPart& map_part) const {
  Tables tables;
  tables.cumulative = tables_->cumulative;
  for (const double value : tables_->values) tables.values.push_back(map_value(value));
  for (const Distribution& part : tables_->parts) tables.parts.push_back(map_part(part));
  return of_table(kind_, std::move(tables));
}

Distribution Distribution::shifted(double offset) const {
  SIM_EXPECT(std::abs(offset) < math::infinity);
  if (has_table())
    return with_mapped_table([offset](double value) { return value + offset; },
                             [offset](const Distribution& part) { return part.shifted(offset); });
  Distribution law = within(low_ + offset, high_ + offset);
  law.offset_ += offset;
  return law;
}

Distribution Distribution::scaled(double factor) const {
  SIM_EXPECT(factor > 0 && factor < math::infinity);
  if (has_table())
    return with_mapped_table([factor](double value) { return value * factor; },
                             [factor](const Distribution& part) { return part.scaled(factor); });
  Distribution law = within(low_ * factor, high_ * factor);
  law.offset_ *= factor;
  law.factor_ *= factor;
  return law;
}

Distribution Distribution::at_least(double low) const {
  if (low <= low_) return *this;
  if (low >= high_) return deterministic(low);
  if (kind_ == Kind::empirical) return empirical_at_least(*tables_, low);
  if (has_table())
    return with_mapped_table([low](double value) { return std::max(value, low); },
                             [low](const Distribution& part) { return part.at_least(low); });
  Distribution law = within(low, high_);
  law.is_cut_ = true;
  return law;
}

/// A new point where the line between two others crosses `low` keeps the pieces straight.
Distribution Distribution::empirical_at_least(const Tables& tables, double low) {
  std::vector<double> probabilities, values;
  for (std::size_t i = 0; i < tables.values.size(); ++i) {
    const double value = tables.values[i];
    if (i > 0 && tables.values[i - 1] < low && low < value) {
      const double share = (low - tables.values[i - 1]) / (value - tables.values[i - 1]);
      probabilities.push_back(tables.cumulative.bound(i - 1) + share * tables.cumulative.weight(i - 1));
      values.push_back(low);
    }
    probabilities.push_back(tables.cumulative.bound(i));
    values.push_back(std::max(value, low));
  }
  return empirical(std::move(probabilities), std::move(values));
}

}  // namespace sim
