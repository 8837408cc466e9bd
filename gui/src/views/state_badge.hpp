#pragma once
#include <QToolButton>

#include "session.hpp"

namespace gui {

/// Of results of other inputs than the scenario's now.
[[nodiscard]] QString stale_text(std::size_t changed);

/// The state of the results in a word or two, and the verdicts on the shown strategy. Of stale results its
/// menu names the inputs that were changed; choosing one selects it.
class StateBadge : public QToolButton {
  Q_OBJECT
 public:
  explicit StateBadge(Session& session, QWidget* parent = nullptr);
  void refresh();
  /// Until the simulation is there.
  void show_forecast(const Forecasts& forecasts);

 private:
  [[nodiscard]] QString state() const;
  void list_changes();

  Session& session_;
  QMenu* changes_;
};

}  // namespace gui
