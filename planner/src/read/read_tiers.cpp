#include "read/read_tiers.hpp"

#include <algorithm>

namespace planner {

std::vector<PriceTier> read_tiers(const Fields& fields, Dimension price, ReadContext& context) {
  constexpr double gigabyte = 1e9;
  std::vector<PriceTier> tiers;
  for (const Member* member : fields.entries()) {
    const Fields tier{member->value};
    const bool plain = tier.get("above")->is_number();
    const double above = plain ? tier.number("above", 0) : tier.bytes("above").value() / gigabyte;
    tiers.push_back({above, sim::Money{tier.quantity("price", price, 0)}});
    std::ranges::sort(tiers, {}, &PriceTier::above);
    if (std::ranges::adjacent_find(tiers, {}, &PriceTier::above) != tiers.end()) {
      context.issues.add(Code::conflicting_keys, member->key_span, "another tier begins at the same volume");
    }
  }
  return tiers;
}

}  // namespace planner
