#include "planner/accounting.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "compile/hosting.hpp"
#include "compile/payers.hpp"
#include "money/account_volume.hpp"
#include "money/elastic_time.hpp"
#include "money/pool_share.hpp"
#include "money/site_costs.hpp"
#include "money/state_costs.hpp"
#include "read/grid_hours.hpp"

namespace planner {
namespace {

constexpr double month_seconds = hours_per_month * 3600.0;
constexpr double joules_per_kwh = 3.6e6;
constexpr double gigabyte = 1e9;                  ///< of transferred data; of memory, what energy is by
constexpr double gibibyte = 1024. * 1024 * 1024;  ///< of configured memory: what prices are by

/// Writes the rows of one bill.
class Accountant {
 public:
  Accountant(const Scenario& scenario, const CompiledScenario& compiled, const Load& load,
             const models::WorldResult& result, Demand demand, const Payers* payers, const GridHours& grid)
      : scenario_{scenario},
        compiled_{compiled},
        load_{load},
        result_{result},
        demand_{demand},
        payers_{payers},
        grid_{grid},
        span_{sim::to_seconds(result.simulated)} {}

  Bill bill() {
    for (std::size_t i = 0; i < compiled_.pools.size(); ++i) pools_at_[compiled_.pools[i].site].push_back(i);
    for (const auto& [site, spec] : scenario_.sites) {
      SiteUse use;
      for (const auto& [pool, type] : spec.pools) {
        if (type.kind == PoolType::Kind::nodes) nodes(site, spec, pool, type, use);
      }
      if (pools_at_.contains(site)) this->site(site, spec, use);
    }
    elastic_pools();
    transfers();
    state();
    devices();
    return std::move(bill_);
  }

 private:
  /// How often something that follows demand happens in a month, for each time it happened in the span.
  [[nodiscard]] double per_month(const Rates& rates) const {
    if (span_ <= 0) return 0.0;
    return scale(rates) * month_seconds / span_;
  }
  [[nodiscard]] double scale(const Rates& rates) const {
    return demand_ == Demand::of_a_month && rates.recorded > 0 ? rates.mean / rates.recorded : 1.0;
  }

  /// @param payers  by whose requests it is caused
  void charge(const char* item, std::string where, double usd, const Shares& payers) {
    bill_.cost.push_back({item, std::move(where), usd});
    if (payers_ != nullptr) apportion(usd, payers, bill_.by_population);
  }
  [[nodiscard]] const Shares& payers_of_pool(std::size_t pool) const {
    return payers_ != nullptr ? payers_->of_pool(pool) : nobody_;
  }
  [[nodiscard]] const Shares& payers_of_site(const std::string& site) const {
    return payers_ != nullptr ? payers_->of_site(site) : nobody_;
  }

  void site(const std::string& id, const Site& spec, const SiteUse& use) {
    const std::size_t before = bill_.cost.size();
    charge_site(id, spec, use, bill_);
    if (payers_ == nullptr) return;
    for (std::size_t i = before; i < bill_.cost.size(); ++i)
      apportion(bill_.cost[i].amount, payers_->of_site(id), bill_.by_population);
  }
  void use(const char* item, std::string where, double joules, double grams_per_kwh) {
    const double kwh = joules / joules_per_kwh;
    bill_.energy.push_back({item, std::move(where), kwh, kwh * grams_per_kwh / 1000.0});
  }

  void state() {
    const StateCosts used{scenario_, compiled_, result_};
    std::vector<double> times;
    for (const StateCosts::Row& row : used.rows()) {
      const Rates& rates = row.meter ? load_.meters[*row.meter] : load_.pools[row.pool].rates;
      times.push_back(row.kept ? hours_per_month * 3600.0 : per_month(rates));
    }
    const std::vector<double> charged = used.charged(times);
    for (std::size_t i = 0; i < times.size(); ++i) {
      const StateCosts::Row& row = used.rows()[i];
      charge("state", row.where, row.usd * times[i] * charged[i], payers_of_pool(row.pool));
    }
  }

