#pragma once
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/autoscaler.hpp"
#include "models/token_bucket.hpp"
#include "sim/distribution.hpp"

/// Sourced figures of devices, platforms, access networks, places, grids and prices.
///
/// The files of models/catalog/ are compiled into the library; each is parsed when it is first asked
/// for (a few milliseconds at most) and immutable from then on, so every function here may be called
/// from any thread. References and pointers stay valid for the life of the program. Nothing throws on
/// an unknown id: absence is an empty optional, a null pointer or an empty list. The shape of the files
/// is fixed by models/catalog/catalog.schema.json, which a test enforces, and explained in
/// docs/models/catalogue.md.
namespace models::catalog {

/// Where a figure comes from.
enum class Basis : std::uint8_t {
  measured,    ///< somebody measured it and said how
  vendor,      ///< printed by who sells it: price list, data sheet, documentation
  assumed,     ///< plausible, but no source was verified
  calibrated,  ///< fitted to measurements of the user's own
  derived,     ///< computed from figures of the sources named; the note says how
};
[[nodiscard]] std::string_view name(Basis basis);

/// One number with its dimension and its origin.
struct Figure {
  double value = 0;       ///< in `unit`
  std::string unit{};     ///< s, B, bit/s, W, J/GB, USD, USD/h, USD/GB, gCO2e/kWh, ...; empty: a pure number
  std::string printed{};  ///< as the source states it, such as "2.5 Gbit/s"
  Basis basis = Basis::assumed;
  std::string source{};  ///< id in sources(), empty for an assumption of our own
  std::string date{};    ///< of the source or of the price: YYYY, YYYY-MM or YYYY-MM-DD
  std::string note{};
};

/// A law of times with its origin.
struct LawFigure {
  sim::Distribution law;  ///< [s]
  Basis basis = Basis::assumed;
  std::string source{}, date{}, note{};
};

/// A machine, a card or a user's device that is bought or rented as a unit ("node").
struct Device {
  std::string id, name;
  std::string kind;                            ///< accelerator | gpu | board | server | phone
  std::optional<Figure> cpu;                   ///< [vCPU]
  std::optional<Figure> memory;                ///< [B]; of a card: its own
  std::optional<Figure> parameter_cache;       ///< [B] of weights that stay on the accelerator
  std::optional<Figure> parameter_bandwidth;   ///< [B/s] at which weights beyond the cache are streamed
  std::optional<Figure> accelerators;          ///< number of accelerators a node offers to services
  std::optional<Figure> price;                 ///< [USD] to buy
  std::optional<Figure> price_per_hour;        ///< [USD/h] rent, or the purchase written off (see the note)
  std::optional<Figure> power_idle;            ///< [W] switched on, without work
  std::optional<Figure> power_busy;            ///< [W] at full load
  std::optional<Figure> boot;                  ///< [s] from power to ready
  std::optional<LawFigure> model_load;         ///< [s] from file to ready
  std::map<std::string, LawFigure> inference;  ///< [s] a batch of one, by model
  /// Time of a batch of n: base + n * per_sample, fitted to measurements.
  struct BatchCurve {
    Figure base, per_sample;
  };                                        ///< [s]
  std::map<std::string, BatchCurve> batch;  ///< by model
  /// A budget of power that lower clocks keep.
  struct PowerMode {
    Figure power_busy;  ///< [W] at full load
    Figure slowdown;    ///< factor on `inference`
  };
  std::map<std::string, PowerMode> power_modes;  ///< by name ("15w", "maxn")
};

/// What an elastic platform charges.
struct ElasticPrice {
  std::optional<Figure> request;  ///< [USD]
  // The gigabyte of price lists is one of 1,024 MB, each 2^20 B.
  std::optional<Figure> gb_second;  ///< [USD/GiB.s] of configured memory while a request is served
  std::optional<Figure> provisioned_gb_second;            ///< [USD/GiB.s] of instances that are kept warm
  std::optional<Figure> provisioned_execution_gb_second;  ///< [USD/GiB.s] while these serve; none: gb_second
  std::optional<Figure> cpu_second;                       ///< [USD/vCPU.s]
  std::optional<Figure> granularity;                      ///< [s] to which a duration is rounded up
  /// Price above a volume of a month.
  struct Tier {
    Figure above;  ///< [GiB.s]
    Figure price;  ///< [USD/GiB.s]
  };
  std::vector<Tier> gb_second_tiers;       ///< by rising volume; gb_second is that of the first part
  std::optional<Figure> free_requests;     ///< a month, of an account
  std::optional<Figure> free_gb_seconds;   ///< [GiB.s] a month, of an account
  std::optional<Figure> free_cpu_seconds;  ///< [vCPU.s] a month, of an account
};

/// Functions, containers or isolates that are started on demand.
///
/// An id may name a runtime after a slash and a region after an at sign ("aws-lambda/java@eu-central-1"):
/// the same platform with that runtime's cold start and that region's prices. Without them, the platform's
/// default runtime and its reference prices hold.
struct Platform {
  enum class InitBilling : std::uint8_t { billed, free };
  /// The time that is charged by gb_second and cpu_second.
  enum class Billing : std::uint8_t {
    request,         ///< of each request, also of those that share an instance
    instance_busy,   ///< of an instance while it serves at least one request
    instance_alive,  ///< of an instance from its start to its end
    cpu_time,        ///< of the processor only; memory and waiting are free
  };

