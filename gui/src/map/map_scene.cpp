#include "map/map_scene.hpp"

#include <QCoreApplication>
#include <QPolygonF>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "map/map_values.hpp"
#include "map/projection.hpp"
#include "map/schematic_layout.hpp"
#include "planner/number_text.hpp"

namespace gui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Map)
};
QString text(const std::string& from) { return QString::fromStdString(from); }

MapNode::Kind kind_of(const std::string& tier) {
  if (tier == "region") return MapNode::Kind::region;
  if (tier == "metro") return MapNode::Kind::metro;
  if (tier == "pop") return MapNode::Kind::pop;
  if (tier == "edge") return MapNode::Kind::edge;
  return MapNode::Kind::on_premises;
}

/// [ms]
std::optional<double> deadline_of(const planner::Scenario& scenario, const std::string& flow) {
  const auto found = scenario.flows.find(flow);
  if (found == scenario.flows.end() || !found->second.deadline) return std::nullopt;
  return 1e3 * sim::to_seconds(*found->second.deadline);
}

QString rate_text(double bits_per_second) {
  constexpr std::array<std::pair<double, const char*>, 3> units{
      {{1e9, "Gbit/s"}, {1e6, "Mbit/s"}, {1e3, "kbit/s"}}};
  for (const auto& [size, unit] : units) {
    if (bits_per_second >= size)
      return QStringLiteral("%1 %2").arg(text(planner::number_text(bits_per_second / size)), unit);
  }
  return QStringLiteral("%1 bit/s").arg(text(planner::number_text(bits_per_second)));
}

class SceneBuilder {
 public:
  SceneBuilder(const planner::Scenario& scenario, const planner::StrategyResult* result,
               std::span<const planner::Reach> reached, const MapQuestion& question)
      : scenario_{scenario},
        result_{result},
        reached_{reached},
        values_{map_values(question, result, reached, deadline_of(scenario, question.flow))} {
    scene_.layout = question.layout;
    if (question.layout == MapLayout::schematic) layout_ = schematic_layout(scenario, reached);
  }

  MapScene build() {
    add_sites();
    add_populations();
    add_links();
    add_service_lines();
    set_legend();
    set_bounds();
    return std::move(scene_);
  }

 private:
  [[nodiscard]] std::optional<QPointF> site_place(const std::string& id) const {
    if (scene_.layout == MapLayout::schematic) return place_in(layout_.sites, id);
    const auto site = scenario_.sites.find(id);
    if (site == scenario_.sites.end() || !site->second.at) return std::nullopt;
    return to_world(site->second.at->longitude, site->second.at->latitude);
  }

  [[nodiscard]] std::optional<QPointF> population_place(const std::string& id) const {
    if (scene_.layout == MapLayout::schematic) return place_in(layout_.populations, id);
    const planner::Population& population = scenario_.populations.at(id);
    if (population.at) return to_world(population.at->longitude, population.at->latitude);
    return site_place(population.site);
  }

  static std::optional<QPointF> place_in(const std::map<std::string, QPointF>& places,
                                         const std::string& id) {
    const auto found = places.find(id);
    return found == places.end() ? std::nullopt : std::optional{found->second};
  }

  /// Writes the value beside the name, and into the tip.
  void tell_value(MapNode& node) const {
    if (!node.value) return;
    node.label = QStringLiteral("%1 %2").arg(text(planner::number_text(*node.value)), values_.unit);
    node.tip += QStringLiteral("\n%1: %2").arg(values_.title, node.label);
    if (!values_.limit || *node.value <= *values_.limit) return;
    node.state = MapNode::State::alarming;
    node.label.prepend(QStringLiteral("⚠ "));
    node.tip += QStringLiteral(" ⚠ %1: %2 %3")
                    .arg(values_.limit_name, text(planner::number_text(*values_.limit)), values_.unit);
  }

  static std::optional<double> value_in(const std::map<std::string, double>& values, const std::string& id) {
    const auto found = values.find(id);
    return found == values.end() ? std::nullopt : std::optional{found->second};
  }

  [[nodiscard]] QString services_at(const std::string& site) const {
    QStringList names;
    for (const auto& [service, places] : scenario_.placement) {
      const auto placed = places.find(site);
      if (placed != places.end())
        names << QStringLiteral("%1 ×%2").arg(text(service)).arg(placed->second.replicas);
    }
    return names.join(QStringLiteral(", "));
  }

  void add_sites() {
    for (const auto& [id, site] : scenario_.sites) {
      const auto at = site_place(id);
      if (!at) continue;
      MapNode node{
          .id = id, .kind = kind_of(site.tier), .at = *at, .value = value_in(values_.sites, id), .tip = {}};
      const QString services = services_at(id);
      node.use = services.isEmpty() ? MapNode::Use::unused : MapNode::Use::used;
      const bool movable = scene_.layout == MapLayout::geographic && site.set.empty() && site.at;
      node.hold = movable ? MapNode::Hold::movable : MapNode::Hold::fixed;
      node.tip = QStringLiteral("%1 · %2\n%3")
                     .arg(text(id), text(site.tier),
                          services.isEmpty() ? Words::tr("no service placed here") : services);
      tell_value(node);
      scene_.sites.push_back(std::move(node));
    }
  }

