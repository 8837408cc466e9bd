#include "models/nr_qos.hpp"

#include <algorithm>
#include <array>

namespace models {

std::optional<sim::Duration> packet_delay_budget(std::uint32_t qos_class) {
  struct Row {
    std::uint32_t qos_class;
    int milliseconds;
  };
  static constexpr std::array rows{
      Row{1, 100}, Row{2, 150}, Row{3, 50},  Row{4, 300},  Row{5, 100},  Row{6, 300}, Row{7, 100},
      Row{8, 300}, Row{9, 300}, Row{65, 75}, Row{66, 100}, Row{67, 100}, Row{69, 60}, Row{70, 200},
      Row{79, 50}, Row{80, 10}, Row{82, 10}, Row{83, 10},  Row{84, 30},  Row{85, 5},
  };
  const auto* const found = std::ranges::find(rows, qos_class, &Row::qos_class);
  if (found == rows.end()) return std::nullopt;
  return sim::Duration{std::int64_t{1'000'000} * found->milliseconds};
}

}  // namespace models
