#include "models/autoscaler.hpp"

#include <catch2/catch.hpp>

#include "theory.hpp"

TEST_CASE("theory: hpa") {
  const theory::Record& hpa = theory::record("hpa");
  const double tolerance = hpa.at("parameters").at("tolerance");
  std::vector<double> desired;
  for (const auto& row : hpa.at("parameters").at("cases_current_metric_target"))
    desired.push_back(models::PodAutoscaler::desired(row.at(0), row.at(1), row.at(2), tolerance));
  theory::check_exact(hpa, "desired", desired);
}
