#include "models/catalog.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

namespace {

namespace catalog = models::catalog;
using catalog::Basis;

/// A law of times that occur: not negative, finite, rising.
void check_law(const catalog::LawFigure& figure) {
  CHECK(figure.law.minimum() >= 0);
  double last = 0;
  for (const double p : {0.01, 0.1, 0.5, 0.9, 0.99}) {
    CHECK(figure.law.quantile(p) >= last);
    last = figure.law.quantile(p);
  }
  CHECK(last < 3600);
  CHECK(std::isfinite(figure.law.mean()));
}

}  // namespace

TEST_CASE("Each device's laws are valid and its figures have the promised units", "[models][catalog]") {
  const auto ids = catalog::ids(catalog::Kind::device);
  REQUIRE(ids.size() >= 40);
  for (const auto& id : ids) {
    INFO(id);
    const catalog::Device* device = catalog::find_device(id);
    REQUIRE(device);
    for (const auto& [model, law] : device->inference) {
      INFO(model);
      check_law(law);
      CHECK(law.law.quantile(1e-6) > 0);
    }
    if (device->memory) CHECK(device->memory->unit == "B");
    if (device->power_busy) CHECK(device->power_busy->unit == "W");
    if (device->power_idle && device->power_busy)
      CHECK(device->power_idle->value <= device->power_busy->value);
    if (device->price_per_hour) CHECK(device->price_per_hour->unit == "USD/h");
    CHECK(device->price_per_hour.has_value() >= device->price.has_value());
  }
}

TEST_CASE("Each platform, under each of its runtimes, has a valid start and life", "[models][catalog]") {
  std::size_t runtimes = 0;
  for (const auto& id : catalog::ids(catalog::Kind::platform)) {
    INFO(id);
    const auto platform = catalog::find_platform(id);
    REQUIRE(platform);
    check_law(platform->cold_start);
    check_law(platform->keep_alive);
    CHECK(platform->concurrency.value >= 1);
    CHECK(platform->default_memory.unit == "B");
    const auto aliases = catalog::show(id).value("aliases", nlohmann::ordered_json::object());
    for (const auto& alias : aliases.items()) {
      INFO(alias.key());
      const auto variant = catalog::find_platform(id + "/" + alias.key());
      REQUIRE(variant);
      check_law(variant->cold_start);
      ++runtimes;
    }
  }
  CHECK(runtimes > 100);
}

TEST_CASE("Each access network has valid laws in both directions", "[models][catalog]") {
  const auto ids = catalog::ids(catalog::Kind::access);
  for (const char* id : {"5g-mid-band", "5g-mmwave", "5g-low-band", "lte", "wifi", "fibre", "cable"}) {
    CHECK(std::ranges::find(ids, id) != ids.end());
  }
  for (const auto& id : ids) {
    INFO(id);
    const catalog::Access* access = catalog::find_access(id);
    REQUIRE(access);
    check_law(access->uplink_latency);
    check_law(access->downlink_latency);
    if (access->uplink) CHECK(access->uplink->unit == "bit/s");
  }
}

TEST_CASE("A device is written off over three years of running all day", "[models][catalog]") {
  const catalog::Device* device = catalog::find_device("jetson-orin-nano");
  REQUIRE(device);
  // 249 USD over 36 months of 730.5 h: 249 / 26298 = 0.009468 USD/h.
  CHECK(device->price->value == 249);
  CHECK(device->price_per_hour->value == Approx(249.0 / (36 * 730.5)));
  CHECK(device->price_per_hour->basis == Basis::derived);
  CHECK(device->memory->value == 8e9);
  CHECK(device->memory->printed == "8 GB");
  // A price that nobody verified stays an assumption when it is written off.
  CHECK(catalog::find_device("t4")->price_per_hour->basis == Basis::assumed);
}

