#include <catch2/catch.hpp>
#include <numeric>

#include "models/item_cache.hpp"
#include "sim/distribution.hpp"
#include "theory.hpp"

// Caches under independent requests.

using models::Eviction;
using models::ItemCache;
using models::TtlEntry;
using models::ZipfPopularity;
using theory::record;

namespace {

double number(const std::string& id, const std::string& name) {
  return record(id).at("parameters").at(name).get<double>();
}
std::uint32_t count(const std::string& id, const std::string& name) {
  return static_cast<std::uint32_t>(number(id, name));
}

/// Share of hits after as many requests to warm the cache up.
double hit_ratio(const std::string& id, const ZipfPopularity& popularity, Eviction rule,
                 std::uint32_t requests, std::uint32_t replication) {
  const sim::Stream stream = sim::Streams{theory::seed, replication}.make("requests", id);
  ItemCache cache{count(id, "items"), count(id, "cache_size"), rule};
  std::uint32_t hits = 0;
  for (std::uint32_t i = 0; i < 2 * requests; ++i) {
    const bool hit = cache.request(popularity.item(stream.draw(i)), stream.draw(i, 2));
    hits += hit && i >= requests ? 1 : 0;
  }
  return static_cast<double>(hits) / requests;
}

/// The formula is met exactly; the formula is within 1 % of what a cache does.
void check_che(const std::string& id) {
  const ZipfPopularity popularity{count(id, "items"), number(id, "zipf_exponent")};
  const std::vector<double>& p = popularity.probabilities();
  const double size = number(id, "cache_size");
  theory::check_exact(record(id), "lru_characteristic_time",
                      models::characteristic_time(p, size, Eviction::least_recently_used));
  theory::check_exact(record(id), "lru_hit_ratio",
                      models::expected_hit_ratio(p, size, Eviction::least_recently_used));
  theory::check_exact(record(id), "random_hit_ratio", models::expected_hit_ratio(p, size, Eviction::random));
  for (const Eviction rule : {Eviction::least_recently_used, Eviction::first_in, Eviction::random}) {
    const double expected = models::expected_hit_ratio(p, size, rule);
    CHECK(hit_ratio(id, popularity, rule, 200'000, 0) == Approx(expected).epsilon(0.01));
  }
}

}  // namespace

TEST_CASE("theory: cache-che-N1000-C100") { check_che("cache-che-N1000-C100"); }
TEST_CASE("theory: cache-che-N10000-C500") { check_che("cache-che-N10000-C500"); }

TEST_CASE("theory: cache-exact-N8-C3") {
  const std::string id = "cache-exact-N8-C3";
  const ZipfPopularity popularity{count(id, "items"), number(id, "zipf_exponent")};
  const auto& p = popularity.probabilities();
  theory::check_exact(record(id), "static_most_popular_hit_ratio",
                      std::accumulate(p.begin(), p.begin() + count(id, "cache_size"), 0.0));
  theory::Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    constexpr std::uint32_t requests = 20'000;
    const auto ratio = [&](Eviction rule) { return hit_ratio(id, popularity, rule, requests, replication); };
    estimates.add("lru_hit_ratio", ratio(Eviction::least_recently_used));
    estimates.add("fifo_hit_ratio", ratio(Eviction::first_in));
    estimates.add("random_hit_ratio", ratio(Eviction::random));
  }
  theory::check_simulated(record(id), estimates, {"static_most_popular_hit_ratio"});
}

TEST_CASE("theory: cache-ttl") {
  const std::string id = "cache-ttl";
  const auto times = record(id).at("parameters").at("ttl").get<std::vector<double>>();
  const auto gap = sim::Distribution::exponential(1 / number(id, "request_rate"));
  theory::Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    const sim::Stream stream = sim::Streams{theory::seed, replication}.make("arrivals", id);
    for (std::size_t i = 0; i < times.size(); ++i) {
      const auto ratio = [&](TtlEntry::Rule rule) {
        TtlEntry entry{sim::from_seconds(times[i]), rule};
        constexpr std::uint32_t requests = 20'000;
        std::uint32_t hits = 0;
        sim::Time now{};
        entry.request(now);
        for (std::uint32_t k = 0; k < requests; ++k) {
          now += gap.sample_duration(stream.draw(k));
          hits += entry.request(now) ? 1 : 0;
        }
        return static_cast<double>(hits) / requests;
      };
      const std::string entry_of = "[" + std::to_string(i) + "]";
      estimates.add("hit_ratio_nonrenewing" + entry_of, ratio(TtlEntry::Rule::from_fetch));
      estimates.add("hit_ratio_renewing" + entry_of, ratio(TtlEntry::Rule::from_last_request));
    }
  }
  theory::check_simulated(record(id), estimates);
}
