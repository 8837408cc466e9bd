#include <catch2/catch.hpp>

#include "models/catalog.hpp"
#include "planner/compile.hpp"
#include "planner/document.hpp"
#include "planner/render.hpp"
#include "planner/study.hpp"
#include "planner/why.hpp"
#include "small_scenario.hpp"

using namespace test_support;
using models::StartPart;

namespace {

/// The small scenario with `pool` in the cloud, `service` more said of its service.
std::string on(const std::string& pool, const std::string& service = {}) {
  std::string text = with(small_scenario, R"("box": { "nodes": 9, "cpu": "8 vCPU", "memory": "16 GiB" })",
                          R"("box": { )" + pool + " }");
  text = with(text, R"("cpu": "1 vCPU" })", R"("cpu": "1 vCPU")" + service + " }");
  return with(text, R"("cloud": { "replicas": 6 })", R"("cloud": {})");
}

models::PoolSpec pool_of(const std::string& text) {
  return planner::compile(scenario(text)).world.pools.at(0);
}

const sim::Distribution& part(const models::PoolSpec& pool, StartPart which) {
  return pool.preparation.at(static_cast<std::size_t>(which));
}

std::string first_code(const std::string& text) {
  const auto issues = issues_of(text);
  return issues.empty() ? std::string{} : planner::name(issues.front().code);
}

}  // namespace

TEST_CASE("Fargate pulls the image of a service, or that of the measurements", "[planner][serverless]") {
  // 25-35 s for an environment. 413 MB at 15 MB/s take 27.53 s, 600 MB 40 s.
  const models::PoolSpec usual = pool_of(on(R"("platform": "aws-fargate")"));
  CHECK(part(usual, StartPart::acquire).mean() == Approx(30));
  CHECK(part(usual, StartPart::pull).mean() == Approx(413.0 / 15));
  CHECK(usual.cold_start.mean() == 0);
  const models::PoolSpec large = pool_of(on(R"("platform": "aws-fargate")", R"(, "image": "600 MB")"));
  CHECK(part(large, StartPart::pull).mean() == Approx(40));
  // The parts cover what was measured: 53-62 s.
  CHECK(part(usual, StartPart::acquire).minimum() + 413.0 / 15 < 53);
  CHECK(part(usual, StartPart::acquire).quantile(1 - 1e-12) + 413.0 / 15 > 62);
}

TEST_CASE("The table of a runtime is that of the service's memory", "[planner][serverless]") {
  const auto init = [](const std::string& platform, const std::string& memory) {
    return pool_of(on(R"("platform": ")" + platform + "\"", R"(, "memory": ")" + memory + "\"")).cold_start;
  };
  const auto table = [](const std::string& runtime) {
    return models::catalog::find_platform("aws-lambda/python3.13/zip/x86_64/" + runtime)->init->law.mean();
  };
  REQUIRE(table("128") != table("512"));
  CHECK(init("aws-lambda/python", "128 MB").mean() == Approx(table("128")));
  CHECK(init("aws-lambda/python", "700 MB").mean() == Approx(table("512")));
  CHECK(init("aws-lambda/python", "4 GiB").mean() == Approx(table("1024")));
  CHECK(init("aws-lambda/python", "64 MB").mean() == Approx(table("128")));
  // Who names the table means it.
  CHECK(init("aws-lambda/python3.13/zip/x86_64/1024", "128 MB").mean() == Approx(table("1024")));
}

TEST_CASE("A snapshot is restored, not initialised", "[planner][serverless]") {
  const models::PoolSpec pool =
      pool_of(on(R"("platform": "aws-lambda/java-snapstart")", R"(, "memory": "1 GiB")"));
  const auto platform = models::catalog::find_platform("aws-lambda/java-snapstart");
  REQUIRE(platform->restore.has_value());
  CHECK(part(pool, StartPart::restore).mean() == Approx(platform->restore->law.mean()));
  CHECK(part(pool, StartPart::acquire).mean() == Approx(0.160));
  CHECK(pool.cold_start.mean() == 0);
  // The parts add up to the catalogue's sum of the two, which is linear between its probabilities.
  CHECK(part(pool, StartPart::restore).mean() + 0.160 ==
        Approx(platform->cold_start.law.mean()).epsilon(0.01));
}