TEST_CASE("Inference times are those of the benchmarks", "[models][catalog]") {
  const auto time = [](const char* device, const char* model) {
    return catalog::find_device(device)->inference.at(model);
  };
  // MLPerf SingleStream reports the 90th percentile, others the mean.
  CHECK(time("t4", "resnet-50").law.quantile(0.9) == Approx(0.81817e-3));
  CHECK(time("l4", "retinanet").law.quantile(0.9) == Approx(4.6915e-3));
  CHECK(time("t4", "resnet-50").basis == Basis::measured);
  CHECK(time("coral-usb", "mobilenet-v2").law.mean() == Approx(2.6e-3));
  CHECK(time("jetson-orin-nano", "yolo11n").law.mean() == Approx(3.91e-3));
  // A rented machine runs models as the card in it.
  CHECK(time("aws-g4dn-xlarge", "resnet-50").law.quantile(0.9) == Approx(0.81817e-3));
  // t(8) = base + 8 per_sample = 2.1947 ms, and t(1) = 0.81817 ms: per_sample = 0.1966 ms.
  const auto& curve = catalog::find_device("t4")->batch.at("resnet-50");
  CHECK(curve.base.value + 8 * curve.per_sample.value == Approx(2.1947e-3).epsilon(1e-3));
}

TEST_CASE("A function's cold start is its INIT phase and the wait for an environment", "[models][catalog]") {
  const auto platform = catalog::find_platform("aws-lambda");
  REQUIRE(platform);
  CHECK(platform->runtime == "nodejs22/zip/x86_64/1024");
  // INIT has mean sum of mass * (a+b)/2 over its table; the environment adds U(100, 220) ms, mean 160 ms.
  const std::vector<double> p{0, .01, .05, .1, .25, .5, .75, .9, .95, .99, 1};
  const std::vector<double> q{100.4, 108.6, 116.8, 128.1, 136.4, 143.9, 154.8, 170.7, 191.0, 213.9, 281.2};
  double init = 0;
  for (std::size_t i = 1; i < p.size(); ++i) init += (p[i] - p[i - 1]) * (q[i - 1] + q[i]) / 2;
  CHECK(platform->cold_start.law.mean() * 1e3 == Approx(init + 160).margin(0.5));
  CHECK(platform->cold_start.law.minimum() * 1e3 == Approx(100.4 + 100));
  CHECK(platform->cold_start.law.quantile(1 - 1e-12) * 1e3 == Approx(281.2 + 220));
  // Between the bounds of a sum: q_init(p) + 100 <= q(p) <= q_init(p) + 220.
  CHECK(platform->cold_start.law.quantile(0.5) * 1e3 > 143.9 + 100);
  CHECK(platform->cold_start.law.quantile(0.5) * 1e3 < 143.9 + 220);
  CHECK(platform->cold_start.basis == Basis::derived);
}

TEST_CASE("A platform's id may name a runtime and a region", "[models][catalog]") {
  const auto java = catalog::find_platform("aws-lambda/java");
  const auto rust = catalog::find_platform("aws-lambda/rust");
  REQUIRE(java);
  REQUIRE(rust);
  CHECK(java->cold_start.law.quantile(0.5) > 1.5 * rust->cold_start.law.quantile(0.5));
  const auto frankfurt = catalog::find_platform("aws-lambda/python@eu-central-1");
  const auto cape_town = catalog::find_platform("aws-lambda@af-south-1");
  REQUIRE(frankfurt);
  REQUIRE(cape_town);
  CHECK(frankfurt->runtime == "python3.13/zip/x86_64/1024");
  CHECK(cape_town->price.request->value == Approx(0.27e-6));
  CHECK(cape_town->price.gb_second->value == Approx(2.21e-5));
  CHECK(catalog::find_platform("aws-lambda")->price.gb_second->value == Approx(1.66667e-5));
  // Serving in provisioned instances costs 7/3 of keeping them, in all regions (0.1 %: AWS rounds).
  for (const catalog::Place& region : catalog::sites("aws")) {
    const auto lambda = catalog::find_platform("aws-lambda@" + region.id);
    if (!lambda) continue;  // not every region has prices
    CAPTURE(region.id);
    CHECK(lambda->price.provisioned_execution_gb_second->value ==
          Approx(lambda->price.provisioned_gb_second->value * 7 / 3).epsilon(1e-3));
  }
  CHECK_FALSE(catalog::find_platform("aws-lambda/cobol"));
  CHECK_FALSE(catalog::find_platform("aws-lambda@atlantis"));
  CHECK_FALSE(catalog::find_platform("cloudflare-workers/java"));
  CHECK_FALSE(catalog::find_platform("aws-lamda"));
}

