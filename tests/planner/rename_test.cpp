#include "planner/rename.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "planner/format.hpp"
#include "planner/sha256.hpp"
#include "small_scenario.hpp"

using namespace planner;

namespace {

/// Everything that can name a site, a flow, a pool and so on, with comments between.
const std::string scenario = R"json({
  "isochrone": "1.0", // the edge stays
  "meta": { "name": "small", "title": "Is the edge worth it?" },
  "time": { "duration": "10 min" },
  "sites": {
    "edge": { "at": { "lat": 52.4, "lon": 4.9 }, // edge of town
              "pools": { "box": { "nodes": 9, "cpu": "4 vCPU", "memory": "8 GiB" } } },
    "cloud": { "at": { "lat": 50.1, "lon": 8.7 },
               "pools": { "box": { "nodes": 9, "cpu": "8 vCPU", "memory": "16 GiB" } } }
  },
  "links": { "edge--cloud": { "between": ["edge", "cloud"], "latency": "4 ms", "bandwidth": "10 Gbit/s" } },
  "populations": { "users": { "site": "edge", "users": 1000, "access": { "latency": "9 ms" } } },
  "services": { "web": { "time": "5 ms", "cpu": "1 vCPU" }, "edge": { "time": "1 ms", "cpu": "1 vCPU" } },
  "flows": { "page": { "entry": "in", "calls": { "in": { "service": "web" },
                                                 "more": { "service": "edge", "after": ["in"] } } } },
  "workloads": { "w": { "population": "users", "flow": "page", "arrivals": { "rate": "20 req/s" } } },
  "placement": { "web": { "edge": { "pool": "box", "replicas": 6 } }, "edge": { "edge": {}, "cloud": {} } },
  "routing": { "policy": "weighted", "weights": { "edge": 1, "cloud": 1 } },
  "assert": { "fast": { "expr": "p99(latency{flow=page,site=edge}) <= 2 * mean(latency{ site = edge })" },
              "busy": { "expr": "utilization{pool=box,site=edge} <= 90 %" } },
  "faults": { "out": { "site": "edge", "at": "18:30", "for": "5 min", "enabled": false } },
  "strategies": {
    "base": { "patch": {} },
    "edge": { "guard": [{ "op": "test", "path": "/sites/edge/pools/box/nodes", "value": 9 }],
              "patch": { "placement": { "web": { "edge": { "replicas": 2 } } } } }
  },
  "sweeps": { "grow": { "strategies": ["edge"], "axes": {
    "n": { "at": ["/sites/edge/pools/box/nodes", { "pointer": "/placement/web/edge/replicas" }], "values": [2, 4] },
    "where": { "at": ["/populations/users/site"], "values": ["edge", "cloud"] } } } }
})json";

Bundle bundle(const std::string& text, std::map<std::string, std::string> files = {}) {
  return {{"small.json", text}, std::move(files), {}, {}};
}

std::string after(const std::string& kind, const std::string& from, const std::string& to) {
  return rename(bundle(scenario), {kind, from, to}).texts.at(0).after;
}

std::string refusal(const Renaming& renaming) {
  try {
    static_cast<void>(rename(bundle(scenario), renaming));
  } catch (const RenameRefused& refused) {
    return refused.what();
  }
  return {};
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++found;
  return found;
}

}  // namespace

TEST_CASE("A site is renamed wherever it is named, and nothing else is", "[planner][rename]") {
  const Renamed done = rename(bundle(scenario), {"site", "edge", "ams-1"});
  const std::string& text = done.texts.at(0).after;
  // sites, between, population, two placements, weights, two labels of one and one of the other assertion,
  // fault, guard, strategy's patch, two pointers and a value of the sweep.
  CHECK(count(text, "ams-1") == 15);
  CHECK(done.texts.at(0).edits == 14);  // the assertion with two labels is one text
  for (const char* kept : {"// edge of town", "// the edge stays", "Is the edge worth it?", "\"edge--cloud\"",
                           "\"service\": \"edge\"", "\"strategies\": [\"edge\"]", "\"edge\": { \"guard\"",
                           "\"edge\": { \"ams-1\": {}, \"cloud\": {} }", "mean(latency{ site = ams-1 })"})
    CHECK(text.find(kept) != std::string::npos);
  REQUIRE(done.left.size() == 1);
  CHECK(done.left.front().pointer == "/meta/title");
  CHECK(done.left.front().at.line == 3);
}

