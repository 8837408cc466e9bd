#include "views/map_page.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <tuple>

#include "planner/edit.hpp"
#include "planner/number_text.hpp"
#include "views/combo_choices.hpp"
#include "views/entry_dialog.hpp"
#include "views/flow_layout.hpp"

namespace gui {
namespace {

/// Places on each side of the raster of isochrones: at once, and then as fine as `isochrone coverage` has it.
constexpr std::uint32_t coarse_side = 48, fine_side = 160;

QString text_of(const std::string& text) { return QString::fromStdString(text); }

/// The population whose access stands for everybody's: the one with most users that asks for the flow.
std::string typical_population(const std::vector<planner::Reach>& reached) {
  std::string id;
  double most = -1;
  for (const planner::Reach& one : reached) {
    if (one.users > most) {
      most = one.users;
      id = one.population;
    }
  }
  return id;
}

}  // namespace

MapPage::MapPage(Session& session, QWidget* parent)
    : QWidget{parent},
      session_{session},
      map_{new MapView},
      strategy_{new QComboBox},
      flow_{new QComboBox},
      color_{new QComboBox},
      budget_{new QComboBox},
      layout_{new QComboBox},
      versus_{new QCheckBox{tr("against the reference")}} {
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  build_bar(*layout);
  layout->addWidget(map_, 1);
  build_zoom();
  connect(&session_, &Session::strategy_changed, this, &MapPage::refresh_scene);
  connect(&session_, &Session::flow_changed, this, &MapPage::refresh_scene);
  connect(&session_, &Session::outcome_changed, this, &MapPage::refresh_scene);
  connect(&session_, &Session::slice_changed, this, &MapPage::refresh_scene);
  connect(&session_, &Session::selection_changed, this, &MapPage::point_out);
  connect(&session_, &Session::strategy_changed, this, &MapPage::point_out);
  connect(map_, &MapView::selected, this,
          [this](const QString& pointer) { session_.select(pointer.toStdString()); });
  // What is shown is fine already, so a coarse one in between would only flicker.
  connect(map_, &MapView::view_changed, this, [this] { refresh_isochrone(Detail::fine); });
  connect(map_, &MapView::site_dragged, this, &MapPage::follow_drag);
  connect(map_, &MapView::site_dropped, this, &MapPage::drop);
  connect(map_, &MapView::place_chosen, this, [this](double longitude, double latitude) {
    add_at({.latitude = latitude, .longitude = longitude, .country = {}});
  });
  connect(map_, &MapView::place_refused, this, [this] { Q_EMIT told(tr("There is no such place.")); });
}

void MapPage::build_bar(QVBoxLayout& layout) {
  color_->addItems({tr("round trip"), tr("p95 latency"), tr("utilisation"), tr("cost"), tr("carbon")});
  budget_->addItem(tr("off"), 0.0);
  for (const double budget : {5.0, 10.0, 20.0, 50.0, 100.0, 200.0})
    budget_->addItem(tr("%1 ms").arg(budget), budget);
  layout_->addItems({tr("geography"), tr("schematic")});
  auto* bar = new FlowLayout;
  bar->add_field(tr("Strategy"), strategy_);
  bar->add_field(tr("Flow"), flow_);
  bar->add_field(tr("Colour"), color_);
  bar->add_field(tr("Isochrones"), budget_);
  versus_->setToolTip(
      tr("Area within the budget gained (plain) and lost (hatched) against the reference strategy"));
  bar->addWidget(versus_);
  bar->add_field(tr("Layout"), layout_);
  for (const auto& [text, tip, section] :
       {std::tuple{tr("+ Site"), tr("Add a site where the map is clicked"), "/sites"},
        std::tuple{tr("+ Users"), tr("Add users where the map is clicked"), "/populations"}}) {
    auto* add = new QToolButton;
    add->setText(text);
    add->setToolTip(tip);
    add->setAccessibleName(tip);
    connect(add, &QToolButton::clicked, this, [this, at = std::string{section}] { ask_for_place(at); });
    bar->addWidget(add);
  }
  layout.addLayout(bar);
  connect(strategy_, &QComboBox::activated, this,
          [this] { session_.set_strategy(strategy_->currentText().toStdString()); });
  connect(flow_, &QComboBox::activated, this,
          [this] { session_.set_flow(flow_->currentText().toStdString()); });
  connect(color_, &QComboBox::activated, this,
          [this](int index) { show_color(static_cast<MapColor>(index)); });
  connect(layout_, &QComboBox::activated, this, [this] {
    layout_choice_ = LayoutChoice::chosen;
    refresh_scene();
  });
  connect(budget_, &QComboBox::activated, this, [this] { refresh_isochrone(Detail::coarse); });
  versus_->hide();  // means nothing without isochrones
  connect(versus_, &QCheckBox::toggled, this, [this] { refresh_isochrone(Detail::coarse); });
}

void MapPage::build_zoom() {
  auto* column = new QVBoxLayout{map_};
  column->setContentsMargins(0, 12, 12, 0);
  column->setSpacing(6);
  const auto button = [&](const QString& text, const QString& tip, auto action) {
    auto* tool = new QToolButton;
    tool->setText(text);
    tool->setToolTip(tip);
    tool->setAccessibleName(tip);
    tool->setMinimumWidth(44);
    connect(tool, &QToolButton::clicked, this, action);
    column->addWidget(tool, 0, Qt::AlignRight);
  };
  button(QStringLiteral("+"), tr("Zoom in"), [this] { map_->zoom(1.5); });
  button(QStringLiteral("−"), tr("Zoom out"), [this] { map_->zoom(1 / 1.5); });
  button(tr("Fit"), tr("Show everything"), [this] { map_->fit(); });
  column->addStretch();
}

void MapPage::show_color(MapColor color) {
  color_choice_ = ColorChoice::chosen;
  color_->setCurrentIndex(static_cast<int>(color));
  refresh_scene();
}

void MapPage::show_budget(double budget) {
  budget_->setCurrentIndex(std::max(0, budget_->findData(budget)));
  refresh_isochrone(Detail::coarse);
}

void MapPage::show_difference(bool on) { versus_->setChecked(on); }

void MapPage::toggle_layout() {
  layout_choice_ = LayoutChoice::chosen;
  layout_->setCurrentIndex(1 - layout_->currentIndex());
  refresh_scene();
}

void MapPage::point_out() {
  const planner::Resolution* now = session_.resolution();
  map_->point_out(now != nullptr ? focus_of(session_.pointer(), now->scenario()) : MapFocus{});
}

void MapPage::ask_for_place(const std::string& section) {
  if (!session_.document().is_open()) return;
  if (question().layout != MapLayout::geographic) {
    Q_EMIT told(tr("Places are chosen on the map's geography (Alt+L), not on the schematic layout."));
    return;
  }
  placed_section_ = section;
  map_->ask_for_place();
  Q_EMIT told(tr("Click where it stands, or press Return for the middle of the map; Esc to leave it."));
}

void MapPage::add_at(const planner::Place& place) {
  DocumentModel& document = session_.document();
  const QString proposal =
      free_id(document, placed_section_,
              placed_section_ == "/sites" ? QStringLiteral("site") : QStringLiteral("users"));
  EntryDialog ask{session_, tr("Add"), {placed_section_}, proposal, this};
  if (ask.exec() != QDialog::Accepted) return;
  try {
    session_.select(add_entry(document, ask.layer(), ask.section(), ask.id(), place));
  } catch (const planner::ScenarioError& error) {
    Q_EMIT told(text_of(error.what()));
  }
}

MapQuestion MapPage::question() const {
  return {.color = static_cast<MapColor>(color_->currentIndex()),
          .layout = layout_->currentIndex() == 0 ? MapLayout::geographic : MapLayout::schematic,
          .flow = session_.flow(),
          .slice = session_.slice()};
}

void MapPage::refresh_choices() {
  const auto& checked = session_.document().checked();
  std::vector<std::string> strategies, flows;
  if (checked && checked->document) strategies = checked->document->strategies();
  const planner::Resolution* now = session_.resolution();
  if (now != nullptr) {
    for (const auto& [id, flow] : now->scenario().flows) flows.push_back(id);
    if (layout_choice_ == LayoutChoice::automatic)
      layout_->setCurrentIndex(has_places(now->scenario()) ? 0 : 1);
  }
  if (color_choice_ == ColorChoice::automatic) {
    color_->setCurrentIndex(
        static_cast<int>(session_.result() != nullptr ? MapColor::p95 : MapColor::round_trip));
  }
  show_choices(*strategy_, strategies, session_.strategy());
  show_choices(*flow_, flows, session_.flow());
}

void MapPage::refresh_scene() {
  refresh_choices();
  const planner::Resolution* now = session_.resolution();
  if (now == nullptr) return;  // the last valid scene stays; the problems say what is wrong
  scene_worker_.request([this, resolution = *now, outcome = session_.outcome(), asked = question()] {
    auto reached = planner::reach(resolution.scenario(), asked.flow);
    const planner::StrategyResult* result = nullptr;
    if (outcome) {
      const auto& all = outcome->study.strategies;
      const auto found =
          std::ranges::find(all, resolution.scenario().strategy, &planner::StrategyResult::strategy);
      if (found != all.end() && found->replications > 0) result = &*found;
    }
    auto scene = std::make_shared<const MapScene>(make_scene(resolution.scenario(), result, reached, asked));
    return [this, scene, reached = std::move(reached)] {
      reached_ = reached;
      map_->show_scene(scene);
      refresh_isochrone(Detail::coarse);
    };
  });
}

/// What the map says of a budget in words.
QString MapPage::caption_of(const planner::Scenario& scenario, const planner::Scenario* reference,
                            const std::string& flow, const Isochrone& isochrone, Detail detail) {
  const auto share = [&](const planner::Scenario& of) {
    const auto reached = planner::reach(of, flow);
    return text_of(planner::percent_text(planner::covered_share(of, flow, reached, isochrone.budget)));
  };
  const auto area = [](double square_km) {
    return square_km < 1e5 ? tr("%1 km²").arg(text_of(planner::number_text(square_km)))
                           : tr("%1 million km²").arg(text_of(planner::number_text(square_km / 1e6)));
  };
  QString caption =
      tr("Within %1 ms: %2 of the users of %3").arg(isochrone.budget).arg(share(scenario), text_of(flow));
  if (reference != nullptr)
    caption += tr(", %1 under %2").arg(share(*reference), text_of(reference->strategy));
  // Areas of a coarse raster would change a moment later.
  if (detail == Detail::coarse) return caption + QStringLiteral("\n…");
  caption += tr("\n%1 of what is shown").arg(area(isochrone.area));
  if (reference != nullptr)
    caption += tr("; gained %1 (plain), lost %2 (hatched)").arg(area(isochrone.gained), area(isochrone.lost));
  return caption;
}

const planner::Resolution* MapPage::reference_resolution() const {
  const bool wanted = versus_->isChecked() && session_.reference() != session_.strategy();
  const planner::Resolution* other =
      wanted ? session_.document().checked()->find(session_.reference()) : nullptr;
  const bool has_flow = other != nullptr && other->scenario().flows.contains(session_.flow());
  return has_flow ? other : nullptr;
}

void MapPage::refresh_isochrone(Detail first) {
  const planner::Resolution* now = session_.resolution();
  const double budget = budget_->currentData().toDouble();
  versus_->setVisible(budget > 0);
  const std::string population = typical_population(reached_);
  const bool known = now != nullptr && now->scenario().populations.contains(population) &&
                     now->scenario().flows.contains(session_.flow());
  if (budget > 0 && known) return compute(population, budget, first);
  field_worker_.request([this] {
    return [this] {
      map_->show_isochrone(nullptr);
      map_->set_caption({});
    };
  });
}

void MapPage::compute(const std::string& population, double budget, Detail detail) {
  const planner::Raster raster =
      raster_for(map_->viewport(), detail == Detail::coarse ? coarse_side : fine_side);
  const planner::Resolution* other = reference_resolution();
  std::optional<planner::Resolution> reference;
  if (other != nullptr && other->scenario().populations.contains(population)) reference = *other;
  field_worker_.request([this, resolution = *session_.resolution(), reference, flow = session_.flow(),
                         population, raster, budget, detail] {
    const planner::Scenario* versus = reference ? &reference->scenario() : nullptr;
    const auto isochrone = compute_isochrone(resolution.scenario(), flow, population, raster, budget, versus);
    const QString caption = caption_of(resolution.scenario(), versus, flow, *isochrone, detail);
    return [this, isochrone, caption, population, detail] {
      if (isochrone->budget != budget_->currentData().toDouble()) return;
      if (!field_worker_.is_idle()) return;  // something newer is under way
      map_->show_isochrone(isochrone);
      map_->set_caption(caption);
      isochrone_access_ = population;
      if (detail == Detail::coarse && session_.resolution() != nullptr)
        compute(population, isochrone->budget, Detail::fine);
    };
  });
}

QString MapPage::places_command() {
  const QStringList whose{QStringLiteral("--strategy"), text_of(session_.strategy()),
                          QStringLiteral("--flow"), text_of(session_.flow())};
  const MapColor color = question().color;
  if (!session_.slice() || color == MapColor::round_trip)
    return session_.command_line(QStringLiteral("places"), whose);
  const QString metric = QString::fromUtf8(planner::name(color));
  return session_.command_line(QStringLiteral("series"),
                               whose + QStringList{QStringLiteral("--metric"), metric});
}

QString MapPage::command_line() {
  const double budget = budget_->currentData().toDouble();
  if (budget <= 0) return places_command();
  const planner::Raster box = raster_for(map_->viewport(), fine_side);
  QStringList arguments{
      QStringLiteral("--flow"),
      text_of(session_.flow()),
      QStringLiteral("--budget"),
      QStringLiteral("%1 ms").arg(budget),
      QStringLiteral("--area"),
      text_of(isochrone_access_),
      QStringLiteral("--box"),
      QStringLiteral("%1,%2,%3,%4").arg(box.west).arg(box.south).arg(box.east).arg(box.north)};
  return session_.command_line(QStringLiteral("coverage"), arguments);
}

void MapPage::follow_drag(const QString& site, double longitude, double latitude) {
  const planner::Resolution* now = session_.resolution();
  if (now == nullptr) return;
  planner::Scenario moved = now->scenario();
  const auto found = moved.sites.find(site.toStdString());
  if (found == moved.sites.end() || !found->second.at) return;
  found->second.at->longitude = longitude;
  found->second.at->latitude = latitude;
  // Results do not hold for another place, so the lines follow by their round trips without load.
  MapQuestion asked = question();
  asked.color = MapColor::round_trip;
  scene_worker_.request([this, site, moved = std::move(moved), asked] {
    const auto reached = planner::reach(moved, asked.flow);
    auto scene = std::make_shared<const MapScene>(make_scene(moved, nullptr, reached, asked));
    const std::optional<double> mean = planner::mean_round_trip(reached);
    return [this, site, mean, scene] {
      map_->show_scene(scene);
      if (mean)
        Q_EMIT told(tr("%1 here: mean round trip without load %2 ms")
                        .arg(site, text_of(planner::number_text(*mean))));
    };
  });
}

void MapPage::drop(const QString& site, double longitude, double latitude) {
  refresh_scene();  // as the document has it, which follows the edit below a moment later
  const std::string pointer = "/sites/" + planner::escape_token(site.toStdString());
  const planner::Value* written = planner::at_pointer(session_.document().parsed().root, pointer);
  if (written == nullptr || written->find("at") == nullptr) {
    Q_EMIT told(
        tr("%1 takes its place from a catalogue or an import; give it an \"at\" of its own to move it")
            .arg(site));
    return;
  }
  try {
    session_.document().set_value(pointer + "/at",
                                  place_json({.latitude = latitude, .longitude = longitude, .country = {}}),
                                  tr("Move %1").arg(site));
  } catch (const planner::ScenarioError& error) {
    Q_EMIT told(text_of(error.what()));
  }
}

}  // namespace gui
