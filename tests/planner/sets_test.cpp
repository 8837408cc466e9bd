#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "models/catalog.hpp"
#include "small_scenario.hpp"

using namespace planner;
using namespace test_support;

namespace {

std::string with_pops(const std::string& set, const std::string& more = {}) {
  return with(small_scenario, "\"links\"", "\"site_sets\": { \"pops\": " + set + " }," + more + " \"links\"");
}

const std::string workers = R"("pools": { "isolates": { "platform": "cloudflare-workers" } })";

}  // namespace

TEST_CASE("A site set becomes sites at the catalogue's places", "[planner][loader][sets]") {
  const Scenario read = scenario(with_pops(R"({ "from": "cloudflare", "tier": "pop", )" + workers + " }"));
  const auto& places = models::catalog::sites("cloudflare");
  CHECK(read.sites.size() == places.size() + 2);
  for (const auto& place : places) {
    const Site& site = read.sites.at("pops-" + place.id);
    CHECK(site.at->latitude == place.latitude);
    CHECK(site.at->country == place.country);
    CHECK(site.tier == "pop");
    CHECK(site.set == "pops");
    CHECK(site.pools.at("isolates").kind == PoolType::Kind::elastic);
  }
}

TEST_CASE("A filter keeps the places that fit all its keys", "[planner][loader][sets]") {
  const auto ids = [](const std::string& where) {
    std::vector<std::string> found;
    for (const auto& [id, site] :
         scenario(with_pops("{ \"from\": \"aws\", \"where\": " + where + " }")).sites) {
      if (site.set == "pops") found.push_back(id);
    }
    return found;
  };
  CHECK(ids(R"({ "id": ["eu-central-1", "us-east-1"] })") ==
        std::vector<std::string>{"pops-eu-central-1", "pops-us-east-1"});
  CHECK(ids(R"({ "id": ["eu-central-1", "us-east-1"], "continent": ["europe"] })") ==
        std::vector<std::string>{"pops-eu-central-1"});
  CHECK(ids(R"({ "country": ["DE"] })") == std::vector<std::string>{"pops-eu-central-1"});
  const auto all = ids(R"({ "continent": ["europe"] })");
  const auto fewer = ids(R"({ "continent": ["europe"], "except": ["eu-central-1"] })");
  CHECK(fewer.size() + 1 == all.size());
}

TEST_CASE("What is written out wins over the set, key by key", "[planner][loader][sets]") {
  std::string text =
      with_pops(R"({ "from": "aws", "where": { "id": ["eu-central-1", "us-east-1"] }, "tier": "region", )" +
                workers + " }");
  text = with(text, "\"sites\": {", R"("sites": { "pops-us-east-1": { "tier": "far" }, )");
  text = with(text, R"("web": { "cloud": { "replicas": 6 } })",
              R"("web": { "pops": { "provisioned": 1 }, "pops-us-east-1": { "provisioned": 5 } })");
  const Scenario read = scenario(text);
  CHECK(read.sites.at("pops-us-east-1").tier == "far");
  CHECK(read.sites.at("pops-us-east-1").pools.size() == 1);
  CHECK(read.sites.at("pops-eu-central-1").tier == "region");
  CHECK(read.placement.at("web").at("pops-eu-central-1").provisioned == 1);
  CHECK(read.placement.at("web").at("pops-us-east-1").provisioned == 5);
  CHECK(read.placement.at("web").size() == 2);
}

TEST_CASE("Users and demand of a population set are split by inhabitants", "[planner][loader][sets]") {
  std::string text = with(
      small_scenario, "\"links\"",
      R"("population_sets": { "world": { "from": "cities", "top": 20, "users": 1000000, "access": { "latency": "9 ms" } } }, "links")");
  text = with(text, "\"population\": \"users\"", "\"population\": \"world\"");
  const Scenario read = scenario(text);
  double users = 0, rate = 0, inhabitants = 0;
  std::size_t members = 0;
  for (std::size_t i = 0; i < 20; ++i) inhabitants += models::catalog::cities()[i].population;
  for (const auto& [id, population] : read.populations) {
    if (population.set != "world") continue;
    users += population.users;
    ++members;
  }
  for (const auto& [id, workload] : read.workloads) rate += workload.rate;
  CHECK(members == 20);
  CHECK(read.workloads.size() == 20);
  CHECK(users == Approx(1e6));
  CHECK(rate == Approx(20));
  const auto& first = models::catalog::cities().front();
  CHECK(read.populations.at("world-" + first.id).users == Approx(1e6 * first.population / inhabitants));
  CHECK(read.workloads.at("w-" + first.id).rate == Approx(20 * first.population / inhabitants));
}

TEST_CASE("A set that clashes, is empty or names an unknown place is an issue", "[planner][loader][sets]") {
  const auto first_code = [](const std::string& text) { return issues_of(text).at(0).code; };
  CHECK(first_code(with_pops(R"({ "from": "aws", "where": { "id": ["eu-centrall-1"] } })")) ==
        Code::empty_set);
  CHECK(first_code(with_pops(R"({ "from": "aws", "where": { "except": ["eu-centrall-1"] } })")) ==
        Code::unknown_place);
  CHECK(first_code(with(with_pops(R"({ "from": "aws" })"), "\"sites\": {",
                        R"("sites": { "pops": { "at": { "lat": 1, "lon": 1 } }, )")) ==
        Code::conflicting_keys);
}

TEST_CASE("A place is found by region, point of presence or city", "[planner][loader][sets]") {
  const auto at = [](const std::string& place) {
    return scenario(with(small_scenario, R"("at": { "lat": 50.1, "lon": 8.7 })", place)).sites.at("cloud");
  };
  const auto* frankfurt = models::catalog::find_site("aws:eu-central-1");
  REQUIRE(frankfurt != nullptr);
  CHECK(at(R"("region": "aws:eu-central-1")").at->latitude == frankfurt->latitude);
  CHECK(at(R"("region": "aws:eu-central-1")").egress_per_gb.value() ==
        models::catalog::egress("aws:eu-central-1")->value);
  CHECK(at(R"("pop": "cloudflare:FRA")").at->country == "DE");
  CHECK(at(R"("city": "Amsterdam, NL")").at->longitude == Approx(4.9).margin(0.1));
}