TEST_CASE("Renaming back gives the same bytes", "[planner][rename]") {
  const std::vector<Renaming> all{
      {"site", "edge", "x1"},     {"link", "edge--cloud", "x1"}, {"population", "users", "x1"},
      {"service", "edge", "x1"},  {"flow", "page", "x1"},        {"workload", "w", "x1"},
      {"strategy", "edge", "x1"}, {"assertion", "fast", "x1"},   {"sweep", "grow", "x1"},
      {"fault", "out", "x1"},     {"pool", "edge/box", "x1"},    {"call", "page/in", "x1"}};
  for (const Renaming& one : all) {
    CAPTURE(one.kind);
    const std::string there = after(one.kind, one.from, one.to);
    CHECK(there != scenario);
    const std::size_t slash = one.from.find('/');
    const std::string owner = slash == std::string::npos ? "" : one.from.substr(0, slash + 1);
    const std::string id = one.from.substr(owner.size());
    CHECK(rename(bundle(there), {one.kind, owner + one.to, id}).texts.at(0).after == scenario);
  }
}

TEST_CASE("A pool is renamed at its own site alone", "[planner][rename]") {
  const std::string text = after("pool", "edge/box", "rack");
  CHECK(text.find(
            "\"cloud\": { \"at\": { \"lat\": 50.1, \"lon\": 8.7 },\n               \"pools\": { \"box\"") !=
        std::string::npos);
  CHECK(text.find("utilization{pool=rack,site=edge}") != std::string::npos);
  CHECK(text.find("\"pool\": \"rack\"") != std::string::npos);
  CHECK(text.find("/sites/edge/pools/rack/nodes") != std::string::npos);
}

TEST_CASE("A service is renamed where another one shares its items", "[planner][rename]") {
  const std::string text = test_support::with(
      test_support::with(scenario, R"("web": { "time": "5 ms")",
                         R"("web": { "state": { "kind": "objects", "items": 100 }, "time": "5 ms")"),
      R"("edge": { "time": "1 ms")",
      R"("edge": { "state": { "kind": "objects", "items_of": "web" }, "time": "1 ms")");
  const std::string renamed = rename(bundle(text), {"service", "web", "shop"}).texts.at(0).after;
  CHECK(renamed.find(R"("items_of": "shop")") != std::string::npos);
}

TEST_CASE("A renaming that cannot be done says why", "[planner][rename]") {
  CHECK(refusal({"site", "nowhere", "x"}) == "there is no site \"nowhere\"");
  CHECK(refusal({"site", "edge", "cloud"}) == "there is a site \"cloud\" already");
  CHECK(refusal({"site", "edge", "edge"}) == "\"edge\" is its name already");
  CHECK(refusal({"site", "edge", "No Id"}).find("is no id") != std::string::npos);
  CHECK(refusal({"planet", "edge", "x"}) == "there is no kind \"planet\"");
  CHECK(refusal({"pool", "box", "x"}) == "a pool is named as SITE/POOL, not \"box\"");
}

TEST_CASE("Members of a set keep the ids that the set makes", "[planner][rename]") {
  const std::string text = test_support::with(
      scenario, "\"links\"", R"("site_sets": { "pops": { "from": "cloudflare", "where": { "country": ["NL"] },
        "pools": { "box": { "nodes": 1, "cpu": "4 vCPU", "memory": "8 GiB" } } } }, "links")");
  const Document document = Document::open(bundle(text));
  const auto tree = document.resolve("base").json();
  std::string made;
  for (const auto& [id, site] : tree.at("sites").items()) {
    if (site.contains("x-set")) made = id;
  }
  REQUIRE_FALSE(made.empty());
  CHECK_THROWS_WITH(rename(bundle(text), {"site", made, "x"}), Catch::Contains("member of a set"));
  CHECK_THROWS_WITH(rename(bundle(text), {"site", "edge", made}), Catch::Contains("already"));
}

TEST_CASE("Imports are renamed too, and their digests renewed", "[planner][rename]") {
  const std::string prices = R"({ "sites": { "edge": { "egress": "0.05 USD/GB" } } })";
  const std::string text =
      test_support::with(scenario, "\"meta\"",
                         "\"imports\": { \"prices\": { \"from\": \"prices.json\", \"sha256\": \"" +
                             sha256_hex(prices) + "\" } },\n  \"meta\"");
  const Renamed done = rename(bundle(text, {{"prices.json", prices}}), {"site", "edge", "ams-1"});
  REQUIRE(done.texts.size() == 2);
  CHECK(done.texts.at(1).path == "prices.json");
  CHECK(done.texts.at(1).after == R"({ "sites": { "ams-1": { "egress": "0.05 USD/GB" } } })");
  CHECK(done.texts.at(0).after.find(sha256_hex(done.texts.at(1).after)) != std::string::npos);
}

TEST_CASE("A text in canonical form stays in canonical form", "[planner][rename]") {
  const std::string canonical = format_scenario(scenario, "small.json");
  const std::string text =
      rename(bundle(canonical), {"site", "edge", "a-name-that-is-so-long-that-it-has-to-break-some-lines"})
          .texts.at(0)
          .after;
  CHECK(format_scenario(text, "small.json") == text);
}
