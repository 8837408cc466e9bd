#include "order.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace mpi {

namespace {

constexpr const char* memory_failure = "memory";

}  // namespace

std::string to_text(const planner::Work& work) {
  return nlohmann::json{{"content", work.content},
                        {"strategy", work.strategy},
                        {"seed", work.options.seed},
                        {"replication", work.options.replication},
                        {"path", static_cast<int>(work.options.path)},
                        {"event_limit", work.options.event_limit},
                        {"threads", work.options.threads}}
      .dump();
}

Order order_from(const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  Order order{json.at("content").get<std::string>(), json.at("strategy").get<std::string>(), {}};
  order.options.seed = json.at("seed").get<std::uint64_t>();
  order.options.replication = json.at("replication").get<std::uint32_t>();
  order.options.path = static_cast<models::Path>(json.at("path").get<int>());
  order.options.event_limit = json.at("event_limit").get<std::uint64_t>();
  order.options.threads = json.at("threads").get<unsigned>();
  return order;
}

std::string failure_text(int rank, const std::exception& error) {
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) return memory_failure;
  return "rank " + std::to_string(rank) + ": " + error.what();
}

void rethrow(const std::string& failure) {
  if (failure == memory_failure) throw std::bad_alloc{};
  throw std::runtime_error{failure};
}

}  // namespace mpi
