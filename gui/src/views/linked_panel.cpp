#include "views/linked_panel.hpp"

#include "charts/plot_panel.hpp"
#include "session.hpp"

namespace gui {

void link(PlotPanel& panel, Session& session) {
  QObject::connect(&panel, &PlotPanel::subject_chosen, &session,
                   [&session](const QString& pointer) { session.select(pointer.toStdString()); });
  const auto follow = [&panel, &session] { panel.mark(session.selection()); };
  for (const auto signal : {&Session::selection_changed, &Session::strategy_changed, &Session::flow_changed})
    QObject::connect(&session, signal, &panel, follow);
  follow();
}

}  // namespace gui