  void add_populations() {
    for (const auto& [id, population] : scenario_.populations) {
      const auto at = population_place(id);
      if (!at) continue;
      MapNode node{.id = id,
                   .kind = MapNode::Kind::population,
                   .at = *at,
                   .weight = population.users,
                   .value = value_in(values_.populations, id),
                   .tip = {}};
      node.tip = QStringLiteral("%1 · %2 %3")
                     .arg(text(id), text(planner::number_text(population.users)), Words::tr("users"));
      tell_value(node);
      scene_.most_users = std::max(scene_.most_users, population.users);
      scene_.populations.push_back(std::move(node));
    }
  }

  void add_links() {
    for (const auto& [id, link] : scenario_.links) {
      const auto a = site_place(link.a), b = site_place(link.b);
      if (!a || !b) continue;
      // Four times the capacity is one step wider.
      const double rate = link.bandwidth ? link.bandwidth->value() : 1e9;
      const double steps = std::log2(std::max(rate, 1e6) / 1e6) / 2;
      MapLine line{.kind = MapLine::Kind::link, .from = *a, .to = *b, .width = 1.2 + 0.7 * steps};
      line.tip = QStringLiteral("%1 · %2").arg(
          text(id), link.bandwidth ? rate_text(rate) : Words::tr("no bandwidth is said"));
      line.id = id;
      tell_load(line, id);
      scene_.lines.push_back(std::move(line));
    }
  }

  void tell_load(MapLine& line, const std::string& id) {
    if (result_ == nullptr) return;
    std::optional<double> load;
    for (const planner::LinkUse& use : result_->links) {
      if (use.link != id) continue;
      load = std::max(load.value_or(0), use.utilisation);
      line.tip += QStringLiteral("\n%1 → %2: %3 %, %4")
                      .arg(text(use.from), text(use.to), text(planner::number_text(100 * use.utilisation)),
                           rate_text(use.carried));
    }
    line.band = link_band(load);
    if (!load) return;
    scene_.loads = MapScene::Loads::known;
    line.label = QStringLiteral("%1 %").arg(100 * *load, 0, 'f', 0);
    if (line.band == LinkBand::overfull) line.label.prepend(QStringLiteral("⚠ "));
  }

  /// From each population to the sites that serve it.
  void add_service_lines() {
    for (const planner::Reach& one : reached_) {
      const auto from = population_place(one.population), to = site_place(one.site);
      if (!from || !to || *from == *to) continue;
      const double share = scene_.most_users > 0 ? one.users / scene_.most_users : 1;
      scene_.lines.push_back({.kind = MapLine::Kind::serves,
                              .from = *from,
                              .to = *to,
                              .width = 0.8 + 2.4 * std::sqrt(share),
                              .value = value_in(values_.populations, one.population)});
    }
  }

  void set_legend() {
    MapLegend& legend = scene_.legend;
    legend.title = values_.title;
    legend.unit = values_.unit;
    legend.limit = values_.limit;
    legend.limit_name = values_.limit_name;
    legend.low = std::numeric_limits<double>::max();
    legend.high = 0;
    for (const auto* values : {&values_.sites, &values_.populations}) {
      for (const auto& [id, value] : *values) {
        legend.low = std::min(legend.low, value);
        legend.high = std::max(legend.high, value);
      }
    }
    if (values_.range && legend.low <= legend.high) std::tie(legend.low, legend.high) = *values_.range;
    if (legend.low > legend.high) legend = {.title = {}, .unit = {}, .low = 0, .high = 0};
  }

  void set_bounds() {
    QPolygonF all;
    for (const MapNode& node : scene_.populations) all << node.at;
    for (const MapNode& node : scene_.sites) {
      if (node.use == MapNode::Use::used) all << node.at;
    }
    for (const MapLine& line : scene_.lines) all << line.from << line.to;
    if (all.isEmpty()) all << QPointF{0.2, 0.25} << QPointF{0.8, 0.6};
    scene_.bounds = all.boundingRect();
  }

  const planner::Scenario& scenario_;
  const planner::StrategyResult* result_;
  std::span<const planner::Reach> reached_;
  MapValues values_;
  SchematicLayout layout_;
  MapScene scene_;
};

}  // namespace

LinkBand link_band(const std::optional<double>& load) {
  if (!load) return LinkBand::unknown;
  if (*load <= 0.5) return LinkBand::half_empty;
  if (*load <= 0.8) return LinkBand::filling;
  return *load <= 0.9 ? LinkBand::full : LinkBand::overfull;
}

bool MapScene::has_links() const {
  return std::ranges::find(lines, MapLine::Kind::link, &MapLine::kind) != lines.end();
}

MapScene make_scene(const planner::Scenario& scenario, const planner::StrategyResult* result,
                    std::span<const planner::Reach> reached, const MapQuestion& question) {
  return SceneBuilder{scenario, result, reached, question}.build();
}

bool has_places(const planner::Scenario& scenario) {
  return std::ranges::any_of(scenario.sites, [](const auto& entry) { return entry.second.at.has_value(); });
}

}  // namespace gui