  /// Nodes that the accelerators of a pool stand for: what the replicas that they serve take of nodes, at
  /// least what the accelerators themselves do, as a batch has its accelerator alone.
  [[nodiscard]] double nodes_of_accelerators(std::size_t pool, const PoolType& type) const {
    const PoolLabel& label = compiled_.pools[pool];
    const models::PoolSpec& spec = compiled_.world.pools[pool];
    double nodes = 0;
    for (const std::size_t i : pools_at_.at(label.site)) {
      const models::PoolSpec& other = compiled_.world.pools[i];
      if (other.batching && other.batching->accelerators == spec.batching->accelerators)
        nodes += other.instances * node_share(scenario_.services.at(compiled_.pools[i].service), type);
    }
    const bool shared = shares_accelerators(scenario_.services.at(label.service)) && type.gpus > 0;
    return shared ? std::max(nodes, label.accelerators / type.gpus) : nodes;
  }

  /// Nodes that a service keeps busy, as the mean demand would have it: by the slots that are taken, by its
  /// batches, or by the work where requests share processors. @param paid  nodes of the pool
  [[nodiscard]] double busy_nodes(std::size_t pool, const PoolType& type, std::uint32_t paid) const {
    const PoolLabel& label = compiled_.pools[pool];
    const models::PoolSpec& spec = compiled_.world.pools[pool];
    const double share = busy_share(spec, label, result_.pools[pool], span_).value_or(0.0);
    const double busy = std::min(scale(load_.pools[pool].rates) * share, 1.0);
    if (label.work > 0) return busy * paid;
    if (label.accelerators > 0) return busy * nodes_of_accelerators(pool, type);
    return spec.instances * busy * node_share(scenario_.services.at(label.service), type);
  }

  void nodes(const std::string& site, const Site& spec, const std::string& pool, const PoolType& type,
             SiteUse& use_of_site) {
    const std::uint32_t paid = nodes_needed(scenario_, site, pool);
    if (paid == 0) return;
    const double node_month = type.node_price_per_hour.value() * hours_per_month;
    double busy = 0;
    for (const std::size_t i : pools_at_[site]) {
      const PoolLabel& label = compiled_.pools[i];
      if (label.pool != pool) continue;
      const double more = std::min(busy_nodes(i, type, paid), paid - busy);
      charge("compute", site + "/" + label.service, more * node_month, payers_of_pool(i));
      busy += more;
    }
    charge("idle", site + "/" + pool, (paid - busy) * node_month, payers_of_site(site));
    const double always = paid * type.power.idle.value();
    const double by_demand = busy * (type.power.busy.value() - type.power.idle.value());
    const double watts = always + by_demand;
    const double intensity =
        watts > 0 ? spec.carbon * grid_.mean(spec, site, by_demand / watts) : spec.carbon;
    use("sites", site + "/" + pool, watts * month_seconds * spec.pue, intensity);
    use_of_site.rated_watts += paid * type.power.busy.value();
    use_of_site.joules += watts * month_seconds * spec.pue;
    if (type.embodied.value() > 0) {
      const double months = sim::to_seconds(type.life) / month_seconds;
      bill_.energy.push_back(
          {"embodied", site + "/" + pool, 0, paid * type.embodied.value() / 1000.0 / months});
    }
  }

  /// What an instance is configured to have: the service's figure, else the platform's default.
  [[nodiscard]] static sim::Bytes memory(const Hosting& host) {
    return host.service->memory.value() > 0 ? host.service->memory : host.pool->memory;
  }

  /// A month stands for the period of its demand, and of the hours by which instances are provisioned.
  [[nodiscard]] MonthOfSpan month(const Hosting& host, std::size_t pool) const {
    MonthOfSpan month{span_, scale(load_.pools[pool].rates), std::nullopt};
    const std::vector<std::uint32_t>& hours = host.placement->provisioned_hours;
    if (demand_ != Demand::of_a_month || hours.empty()) return month;
    double sum = 0;
    for (const std::uint32_t hour : hours) sum += std::min(hour, most_instances(host));
    month.provisioned = sum / static_cast<double>(hours.size());
    return month;
  }
  [[nodiscard]] ElasticTime time_of(const Hosting& host, std::size_t pool) const {
    return elastic_time(host.pool->price, result_.pools[pool], month(host, pool));
  }

  void elastic_pools() {
    AccountVolume volume;
    std::vector<std::pair<Hosting, std::size_t>> pools;
    for (std::size_t i = 0; i < compiled_.pools.size(); ++i) {
      const PoolLabel& label = compiled_.pools[i];
      const Hosting host = hosting(scenario_, label.service, label.site);
      if (!is_elastic(host)) continue;
      volume.add(host, use_of(host, i));
      pools.emplace_back(host, i);
    }
    for (const auto& [host, pool] : pools) elastic(host, pool, volume.unit_prices(host));
  }

