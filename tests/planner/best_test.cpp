#include "planner/best.hpp"

#include <catch2/catch.hpp>

using namespace planner;

namespace {

StrategyResult strategy(const std::string& id, std::vector<std::optional<double>> p99) {
  StrategyResult result;
  result.strategy = id;
  result.figures["p99(latency{flow=page})"] = {"ms", {0, std::move(p99)}, {}};
  return result;
}

BestChoice choose(std::vector<StrategyResult> strategies) {
  Study study;
  study.strategies = std::move(strategies);
  const auto metric = std::get<Expression>(parse_expression("p99(latency{flow=page})"));
  return choose_best(study, metric, "p99", 0.001);
}

}  // namespace

TEST_CASE("The lowest of strategies that are far apart is chosen", "[planner][best]") {
  const BestChoice choice = choose({strategy("slow", {40.1, 40.0, 40.2, 40.0, 40.1}),
                                    strategy("fast", {30.0, 30.1, 30.1, 30.2, 30.0}),
                                    strategy("slower", {50.0, 50.1, 50.0, 50.1, 50.2})});
  CHECK(choice.best == "fast");
  CHECK(choice.remaining == std::vector<std::string>{"fast"});
  CHECK(best_sentence(choice, "1 ms").find("fast has the lowest p99") == 0);
}

TEST_CASE("Strategies that chance mixes are not told apart", "[planner][best]") {
  // h^2 = 4 ((0.05)^(-1/2) - 1) = 13.9 for three systems, 5 replications, 95 %. A pair is told apart beyond
  // (13.9 S^2 / 1 ms - 5 x 1 ms) / 10: with variances of 2 ms^2 (a - b) beyond 2.3 ms, of 0.9 ms^2 (to far)
  // 0.8 ms.
  const BestChoice choice =
      choose({strategy("a", {29, 31, 30, 29.5, 30.5}), strategy("b", {30.5, 29, 31, 30, 29.4}),
              strategy("far", {90, 91, 90, 91, 90})});
  CHECK_FALSE(choice.best);
  CHECK(choice.remaining == std::vector<std::string>{"a", "b"});
}

TEST_CASE("Infeasible strategies do not compete, and too few replications say nothing", "[planner][best]") {
  StrategyResult impossible = strategy("impossible", {});
  impossible.feasible = false;
  CHECK(choose({impossible, strategy("only", {1, 2, 3})}).best == "only");
  const BestChoice few = choose({strategy("a", {1.0, 2.0}), strategy("b", {3.0, 4.0})});
  CHECK_FALSE(few.best);
  CHECK(few.reason.find("too few") != std::string::npos);
}

TEST_CASE("A confidence that a guess has chooses nobody", "[planner][best]") {
  Study study;
  study.strategies = {strategy("a", {1.0, 2.0, 1.5}), strategy("b", {3.0, 4.0, 3.5})};
  study.confidence = 0.5;
  const auto metric = std::get<Expression>(parse_expression("p99(latency{flow=page})"));
  const BestChoice choice = choose_best(study, metric, "p99", 0.001);
  CHECK_FALSE(choice.best);
  CHECK(choice.reason == "a confidence of 50 % is that of a guess among 2");
}
