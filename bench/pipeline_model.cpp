#include "pipeline_model.hpp"

#include <array>
#include <string>

#include "sim/hash.hpp"

namespace bench {
namespace {

using models::Part;
using models::Step;
using models::StepKind;

constexpr double pool_load = 0.6;
constexpr double station_load = 0.3;
constexpr sim::Bytes packet{3'750.0};

/// Stations of a site, in this order.
enum Station : std::uint32_t { cell_up, link_up, link_down, cell_down, stations_per_site };

class Pipeline {
 public:
  explicit Pipeline(const PipelineShape& shape) : shape_{shape} {}

  models::WorldSpec build() {
    const bool coupled = shape_.coupling == Coupling::coupled;
    spec_.partitions = shape_.sites;
    spec_.classes = shape_.sites;
    spec_.duration = sim::from_seconds(shape_.requests_per_site / shape_.rate);
    spec_.drain = sim::Duration{10'000'000'000};
    if (coupled) spec_.lookahead = shape_.propagation;
    spec_.laws.push_back(sim::Distribution::exponential(pool_load / shape_.rate));
    for (std::uint32_t site = 0; site < shape_.sites; ++site) {
      add_site(site);
      if (coupled) {
        add_coupled_program(site);
      } else {
        add_program(site, site);
      }
    }
    return std::move(spec_);
  }

 private:
  void add_site(std::uint32_t site) {
    const std::string number = std::to_string(site);
    const sim::BitRate rate{packet.value() * 8 * shape_.rate / station_load};
    for (std::uint32_t i = 0; i < stations_per_site; ++i)
      spec_.stations.push_back({std::to_string(i) + " at " + number, site, rate});
    spec_.pools.push_back({.name = "pool at " + number, .partition = site});
    spec_.sources.push_back({.name = "users at " + number,
                             .partition = site,
                             .program = here(),
                             .profile = {.step = spec_.duration, .rates = {shape_.rate}}});
  }

  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(spec_.steps.size()); }

  void pass(std::uint32_t site, Station station) {
    spec_.steps.push_back({.kind = StepKind::station,
                           .partition = site,
                           .index = site * stations_per_site + station,
                           .size = packet});
  }
  void delay(std::uint32_t site, Part part, sim::Duration fixed) {
    spec_.steps.push_back({.kind = StepKind::delay, .part = part, .partition = site, .fixed = fixed});
  }

  void call(std::uint32_t home, std::uint32_t server) {
    delay(home, Part::propagation, shape_.propagation);
    pass(server, link_up);
    spec_.steps.push_back({.kind = StepKind::serve,
                           .partition = server,
                           .index = server,
                           .law = 0,
                           .purpose = sim::hash_name("compute")});
    pass(server, link_down);
    delay(server, Part::propagation, shape_.propagation);
  }

  void begin(std::uint32_t home) {
    pass(home, cell_up);
    delay(home, Part::access, radio);
  }
  void end(std::uint32_t home) {
    pass(home, cell_down);
    delay(home, Part::access, radio);
    spec_.steps.push_back({.kind = StepKind::finish, .partition = home, .index = home});
  }

  void add_program(std::uint32_t home, std::uint32_t server) {
    begin(home);
    call(home, server);
    end(home);
  }

  // Half of the requests go to either of two sites, so that each site serves those of two others.
  void add_coupled_program(std::uint32_t home) {
    begin(home);
    const std::uint32_t choice = here();
    spec_.steps.push_back({.kind = StepKind::branch,
                           .partition = home,
                           .probability = 0.5,
                           .purpose = sim::hash_name("route")});
    call(home, (home + 1) % shape_.sites);
    const std::uint32_t over = here();
    spec_.steps.push_back({.kind = StepKind::jump, .partition = home});
    spec_.steps[choice].target = here();
    call(home, (home + shape_.sites / 2) % shape_.sites);
    spec_.steps[over].target = here();
    end(home);
  }

  static constexpr sim::Duration radio{2'000'000};
  const PipelineShape& shape_;
  models::WorldSpec spec_;
};

}  // namespace

models::WorldSpec pipeline(const PipelineShape& shape) { return Pipeline{shape}.build(); }

}  // namespace bench