  /// In a month. @param time  of that pool
  [[nodiscard]] double cpu_seconds(const Hosting& host, std::size_t pool, const ElasticTime& time) const {
    // A price of 0 stays 0, even for a law without a mean.
    if (host.pool->price.per_cpu_second.value() <= 0) return 0.0;
    if (host.pool->price.billing != ElasticPrice::Billing::cpu_time)
      return (time.on_demand + time.serving_kept) * host.service->cpu;
    return static_cast<double>(result_.pools[pool].requests) * service_time(host).mean() *
           per_month(load_.pools[pool].rates);
  }

  [[nodiscard]] ElasticUse use_of(const Hosting& host, std::size_t pool) const {
    const ElasticTime time = time_of(host, pool);
    return {static_cast<double>(result_.pools[pool].requests) * per_month(load_.pools[pool].rates),
            time.on_demand * memory(host).value() / gibibyte, cpu_seconds(host, pool, time)};
  }

  void elastic(const Hosting& host, std::size_t pool, const AccountVolume::UnitPrices& price) {
    const ElasticPrice& listed = host.pool->price;
    const ElasticTime time = time_of(host, pool);
    const Shares& payers = payers_of_pool(pool);
    const std::string where = *host.site_id + "/" + *host.service_id;
    const double requests =
        static_cast<double>(result_.pools[pool].requests) * per_month(load_.pools[pool].rates);
    const double memory_size = memory(host).value() / gibibyte;
    charge("requests", where, requests * price.request, payers);
    const double serving_kept =
        time.serving_kept * listed.per_provisioned_execution_gb_second.value_or(sim::Money{}).value();
    const double by_cpu = cpu_seconds(host, pool, time) * price.cpu_second;
    charge("execution", where, (time.on_demand * price.gb_second + serving_kept) * memory_size + by_cpu,
           payers);
    const double kept = memory_size * listed.per_provisioned_gb_second.value();
    charge("provisioned", where, time.kept_busy * kept, payers);
    charge("idle", where, (time.kept - time.kept_busy) * kept, payers);
    const double joules = time.active * host.pool->energy_per_gb_second.value() +
                          (time.alive - time.active) * host.pool->idle_energy_per_gb_second.value();
    use("elastic", where, memory(host).value() / gigabyte * joules * host.site->pue,
        host.site->carbon * grid_.mean(*host.site, *host.site_id, 1.0));
  }

  /// Bytes that leave, by where they are charged.
  struct Egress {
    double gigabytes = 0;
    Shares payers;
  };

  void transfers() {
    std::map<std::string, Egress> links, sites, regions;  // regions: `from > to`
    std::map<std::string, double> joules;                 // by site
    for (std::size_t i = 0; i < compiled_.meters.size(); ++i) {
      const MeterLabel& label = compiled_.meters[i];
      const double times = static_cast<double>(result_.meters[i]) * per_month(load_.meters[i]);
      if (!label.link.empty()) {
        add_egress(links[label.link], i, times);
      } else if (!label.to.empty()) {
        add_egress(regions[label.site + " > " + label.to], i, times);
      } else if (!label.site.empty()) {
        add_egress(sites[label.site], i, times);
      }
      if (!label.grid.empty()) {
        joules[label.grid] +=
            times * label.network_bytes / gigabyte * scenario_.network.energy_per_gb.value();
      }
    }
    charge_egress(links, sites, regions);
    for (const auto& [id, amount] : joules) {
      const Site& site = scenario_.sites.at(id);
      use("network", id, amount, site.carbon * grid_.mean(site, id, 1.0));
    }
  }

  void add_egress(Egress& egress, std::size_t meter, double times) const {
    const double gigabytes = times * compiled_.meters[meter].egress_bytes / gigabyte;
    egress.gigabytes += gigabytes;
    if (payers_ != nullptr) apportion(gigabytes, payers_->of_meter(meter), egress.payers);
  }

