#pragma once
#include <QWidget>
#include <map>
#include <memory>
#include <optional>

#include "latest_worker.hpp"
#include "map/map_view.hpp"
#include "session.hpp"

class QCheckBox;
class QComboBox;
class QLabel;
class QVBoxLayout;

namespace gui {

/// The map with its choices: what colours tell, layout, isochrones. Scenes and isochrones are computed on
/// other threads; the latest ones stay until new ones come.
class MapPage : public QWidget {
  Q_OBJECT
 public:
  explicit MapPage(Session& session, QWidget* parent = nullptr);
  [[nodiscard]] MapView& map() { return *map_; }
  void show_color(MapColor color);
  /// [ms]; 0: no isochrones
  void show_budget(double budget);
  void show_difference(bool on);
  void toggle_layout();
  /// Asks for a place on the map and adds an entry of the section there. @param section  /sites or
  /// /populations
  void ask_for_place(const std::string& section);
  /// The command that prints what the map says: its isochrones, else the values of places, of the whole run
  /// or slice by slice. Empty for a document that is not saved.
  [[nodiscard]] QString command_line();

 Q_SIGNALS:
  /// A sentence for the status bar.
  void told(const QString& text);

 private:
  void build_bar(QVBoxLayout& layout);
  void build_zoom();
  void refresh_choices();
  void refresh_scene();
  /// The strategy that isochrones are compared with; null: none.
  [[nodiscard]] const planner::Resolution* reference_resolution() const;
  /// A coarse isochrone is shown at once and refined then.
  enum class Detail : std::uint8_t { coarse, fine };
  void refresh_isochrone(Detail first);
  void compute(const std::string& population, double budget, Detail detail);
  [[nodiscard]] static QString caption_of(const planner::Scenario& scenario,
                                          const planner::Scenario* reference, const std::string& flow,
                                          const Isochrone& isochrone, Detail detail);
  void follow_drag(const QString& site, double longitude, double latitude);
  void drop(const QString& site, double longitude, double latitude);
  void add_at(const planner::Place& place);
  void point_out();
  [[nodiscard]] QString places_command();
  [[nodiscard]] MapQuestion question() const;

  Session& session_;
  MapView* map_;
  QComboBox* strategy_;
  QComboBox* flow_;
  QComboBox* color_;
  QComboBox* budget_;
  QComboBox* layout_;
  QCheckBox* versus_;
  LatestWorker scene_worker_, field_worker_;
  std::vector<planner::Reach> reached_;
  enum class ColorChoice { automatic, chosen } color_choice_ = ColorChoice::automatic;
  enum class LayoutChoice { automatic, chosen } layout_choice_ = LayoutChoice::automatic;
  std::string placed_section_;    ///< of what a place is asked for
  std::string isochrone_access_;  ///< population whose access isochrones are reckoned for
};

}  // namespace gui
