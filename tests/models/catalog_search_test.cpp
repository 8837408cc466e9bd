#include "models/catalog_search.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <utility>

namespace catalog = models::catalog;
using catalog::Kind;

namespace {

/// The first that is found of a name.
std::string first(Kind kind, const std::string& name) {
  const std::vector<std::string> found = catalog::called(kind, name);
  return found.empty() ? "" : found.front();
}

}  // namespace

TEST_CASE("Devices are found by what planners call them", "[models][catalog]") {
  const std::pair<const char*, const char*> names[] = {{"Jetson Nano", "jetson-nano"},
                                                       {"Orin Nano", "jetson-orin-nano"},
                                                       {"jetson-orin-nano-super", "jetson-orin-nano"},
                                                       {"Orin Nano Super", "jetson-orin-nano"},
                                                       {"orin-nx", "jetson-orin-nx"},
                                                       {"AGX Orin", "jetson-agx-orin"},
                                                       {"Coral USB", "coral-usb"},
                                                       {"Coral M.2", "coral-m2"},
                                                       {"coral-m-2", "coral-m2"},
                                                       {"Coral Dev Board", "coral-dev-board"},
                                                       {"edge-tpu", "coral-m2"},
                                                       {"Hailo-8L", "hailo-8l"},
                                                       {"hailo8l", "hailo-8l"},
                                                       {"Raspberry Pi 5", "raspberry-pi-5"},
                                                       {"rpi5", "raspberry-pi-5"},
                                                       {"T4", "t4"},
                                                       {"nvidia-t4", "t4"},
                                                       {"NVIDIA L4", "l4"},
                                                       {"A10", "a10"},
                                                       {"A100", "a100"},
                                                       {"a100-80gb", "a100"},
                                                       {"nvidia-h100", "h100"}};
  for (const auto& [name, id] : names) {
    CAPTURE(name);
    CHECK(first(Kind::device, name) == id);
    CHECK(catalog::find_device(id) != nullptr);
  }
}

TEST_CASE("Platforms are found by what planners call them", "[models][catalog]") {
  const std::pair<const char*, const char*> names[] = {{"AWS Lambda", "aws-lambda"},
                                                       {"lambda", "aws-lambda"},
                                                       {"aws-lambda-snapstart", "aws-lambda/java-snapstart"},
                                                       {"Lambda SnapStart", "aws-lambda/java-snapstart"},
                                                       {"Lambda java21", "aws-lambda/java21"},
                                                       {"Fargate", "aws-fargate"},
                                                       {"ecs-fargate", "aws-fargate"},
                                                       {"Cloud Run", "gcp-cloud-run"},
                                                       {"google-cloud-run", "gcp-cloud-run"},
                                                       {"Azure Functions", "azure-functions"},
                                                       {"azure-function", "azure-functions"},
                                                       {"Azure Container Apps", "azure-container-apps"},
                                                       {"aca", "azure-container-apps"},
                                                       {"Cloudflare Workers", "cloudflare-workers"},
                                                       {"Deno Deploy", "deno-deploy"},
                                                       {"Fastly Compute", "fastly-compute"},
                                                       {"compute@edge", "fastly-compute"},
                                                       {"EdgeWorkers", "akamai-edgeworkers"},
                                                       {"Knative", "knative"},
                                                       {"Kubernetes pods", "kubernetes-pod"},
                                                       {"k8s", "kubernetes-pod"},
                                                       {"eks", "kubernetes-pod"},
                                                       {"Wasmtime", "wasmtime"},
                                                       {"WebAssembly", "wasmtime"},
                                                       {"Firecracker", "firecracker"},
                                                       {"firecracker snapshot", "firecracker-snapshot"}};
  for (const auto& [name, id] : names) {
    CAPTURE(name);
    CHECK(first(Kind::platform, name) == id);
    CHECK(catalog::find_platform(id).has_value());
  }
}

TEST_CASE("What goes by all the words of a name is found, at most three of them", "[models][catalog]") {
  // The id itself, but for punctuation, is the only one.
  CHECK(catalog::called(Kind::device, "JETSON_ORIN_NANO") == std::vector<std::string>{"jetson-orin-nano"});
  // Without the second word of its id, and without two of the other's.
  CHECK(catalog::called(Kind::device, "orin nano") ==
        std::vector<std::string>{"jetson-orin-nano", "jetson-orin-nano-15w"});
  CHECK(catalog::called(Kind::platform, "lambda").size() == 3);
  CHECK(catalog::called(Kind::device, "jetson thor").empty());
  CHECK(catalog::called(Kind::device, "lambda").empty());
  CHECK(catalog::called(Kind::device, "").empty());
  CHECK(catalog::called(Kind::device, " - ").empty());
  CHECK(catalog::called(Kind::region, "aws").empty());
}
