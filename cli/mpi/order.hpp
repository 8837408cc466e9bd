#pragma once
#include <cstdint>
#include <new>
#include <string>

#include "models/world.hpp"
#include "planner/executor.hpp"

namespace mpi {

/// What a worker is to simulate, without the scenario itself: it asks for that where it has not got it.
struct Order {
  std::string content;   ///< address of the compiled strategy (planner::content_address)
  std::string strategy;  ///< its id in the scenario
  models::World::Options options;
};

/// @param work  with a content
[[nodiscard]] std::string to_text(const planner::Work& work);
/// @throws nlohmann::json::exception where to_text() did not make it
[[nodiscard]] Order order_from(const std::string& text);

/// What went wrong at a worker, as it travels.
[[nodiscard]] std::string failure_text(int rank, const std::exception& error);
/// Throws at rank 0 what failure_text() tells of.
[[noreturn]] void rethrow(const std::string& failure);

}  // namespace mpi