  void charge_egress(const std::map<std::string, Egress>& links, const std::map<std::string, Egress>& sites,
                     const std::map<std::string, Egress>& regions) {
    std::map<std::string, std::pair<double, const Shares*>> rows;
    for (const auto& [link, out] : links)
      rows["link " + link] = {out.gigabytes * scenario_.links.at(link).egress_per_gb->value(), &out.payers};
    for (const auto& [site, out] : sites)
      rows[site] = {egress_price(scenario_.sites.at(site), out.gigabytes), &out.payers};
    for (const auto& [ends, out] : regions) rows[ends] = {out.gigabytes * price_between(ends), &out.payers};
    for (const auto& [where, row] : rows) charge("egress", where, row.first, *row.second);
  }

  /// @param ends  `from > to`, sites with priced regions. [USD/GB]
  [[nodiscard]] double price_between(const std::string& ends) const {
    const std::size_t arrow = ends.find(" > ");
    return region_egress(scenario_.sites.at(ends.substr(0, arrow)),
                         scenario_.sites.at(ends.substr(arrow + 3)))
        .value_or(sim::Money{})
        .value();
  }

  /// Seconds that a device sends and receives in one passage of a meter.
  [[nodiscard]] static double on_air(const Access& access, const MeterLabel& label) {
    const auto time = [](double bytes, std::optional<sim::BitRate> own, std::optional<sim::BitRate> cell) {
      const auto rate = own ? own : cell;
      return rate ? sim::to_seconds(sim::serialization_delay(sim::Bytes{bytes}, *rate)) : 0.0;
    };
    return time(label.sent_bytes, access.uplink, access.cell_uplink) +
           time(label.received_bytes, access.downlink, access.cell_downlink);
  }

  void devices() {
    std::map<std::string, double> joules;
    std::set<std::string> computing;
    for (std::size_t i = 0; i < compiled_.meters.size(); ++i) {
      const MeterLabel& label = compiled_.meters[i];
      if (label.population.empty()) continue;
      const Population& users = scenario_.populations.at(label.population);
      double each = on_air(users.access, label) * users.access.device_power.value();
      if (!label.service.empty()) {
        computing.insert(label.population);
        each += device_time(scenario_, label.service, label.population).mean() *
                (users.device_busy_watts - users.device_idle_watts);
      }
      joules[label.population] += each * static_cast<double>(result_.meters[i]) * per_month(load_.meters[i]);
    }
    for (auto& [id, amount] : joules) {
      const Population& users = scenario_.populations.at(id);
      // A device that is paid for is there for this service: it is on, and idle, for it alone.
      if (computing.contains(id) && users.device_price_per_hour.value() > 0) {
        charge("device", id, users.users * users.device_price_per_hour.value() * hours_per_month, {{id, 1}});
        amount += users.users * users.device_idle_watts * month_seconds;
      }
      use("devices", id, amount, compiled_.device_grid.at(id));
    }
  }

  const Scenario& scenario_;
  const CompiledScenario& compiled_;
  const Load& load_;
  const models::WorldResult& result_;
  Demand demand_;
  const Payers* payers_;  // null: nobody asks
  const GridHours& grid_;
  const Shares nobody_{};
  double span_;                                               // [s]
  std::map<std::string, std::vector<std::size_t>> pools_at_;  // by site
  Bill bill_;
};

}  // namespace

double Bill::cost_total() const {
  double sum = 0;
  for (const BillRow& row : cost) sum += row.amount;
  return sum;
}

double Bill::idle() const {
  double sum = 0;
  for (const BillRow& row : cost) sum += row.item == "idle" ? row.amount : 0.0;
  return sum;
}

double Bill::energy_total() const {
  double sum = 0;
  for (const EnergyUse& use : energy) sum += use.amount;
  return sum;
}

double Bill::carbon_total() const {
  double sum = 0;
  for (const EnergyUse& use : energy) sum += use.carbon;
  return sum;
}

Bill account(const Scenario& scenario, const CompiledScenario& compiled, const Load& load,
             const models::WorldResult& result, Demand demand, Attribution attribution, sim::Duration begin) {
  std::optional<Payers> payers;
  if (attribution == Attribution::by_population || has_grid_hours(scenario)) payers.emplace(compiled, load);
  const Payers* const asked = attribution == Attribution::by_population ? &*payers : nullptr;
  const GridHours grid{
      scenario, payers ? &*payers : nullptr,
      demand == Demand::as_met ? std::optional{GridHours::Window{begin, result.simulated}} : std::nullopt};
  return Accountant{scenario, compiled, load, result, demand, asked, grid}.bill();
}

}  // namespace planner
