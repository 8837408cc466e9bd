#include "world_shelf.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "planner/bundle_text.hpp"
#include "planner/document.hpp"
#include "planner/run_store.hpp"

namespace mpi {
namespace {

std::shared_ptr<const planner::CompiledScenario> compiled(const std::string& content,
                                                          const std::string& bundle,
                                                          const std::string& strategy) {
  const planner::Document document =
      planner::Document::open(planner::bundle_from(nlohmann::ordered_json::parse(bundle)));
  const planner::Resolution resolution = document.resolve(strategy);
  if (planner::content_address(resolution.scenario()) != content)
    throw std::runtime_error{"not the same program as that of rank 0"};
  return std::make_shared<const planner::CompiledScenario>(planner::compile(resolution.scenario()));
}

}  // namespace

WorldShelf::Compiled WorldShelf::find(const std::string& content) {
  const auto found = std::ranges::find(entries_, content, &Entry::content);
  if (found == entries_.end()) return {};
  std::rotate(found, found + 1, entries_.end());
  return entries_.back().compiled;
}

WorldShelf::Compiled WorldShelf::add(const std::string& content, const std::string& bundle,
                                     const std::string& strategy) {
  if (entries_.size() == most) entries_.pop_front();
  entries_.push_back({content, std::async(std::launch::async, compiled, content, bundle, strategy).share()});
  return entries_.back().compiled;
}

}  // namespace mpi
