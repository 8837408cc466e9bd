#include "planner/bundle_text.hpp"

#include <nlohmann/json.hpp>

namespace planner {

using Json = nlohmann::ordered_json;

Json bundle_json(const Bundle& bundle) {
  Json json{{"scenario", {{"name", bundle.scenario.name}, {"text", bundle.scenario.text}}},
            {"files", Json::object()},
            {"patches", Json::array()},
            {"sets", bundle.sets}};
  for (const auto& [path, text] : bundle.files) json["files"][path] = text;
  for (const Bundle::Text& patch : bundle.patches)
    json["patches"].push_back({{"name", patch.name}, {"text", patch.text}});
  return json;
}

Bundle bundle_from(const Json& json) {
  const auto text = [](const Json& from) {
    return Bundle::Text{from.at("name").get<std::string>(), from.at("text").get<std::string>()};
  };
  Bundle bundle{text(json.at("scenario")), {}, {}, json.at("sets").get<std::vector<std::string>>()};
  for (const auto& [path, file] : json.at("files").items()) bundle.files[path] = file.get<std::string>();
  for (const Json& patch : json.at("patches")) bundle.patches.push_back(text(patch));
  return bundle;
}

}  // namespace planner