TEST_CASE("Packages are fetched at a rate, images in lazy pieces", "[planner][serverless]") {
  // 97 MB at 9.7 MB/s: 10 s.
  CHECK(part(pool_of(on(R"("platform": "aws-lambda/node")", R"(, "image": "97 MB")")), StartPart::pull)
            .mean() == Approx(10));
  CHECK(part(pool_of(on(R"("platform": "aws-lambda/node/image")", R"(, "image": "97 MB")")), StartPart::pull)
            .mean() == 0);
}

TEST_CASE("Parts of a start may be stated, by the pool and by the service", "[planner][serverless]") {
  const std::string kept = R"("kind": "elastic", "keep_alive": "5 min", )";
  const models::PoolSpec pool = pool_of(on(
      kept +
          R"("start": { "acquire": "1 s", "pull_rate": "80 Mbit/s", "image_present": "75 %", "init": "2 s" })",
      R"(, "image": "30 MB")"));
  CHECK(part(pool, StartPart::acquire).mean() == Approx(1));
  CHECK(part(pool, StartPart::pull).mean() == Approx(0.25 * 3));
  CHECK(part(pool, StartPart::pull).quantile(0.74) == 0);
  CHECK(part(pool, StartPart::pull).quantile(0.76) == Approx(3));
  CHECK(pool.cold_start.mean() == Approx(2));
  // The service's own application on a sandbox of known time.
  const models::PoolSpec firecracker = pool_of(on(R"("platform": "firecracker")", R"(, "init": "900 ms")"));
  CHECK(part(firecracker, StartPart::acquire).minimum() == Approx(0.125).epsilon(0.05));
  CHECK(firecracker.cold_start.mean() == Approx(0.9));
  // All of a start wins over its parts.
  const models::PoolSpec all = pool_of(on(R"("platform": "firecracker")", R"(, "cold_start": "3 s")"));
  CHECK(part(all, StartPart::acquire).mean() == 0);
  CHECK(all.cold_start.mean() == Approx(3));
}

TEST_CASE("All of a start and its parts exclude each other", "[planner][serverless]") {
  const std::string kept = R"("kind": "elastic", "keep_alive": "5 min", )";
  CHECK(first_code(on(kept + R"("cold_start": "1 s", "start": { "acquire": "1 s" })")) == "E1110");
  CHECK(first_code(on(kept + R"("cold_start": "1 s")", R"(, "cold_start": "2 s", "image": "9 MB")")) ==
        "E1110");
  CHECK(first_code(on(kept + R"("start": { "pull_rate": "10 MB" })")) == "E3002");
  CHECK(first_code(on(kept + R"("start": { "image_present": "120 %" })")) == "E3005");
  CHECK(first_code(on(R"("nodes": 6, "start": { "acquire": "1 s" })")) == "E1110");
}

TEST_CASE("Results show the parts of a cold start", "[planner][serverless]") {
  // Instances end at once, so each of some 12,000 requests starts one: 40 ms, 200 ms for 2 MB, 60 ms.
  const planner::Study study = planner::run_study({scenario(on(R"("kind": "elastic", "keep_alive": "0 s",
                      "start": { "acquire": "40 ms", "pull_rate": "80 Mbit/s", "init": "60 ms" })",
                                                               R"(, "image": "2 MB")"))},
                                                  {});
  const planner::StartTimes& start = study.strategies.at(0).pools.at(0).start;
  CHECK(start.acquire == Approx(0.04).epsilon(1e-3));
  CHECK(start.pull == Approx(0.2).epsilon(1e-3));
  CHECK(start.restore == 0);
  CHECK(start.init == Approx(0.06).epsilon(1e-3));
  const std::string text = planner::render_detail(study, {});
  CHECK(text.find("cold start [ms]  acquire  pull  restore  init") != std::string::npos);
}