TEST_CASE("A runtime's instances end as they were observed to", "[models][catalog]") {
  const auto law = catalog::find_platform("aws-lambda")->keep_alive.law;
  // 0.3 % within 5 min, 40.6 % within 6 min, all within 7 min.
  CHECK(law.cdf(5 * 60) == Approx(0.003));
  CHECK(law.cdf(6 * 60) == Approx(0.406));
  CHECK(law.cdf(7 * 60) == Approx(1));
}

TEST_CASE("Split into directions, a measured round trip keeps its law", "[models][catalog]") {
  const std::map<std::string, std::vector<double>> measured{
      {"5g-mmwave", {6, 7, 8, 8.9, 15.8}},
      {"5g-low-band", {13, 15, 17, 19.2, 29.7}},
      {"5g-low-band-tmobile", {17, 20, 27, 27, 27.7}},
      {"5g-low-band-tmobile-sa", {43.5, 59, 60, 60.5, 62.4}},
      {"lte", {19.2, 22, 24.6, 25.8, 26.8}}};
  const std::vector<double> probabilities{0.05, 0.5, 0.9, 0.95, 0.99};
  for (const auto& [id, round_trip] : measured) {
    INFO(id);
    const catalog::Access* access = catalog::find_access(id);
    REQUIRE(access);
    REQUIRE(access->downlink_latency.law.is_deterministic());
    const double downlink = access->downlink_latency.law.quantile(0.5);
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
      CHECK(1e3 * (access->uplink_latency.law.quantile(probabilities[i]) + downlink) ==
            Approx(round_trip[i]));
    }
  }
}

TEST_CASE("Cities are found by name, whatever the accents and capitals", "[models][catalog]") {
  const catalog::Place* sao_paulo = catalog::find_city("Sao Paulo");
  REQUIRE(sao_paulo);
  CHECK(sao_paulo == catalog::find_city("SÃO PAULO"));
  CHECK(sao_paulo->country == "BR");
  CHECK(sao_paulo->continent == "south-america");
  CHECK(sao_paulo->latitude == Approx(-23.55).margin(0.05));
  REQUIRE(catalog::find_city("Zurich"));
  CHECK(catalog::find_city("Zurich")->name == "Zürich");
  CHECK(catalog::find_city(sao_paulo->id) == sao_paulo);
  CHECK(catalog::find_city("Atlantis") == nullptr);
  CHECK(catalog::find_city("") == nullptr);
}

TEST_CASE("A city may be named by its first words, an ambiguous one is not guessed", "[models][catalog]") {
  const catalog::Place* frankfurt = catalog::find_city("Frankfurt");
  REQUIRE(frankfurt);
  CHECK(frankfurt->name == "Frankfurt am Main");
  const auto birmingham = catalog::cities_named("Birmingham");
  REQUIRE(birmingham.size() == 2);
  CHECK(birmingham[0]->population >= birmingham[1]->population);
  CHECK(catalog::find_city("Birmingham") == nullptr);
  REQUIRE(catalog::find_city("Birmingham", "US"));
  CHECK(catalog::find_city("Birmingham", "US")->country == "US");
  CHECK(catalog::cities_named("Birmingham", "FR").empty());
}

TEST_CASE("Cities come by size and have unique ids that are labels", "[models][catalog]") {
  const auto& cities = catalog::cities();
  REQUIRE(cities.size() > 4000);
  const std::regex label{"[a-z0-9]([a-z0-9-]*[a-z0-9])?"};
  std::set<std::string> ids;
  for (std::size_t i = 0; i < cities.size(); ++i) {
    if (i > 0) CHECK(cities[i - 1].population >= cities[i].population);
    ids.insert(cities[i].id);
    if (cities[i].id.size() > 50 || !std::regex_match(cities[i].id, label)) FAIL(cities[i].id);
    if (cities[i].continent.empty()) FAIL(cities[i].id);
  }
  CHECK(ids.size() == cities.size());
}

TEST_CASE("Site lists are at their places", "[models][catalog]") {
  CHECK(catalog::sites("cloudflare").size() > 300);
  CHECK(catalog::sites("cloudfront").size() == 107);
  CHECK(catalog::sites("aws").size() > 30);
  CHECK(catalog::sites("gcp").size() == 40);
  CHECK(catalog::sites("azure").size() > 50);
  CHECK(catalog::sites("no-such-list").empty());
  const catalog::Place* frankfurt = catalog::find_site("aws:eu-central-1");
  REQUIRE(frankfurt);
  CHECK(frankfurt->name == "Frankfurt");
  CHECK(frankfurt->latitude == Approx(50.11).margin(0.02));
  CHECK(frankfurt->provider == "aws");
  REQUIRE(catalog::find_site("cloudflare:FRA"));
  CHECK(catalog::find_site("cloudflare:FRA") == catalog::find_site("Cloudflare:fra"));
  CHECK(catalog::find_site("cloudflare:FRA")->continent == "europe");
  CHECK(catalog::find_site("cloudflare") == nullptr);
  CHECK(catalog::find_site("aws:FRA") == nullptr);
}

