#include "models/nr_qos.hpp"

#include <algorithm>
#include <array>

namespace models {
namespace {

struct Row {
  std::uint32_t qos_class;
  std::uint32_t priority;
  int milliseconds;
};
constexpr std::array rows{
    Row{1, 20, 100},  Row{2, 40, 150},  Row{3, 30, 50},  Row{4, 50, 300},  Row{5, 10, 100},
    Row{6, 60, 300},  Row{7, 70, 100},  Row{8, 80, 300}, Row{9, 90, 300},  Row{65, 7, 75},
    Row{66, 20, 100}, Row{67, 15, 100}, Row{69, 5, 60},  Row{70, 55, 200}, Row{79, 65, 50},
    Row{80, 68, 10},  Row{82, 19, 10},  Row{83, 22, 10}, Row{84, 24, 30},  Row{85, 21, 5},
};

const Row* row_of(std::uint32_t qos_class) {
  const auto* const found = std::ranges::find(rows, qos_class, &Row::qos_class);
  return found == rows.end() ? nullptr : found;
}

}  // namespace

std::optional<sim::Duration> packet_delay_budget(std::uint32_t qos_class) {
  const Row* row = row_of(qos_class);
  if (row == nullptr) return std::nullopt;
  return sim::Duration{std::int64_t{1'000'000} * row->milliseconds};
}

std::optional<std::uint32_t> priority_level(std::uint32_t qos_class) {
  const Row* row = row_of(qos_class);
  if (row == nullptr) return std::nullopt;
  return row->priority;
}

}  // namespace models
