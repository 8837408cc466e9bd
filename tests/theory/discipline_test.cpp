#include <catch2/catch.hpp>

#include "station_run.hpp"

// Queues in other orders than that of arrival, and processor sharing.

using sim::Discipline;
using sim::Distribution;
using theory::check_queue;
using theory::check_sharing;
using theory::JobClass;
using theory::poisson;
using theory::poisson_classes;

namespace {

constexpr std::size_t jobs = 50'000;  // in each replication
const Distribution unit = Distribution::exponential(1);

void check_mm1(const std::string& id, Discipline discipline) {
  check_queue(id, {.discipline = discipline}, poisson(0.7, unit, jobs));
}

const std::vector<JobClass> two_classes{{0.3, unit}, {0.4, unit}};
const std::vector<JobClass> three_classes{
    {0.2, Distribution::deterministic(1)}, {0.2, unit}, {0.3, Distribution::lognormal_by_mean_cv(1, 2)}};

}  // namespace

TEST_CASE("theory: mm1-lcfspr-rho0.7") { check_mm1("mm1-lcfspr-rho0.7", Discipline::last_come_preempt); }
TEST_CASE("theory: mm1-lcfs-np-rho0.7") { check_mm1("mm1-lcfs-np-rho0.7", Discipline::last_come); }
TEST_CASE("theory: mm1-siro-rho0.7") { check_mm1("mm1-siro-rho0.7", Discipline::random_order); }
TEST_CASE("theory: mm1-srpt-rho0.7") { check_mm1("mm1-srpt-rho0.7", Discipline::shortest_remaining); }
TEST_CASE("theory: mm1-sjf-rho0.7") { check_mm1("mm1-sjf-rho0.7", Discipline::shortest_job); }
TEST_CASE("theory: prio-np-1") {
  check_queue("prio-np-1", {.discipline = Discipline::priority}, poisson_classes(two_classes, jobs));
}
TEST_CASE("theory: prio-pr-1") {
  check_queue("prio-pr-1", {.discipline = Discipline::priority_preempt}, poisson_classes(two_classes, jobs));
}
TEST_CASE("theory: prio-np-2") {
  check_queue("prio-np-2", {.discipline = Discipline::priority}, poisson_classes(three_classes, jobs));
}
TEST_CASE("theory: prio-pr-2") {
  check_queue("prio-pr-2", {.discipline = Discipline::priority_preempt},
              poisson_classes(three_classes, jobs));
}
TEST_CASE("theory: mmc-prio-np") {
  check_queue("mmc-prio-np", {.servers = 4, .discipline = Discipline::priority},
              poisson_classes({{1.0, unit}, {2.4, unit}}, jobs));
}
TEST_CASE("theory: mm1ps-rho0.6") { check_sharing("mm1ps-rho0.6", 1, poisson(0.6, unit, jobs)); }
TEST_CASE("theory: mg1ps-lognormal-rho0.8") {
  check_sharing("mg1ps-lognormal-rho0.8", 1, poisson(0.8, Distribution::lognormal_by_mean_cv(1, 2), jobs),
                {"conditional_mean_response_of_size_1"});
}
TEST_CASE("theory: mmcps-c4") {
  check_sharing("mmcps-c4", 4, poisson(3.2, Distribution::hyperexponential_by_mean_cv(1, 2), jobs));
}
TEST_CASE("theory: dps2-4-1") {
  check_sharing("dps2-4-1", 1, poisson_classes({{0.3, unit, 4}, {0.4, unit, 1}}, jobs));
}