TEST_CASE("Each site has an id of its own list, a country and a continent", "[models][catalog]") {
  for (const auto& list : catalog::ids(catalog::Kind::site_list)) {
    INFO(list);
    std::set<std::string> ids;
    for (const auto& place : catalog::sites(list)) {
      INFO(place.id);
      CHECK(ids.insert(place.id).second);
      CHECK(place.country.size() == 2);
      CHECK_FALSE(place.continent.empty());
      CHECK(std::abs(place.latitude) <= 90);
    }
  }
}

TEST_CASE("Grid, transfer and energy figures carry their units", "[models][catalog]") {
  // Ember through co2.js: Germany 342.1, France 44.2 gCO2e/kWh.
  CHECK(catalog::grid_carbon("DE")->value == Approx(342.1).margin(0.05));
  CHECK(catalog::grid_carbon("DE")->unit == "gCO2e/kWh");
  CHECK(catalog::grid_carbon("gcp:africa-south1")->value == Approx(656.85));
  CHECK_FALSE(catalog::grid_carbon("XX"));
  CHECK(catalog::egress("aws")->value == Approx(0.09));
  CHECK(catalog::egress("aws:af-south-1")->value == Approx(0.154));
  CHECK(catalog::egress("aws:no-such-region")->value == Approx(0.09));
  CHECK(catalog::egress("aws:af-south-1", "aws:ap-east-1")->value == Approx(0.147));
  CHECK(catalog::egress("cloudflare")->value == 0);
  CHECK_FALSE(catalog::egress("nobody"));
  CHECK(catalog::pue("region")->value == Approx(1.15));
  CHECK(catalog::pue("edge")->basis == Basis::assumed);
  // 0.24 kWh/GB are 0.24 * 3.6e6 = 864,000 J/GB.
  CHECK(catalog::network_energy("mobile-access")->value == Approx(864e3));
  CHECK(catalog::network_energy("mobile-access")->unit == "J/GB");
  CHECK(catalog::price("electricity")->unit == "USD/kWh");
}

TEST_CASE("A figure without a date of its own takes that of its source", "[models][catalog]") {
  const auto figure = catalog::grid_carbon("gcp:africa-south1");
  REQUIRE(figure);
  CHECK(figure->date == catalog::sources().at(figure->source).date);
  CHECK_FALSE(figure->date.empty());
}

TEST_CASE("Every id that is listed can be shown, with its sources spelled out", "[models][catalog]") {
  using catalog::Kind;
  for (const Kind kind : {Kind::device, Kind::platform, Kind::access, Kind::site_list, Kind::source}) {
    for (const auto& id : catalog::ids(kind)) {
      INFO(id);
      CHECK(catalog::show(id).is_object());
    }
  }
  const auto shown = catalog::show("jetson-orin-nano");
  CHECK(shown.at("price").at("value") == 249);
  CHECK_FALSE(shown.at("sources").at("ulj").at("reference").get<std::string>().empty());
  CHECK(catalog::show("DE").at("source") == "co2js");
  CHECK(catalog::show("no-such-thing").is_null());
}

TEST_CASE("Variants of platforms, places of lists and cities can be shown", "[models][catalog]") {
  const auto variant = catalog::show("aws-lambda/java21-snapstart");
  CHECK(variant.at("runtime").get<std::string>().find("snapstart") != std::string::npos);
  CHECK(variant.at("cold_start").at("p50").get<double>() > 0.1);
  CHECK(catalog::show("aws:eu-central-1").at("place").at("country") == "DE");
  CHECK(catalog::show("cloudflare:FRA").at("country") == "DE");
  CHECK(catalog::show("Frankfurt am Main").begin()->at("country") == "DE");
  CHECK(catalog::show("no-such-thing-anywhere").is_null());
}
