#include <algorithm>

#include "commands.hpp"
#include "planner/samples.hpp"

namespace cli {

namespace {

Answer list_samples() {
  Answer answer{.schema = "samples/1", .message = "next: isochrone new my-plan --from SAMPLE\n"};
  auto& list = answer.document["samples"] = nlohmann::ordered_json::array();
  const std::vector<planner::Sample> all = planner::samples();
  std::size_t width = 0;
  for (const planner::Sample& sample : all) width = std::max(width, sample.name.size() + 2);
  for (const planner::Sample& sample : all) {
    answer.text += hanging(sample.name, width, sample.question);
    list.push_back({{"name", sample.name}, {"question", sample.question}, {"note", sample.note}});
  }
  return answer;
}

}  // namespace

void add_samples(CommandLine& line) {
  line.add("samples", "Begin", "list the scenarios that come with the tool",
           [](const Settings&) { return list_samples(); });
}

}  // namespace cli
