#include "catalog/catalog_json.hpp"

namespace models::catalog {
namespace {

using nlohmann::ordered_json;

/// "aws-lambda/java@eu-central-1" in its three parts; the last two may be empty.
struct PlatformName {
  std::string platform, runtime, region;
};

PlatformName split(std::string_view id) {
  PlatformName parts;
  if (const auto at = id.find('@'); at != std::string_view::npos) {
    parts.region = id.substr(at + 1);
    id = id.substr(0, at);
  }
  if (const auto slash = id.find('/'); slash != std::string_view::npos) {
    parts.runtime = id.substr(slash + 1);
    id = id.substr(0, slash);
  }
  parts.platform = id;
  return parts;
}

Platform::Billing read_billing(const std::string& text) {
  if (text == "request") return Platform::Billing::request;
  if (text == "instance-busy") return Platform::Billing::instance_busy;
  if (text == "instance-alive") return Platform::Billing::instance_alive;
  return Platform::Billing::cpu_time;
}

void read_price(const ordered_json& entry, ElasticPrice& price) {
  const auto replace = [&](std::optional<Figure>& figure, const char* key) {
    if (entry.contains(key)) figure = read_figure(entry.at(key));
  };
  replace(price.request, "request");
  replace(price.gb_second, "gb_second");
  replace(price.provisioned_gb_second, "provisioned_gb_second");
  replace(price.provisioned_execution_gb_second, "provisioned_execution_gb_second");
  replace(price.cpu_second, "cpu_second");
  replace(price.granularity, "granularity");
  replace(price.free_requests, "free_requests");
  replace(price.free_gb_seconds, "free_gb_seconds");
  replace(price.free_cpu_seconds, "free_cpu_seconds");
  // Tiers go with their own first price: a region's list does not take those of another.
  if (entry.contains("gb_second")) price.gb_second_tiers.clear();
  if (!entry.contains("gb_second_tiers")) return;
  for (const ordered_json& tier : entry.at("gb_second_tiers"))
    price.gb_second_tiers.push_back({read_figure(tier.at("above")), read_figure(tier.at("price"))});
}

/// Law of one runtime: its quantiles and, where the table excludes it, the time to get an environment.
LawFigure runtime_law(const ordered_json& table, const ordered_json& quantiles,
                      const std::optional<LawFigure>& acquire, const ordered_json& platform) {
  const Converted to = conversion(table.at("unit").get<std::string>());
  auto values = quantiles.get<std::vector<double>>();
  for (double& value : values) value *= to.factor;
  LawFigure law;
  read_origin(table, law);
  const auto probabilities = table.at("p").get<std::vector<double>>();
  if (!acquire) {
    law.law = sim::Distribution::empirical(probabilities, std::move(values));
    return law;
  }
  const ordered_json& uniform = platform.at("acquire").at("law");
  const Converted acquire_to = conversion(platform.at("acquire").at("unit").get<std::string>());
  law.law = sum_with_uniform(probabilities, values, uniform.at("low").get<double>() * acquire_to.factor,
                             uniform.at("high").get<double>() * acquire_to.factor);
  law.basis = acquire->basis == Basis::assumed ? Basis::assumed : Basis::derived;
  law.note += " Plus an environment: " + acquire->note;
  return law;
}

/// The table of a runtime without an environment.
LawFigure bare_law(const ordered_json& table, const ordered_json& quantiles) {
  return runtime_law(table, quantiles, std::nullopt, {});
}

bool begins_with(const std::string& text, const std::string& beginning) {
  return text.compare(0, beginning.size(), beginning) == 0;
}

/// The tables of "nodejs22/zip/x86_64/..." by their last part, the memory.
std::map<std::string, LawFigure> siblings(const ordered_json& table, const std::string& runtime) {
  std::map<std::string, LawFigure> found;
  const std::string stem = runtime.substr(0, runtime.rfind('/') + 1);
  for (const auto& [name, quantiles] : table.at("quantiles").items()) {
    if (!stem.empty() && begins_with(name, stem))
      found[name.substr(stem.size())] = bare_law(table, quantiles);
  }
  return found;
}

/// The parts of a start that the table of `runtime` is one of.
void take_parts(const ordered_json& table, const std::string& runtime, bool by_memory, Platform& platform) {
  const bool restored = runtime.find("snapstart") != std::string::npos;
  (restored ? platform.restore : platform.init) = bare_law(table, table.at("quantiles").at(runtime));
  if (!by_memory) return;
  for (auto& [memory, law] : siblings(table, runtime)) platform.by_memory[1e6 * std::stod(memory)] = law;
  if (platform.by_memory.size() < 2) platform.by_memory.clear();
}

/// The law of `runtime` (empty: the default one), none if the platform does not know it.
std::optional<LawFigure> cold_start(const ordered_json& platforms, const ordered_json& entry,
                                    std::string runtime, Platform& platform) {
  if (entry.contains("cold_start")) {
    if (!runtime.empty()) return std::nullopt;
    return read_law(entry.at("cold_start"));
  }
  const bool by_runtime = entry.contains("runtimes") || entry.contains("runtimes_of");
  if (!by_runtime) {
    if (!runtime.empty()) return std::nullopt;
    return read_law(entry.at(entry.contains("acquire") ? "acquire" : "restore"));
  }
  const std::string asked = runtime;
  if (runtime.empty()) runtime = entry.at("default_runtime");
  if (const auto aliases = entry.find("aliases"); aliases != entry.end() && aliases->contains(runtime)) {
    runtime = aliases->at(runtime).get<std::string>();
  }
  const ordered_json& owner =
      entry.contains("runtimes_of") ? platforms.at(entry.at("runtimes_of").get<std::string>()) : entry;
  for (const ordered_json& table : owner.at("runtimes")) {
    const auto found = table.at("quantiles").find(runtime);
    if (found == table.at("quantiles").end()) continue;
    platform.runtime = runtime;
    take_parts(table, runtime, runtime != asked, platform);
    return runtime_law(table, *found, read_optional_law(entry, "acquire"), entry);
  }
  return std::nullopt;
}

sim::Duration seconds_of(const ordered_json& figure) { return sim::from_seconds(read_figure(figure).value); }

TokenBucket::Spec read_scale_out(const ordered_json& entry) {
  TokenBucket::Spec limit;
  limit.refill = static_cast<std::uint64_t>(read_figure(entry.at("instances")).value);
  limit.period = seconds_of(entry.at("per"));
  limit.depth = static_cast<std::uint64_t>(read_figure(entry.at("burst")).value);
  return limit;
}

/// A rule by name; its figures are the defaults of the rule, which models/autoscaler.hpp gives with their
/// source.
ScalerSpec read_autoscaler(const ordered_json& entry) {
  const std::string rule = entry.at("rule");
  if (rule == "knative") return KnativeScaler::Spec{};
  if (rule == "cloud-run") return CloudRunScaler::Spec{};
  PodAutoscaler::Spec pods;
  if (rule == "hpa") return pods;
  pods.metric = PodAutoscaler::Metric::in_flight;
  pods.target = read_figure(entry.at("target")).value;
  if (entry.contains("tick")) pods.tick = seconds_of(entry.at("tick"));
  return pods;
}

void read_properties(const ordered_json& entry, Platform& platform) {
  platform.name = entry.at("name");
  platform.kind = entry.at("kind");
  platform.provider = entry.at("provider");
  platform.placement = entry.at("placement");
  platform.acquire = read_optional_law(entry, "acquire");
  if (entry.contains("restore")) platform.restore = read_law(entry.at("restore"));
  // Images are read as they are needed, whatever their size; packages are not.
  if (platform.runtime.find("/image/") == std::string::npos)
    platform.pull_rate = read_optional_figure(entry, "pull_rate");
  platform.image = read_optional_figure(entry, "image");
  platform.account = read_optional_figure(entry, "account");
  platform.keep_alive = read_law(entry.at("keep_alive"));
  platform.dispatch = entry.at("dispatch");
  platform.concurrency = read_figure(entry.at("concurrency"));
  if (entry.contains("scale_out")) platform.scale_out = read_scale_out(entry.at("scale_out"));
  if (entry.contains("autoscaler")) platform.autoscaler = read_autoscaler(entry.at("autoscaler"));
  platform.max_instances = read_optional_figure(entry, "max_instances");
  platform.default_memory = read_figure(entry.at("default_memory"));
  platform.default_cpu = read_optional_figure(entry, "default_cpu");
  platform.cpu_per_gb = read_optional_figure(entry, "cpu_per_gb");
  platform.init_billing =
      entry.at("init_billing") == "billed" ? Platform::InitBilling::billed : Platform::InitBilling::free;
  platform.billing = read_billing(entry.at("billing"));
  platform.energy_per_gb_second = read_optional_figure(entry, "energy_per_gb_second");
  platform.idle_energy_per_gb_second = read_optional_figure(entry, "idle_energy_per_gb_second");
  read_price(entry.at("price"), platform.price);
}

}  // namespace

std::optional<Platform> find_platform(std::string_view id) {
  static const ordered_json file = read_file("platforms.json");
  const ordered_json& platforms = file.at("platforms");
  const PlatformName name = split(id);
  const auto entry = platforms.find(name.platform);
  if (entry == platforms.end()) return std::nullopt;
  Platform platform;
  auto law = cold_start(platforms, *entry, name.runtime, platform);
  if (!law) return std::nullopt;
  platform.id = id;
  platform.cold_start = std::move(*law);
  read_properties(*entry, platform);
  if (name.region.empty()) return platform;
  const auto regions = entry->find("regions");
  if (regions == entry->end() || !regions->contains(name.region)) return std::nullopt;
  read_price(regions->at(name.region), platform.price);
  return platform;
}

}  // namespace models::catalog
