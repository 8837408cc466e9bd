#include <catch2/catch.hpp>
#include <set>

#include "cli/tool.hpp"

using namespace cli_test;

TEST_CASE("A trace that is imported again has the same call graph", "[cli][trace][import]") {
  const Project project;
  std::string text = small_scenario;
  const auto put = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  put(R"("services": {)", R"("services": { "data": { "time": "3 ms", "cpu": "1 vCPU" },)");
  put(R"("api": { "service": "api" })",
      R"("api": { "service": "api" }, "read": { "service": "data", "from": "api" },
         "write": { "service": "data", "from": "api", "after": ["read"] })");
  put(R"("placement": {)", R"("placement": { "data": { "near": { "pool": "box", "replicas": 1 } },)");
  const std::string scenario = project.write("calls.json", text);
  const std::string trace = (project.path() / "trace.jsonl").string();
  REQUIRE(tool({"trace", scenario, "--to", "otlp", "-o", trace}).exit_code == 0);
  const auto imported = tool({"import", trace, "--format", "json"});
  REQUIRE(imported.exit_code == 0);
  const auto draft =
      nlohmann::json::parse(document(imported).at("scenario").get<std::string>(), nullptr, true, true);
  // The user's action calls api, which reads and then writes.
  const auto& flow = draft.at("flows").begin().value();
  std::multiset<std::string> calls;
  std::string second;
  for (const auto& [id, call] : flow.at("calls").items()) {
    const std::string from =
        call.contains("from")
            ? flow.at("calls").at(call.at("from").get<std::string>()).at("service").get<std::string>()
            : "";
    calls.insert(from + ">" + call.at("service").get<std::string>());
    if (call.contains("after") && !call.at("after").empty() && call.at("service") == "data") second = id;
  }
  CHECK(calls.count("api>data") == 2);
  CHECK(calls.count("town>api") + calls.count(">api") == 1);
  CHECK_FALSE(second.empty());
  // Self time is what was simulated, without the way: 3 ms.
  CHECK(draft.at("services").at("data").dump().find("3 ms") != std::string::npos);
}