  std::string id, name;
  std::string kind;  ///< function | container | isolate | microvm
  std::string provider;
  std::string placement;  ///< where it runs: region | pop | edge | any
  std::string runtime;    ///< of the cold start law
  LawFigure cold_start;   ///< from the decision to start until ready, all parts
  // Its parts, one after the other, where they are known.
  std::optional<LawFigure> acquire;  ///< an environment: placement, sandbox, network
  std::optional<Figure> pull_rate;   ///< [B/s] at which code or image is fetched; none: its size is no matter
  std::optional<Figure> image;       ///< [B] that `cold_start` contains the fetching of
  std::optional<LawFigure> restore;  ///< of a snapshot, in place of an initialisation
  std::optional<LawFigure> init;     ///< of the runtime; the rest of cold_start
  /// `restore` or `init` by configured memory [B], where it was measured so and the id does not state one.
  std::map<double, LawFigure> by_memory;
  LawFigure keep_alive;                        ///< idle time until an instance ends
  std::string dispatch;                        ///< mru | longest-idle | random
  Figure concurrency;                          ///< requests an instance serves at a time
  std::optional<Figure> max_instances;         ///< default quota
  std::optional<Figure> account;               ///< default quota of requests in service of all functions
  std::optional<TokenBucket::Spec> scale_out;  ///< limit of the starts of one service
  std::optional<ScalerSpec> autoscaler;        ///< where not requests and keep_alive start and end instances
  Figure default_memory;                       ///< [B] of an instance
  std::optional<Figure> default_cpu;           ///< [vCPU] of an instance
  std::optional<Figure> cpu_per_gb;            ///< [vCPU/GB] where memory determines the processor's share
  InitBilling init_billing = InitBilling::billed;
  Billing billing = Billing::request;
  ElasticPrice price;
  std::optional<Figure> energy_per_gb_second;       ///< [J/GB.s] of memory of a busy instance, PUE excluded
  std::optional<Figure> idle_energy_per_gb_second;  ///< [J/GB.s] of one that waits
};

/// First hop between a user's device and the network's edge (5G: user plane function; fixed: first router).
struct Access {
  std::string id, name;
  LawFigure uplink_latency, downlink_latency;        ///< one way, unloaded
  std::optional<Figure> uplink, downlink;            ///< [bit/s] of one user
  std::optional<Figure> cell_uplink, cell_downlink;  ///< [bit/s] shared by the users of a cell
  std::optional<Figure> users_per_cell;              ///< connected
  std::optional<Figure> device_power;       ///< [W] of the user's device above idle, while it transfers
  std::optional<LawFigure> reallocation;    ///< one way, the same for all users until the next [s]
  std::optional<Figure> reallocated_every;  ///< [s]
};

/// A city, a point of presence or a cloud region.
struct Place {
  std::string id;         ///< lower case, [a-z0-9-]; unique in its list ("fra", "eu-central-1", "munich-de")
  std::string name;       ///< of the city
  std::string country;    ///< ISO 3166-1 alpha-2
  std::string continent;  ///< africa | antarctica | asia | europe | north-america | oceania | south-america
  double latitude = 0, longitude = 0;  ///< [degree]
  double population = 0;               ///< cities only
  std::string provider;                ///< list it belongs to ("cloudflare", "aws", ...), empty for a city
};

struct Source {
  std::string id;
  std::string reference;  ///< where to find it
  std::string date;       ///< of the content, as far as known
  std::string quality;    ///< measured | paper | primary | claim | secondary | derived
  std::string licence;    ///< of the data, where stated
  std::string what;       ///< what it holds
};

/// Kinds of things that ids() lists and show() finds.
enum class Kind : std::uint8_t {
  device,
  platform,
  access,
  site_list,
  region,
  pop,
  city,
  grid,
  price,
  source
};

[[nodiscard]] const Device* find_device(std::string_view id);
[[nodiscard]] std::optional<Platform> find_platform(std::string_view id);
[[nodiscard]] const Access* find_access(std::string_view id);

/// All places of a list ("cloudflare", "cloudfront", "aws", "gcp", "azure"), by id; empty for an unknown
/// list.
[[nodiscard]] const std::vector<Place>& sites(std::string_view list);
/// A place by "list:id", such as "aws:eu-central-1" or "cloudflare:FRA" (case does not matter).
[[nodiscard]] const Place* find_site(std::string_view list_and_id);

/// Cities of 100,000 inhabitants and more, the largest first (ties by id).
[[nodiscard]] const std::vector<Place>& cities();
/// Cities of that name, the largest first: equal but for case and accents or, if there are none, those whose
/// name begins with the words given ("Frankfurt" finds Frankfurt am Main). An id matches as well.
[[nodiscard]] std::vector<const Place*> cities_named(std::string_view name, std::string_view country = {});
/// The only city of that name; null if there is none or more than one (then cities_named() tells which).
[[nodiscard]] const Place* find_city(std::string_view name, std::string_view country = {});

/// Yearly mean carbon intensity of the grid [gCO2e/kWh] of a country ("DE") or a cloud region
/// ("gcp:europe-west4").
[[nodiscard]] std::optional<Figure> grid_carbon(std::string_view country_or_region);
/// Price of data that leaves [USD/GB]: from a provider or region ("aws", "aws:eu-central-1") to "internet"
/// (first paid tier) or to another region ("gcp:europe-west4").
[[nodiscard]] std::optional<Figure> egress(std::string_view from, std::string_view to = "internet");
/// Power usage effectiveness of a tier: edge | pop | metro | region | on-premises.
[[nodiscard]] std::optional<Figure> pue(std::string_view tier);
/// Energy to carry data [J/GB] over a segment: wide-area | fixed-access | mobile-access.
[[nodiscard]] std::optional<Figure> network_energy(std::string_view segment);
/// A named price or rate outside of the above, such as "electricity-us" [USD/kWh].
[[nodiscard]] std::optional<Figure> price(std::string_view id);

/// Where all figures come from, by id.
[[nodiscard]] const std::map<std::string, Source>& sources();
/// Ids of a kind, sorted; of regions and points of presence with their list ("aws:eu-central-1").
[[nodiscard]] std::vector<std::string> ids(Kind kind);
/// Everything known about an id as the files state it, each figure with its source; null if unknown. Looks in
/// the order of Kind, then for a platform with runtime or region ("aws-lambda/java21-snapstart"), a place of
/// a list ("aws:eu-central-1") and cities of that name.
[[nodiscard]] nlohmann::ordered_json show(std::string_view id);

}  // namespace models::catalog
