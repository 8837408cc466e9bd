#pragma once
#include <deque>
#include <future>
#include <memory>
#include <string>

#include "planner/compile.hpp"

namespace mpi {

/// The compiled strategies that a worker has at hand: those it used last.
class WorldShelf {
 public:
  using Compiled = std::shared_future<std::shared_ptr<const planner::CompiledScenario>>;

  /// Nothing (not valid()) where it is not there.
  [[nodiscard]] Compiled find(const std::string& content);
  /// Begins to compile what a bundle's strategy is. The future throws where the bundle cannot be read, or
  /// gives something else than `content` names: another build of the program.
  Compiled add(const std::string& content, const std::string& bundle, const std::string& strategy);

 private:
  struct Entry {
    std::string content;
    Compiled compiled;
  };
  static constexpr std::size_t most = 12;  // a batch of losses or inputs, with what they are compared to
  std::deque<Entry> entries_;              ///< the last is the one used last
};

}  // namespace mpi
