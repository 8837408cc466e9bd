#include <QDockWidget>
#include <QFileInfo>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTimer>

#include "main_window.hpp"
#include "settings.hpp"

namespace gui {
namespace {

/// Of the arrangement of docks; another number where they change, so that an old one is not forced on them.
constexpr int arrangement = 1;

}  // namespace

void MainWindow::restore_settings() {
  const auto settings = settings_at(places_.settings);
  const QString theme = settings->value(QStringLiteral("theme")).toString();
  if (theme == QStringLiteral("dark")) apply(Appearance::dark);
  if (theme == QStringLiteral("light")) apply(Appearance::light);
  restoreGeometry(settings->value(QStringLiteral("geometry")).toByteArray());
  live_->setChecked(settings->value(QStringLiteral("live"), true).toBool());
}

void MainWindow::keep_settings() {
  const auto settings = settings_at(places_.settings);
  settings->setValue(QStringLiteral("geometry"), saveGeometry());
  settings->setValue(QStringLiteral("live"), live_->isChecked());
  const bool shown = pages_->currentWidget() == tabs_;
  if (shown) settings->setValue(QStringLiteral("docks"), saveState(arrangement));
  settings->setValue(QStringLiteral("session/file"), shown ? session_.document().path() : QString{});
  settings->setValue(QStringLiteral("session/view"), tabs_->currentIndex());
  settings->setValue(QStringLiteral("session/strategy"), QString::fromStdString(session_.strategy()));
  settings->setValue(QStringLiteral("session/selected"), QString::fromStdString(session_.pointer()));
}

void MainWindow::restore_session() {
  const auto settings = settings_at(places_.settings);
  const QString file = settings->value(QStringLiteral("session/file")).toString();
  if (file.isEmpty() || !QFileInfo::exists(file) || session_.document().is_open() || !open_path(file)) return;
  tabs_->setCurrentIndex(settings->value(QStringLiteral("session/view"), 0).toInt());
  session_.show_when_checked(settings->value(QStringLiteral("session/strategy")).toString().toStdString());
  session_.select(settings->value(QStringLiteral("session/selected")).toString().toStdString());
}

void MainWindow::show_appearance(Appearance appearance) {
  apply(appearance);
  settings_at(places_.settings)
      ->setValue(QStringLiteral("theme"),
                 appearance == Appearance::dark ? QStringLiteral("dark") : QStringLiteral("light"));
}

void MainWindow::arrange_docks() {
  const QByteArray kept = settings_at(places_.settings)->value(QStringLiteral("docks")).toByteArray();
  if (restoreState(kept, arrangement)) return;
  resizeDocks({docks_[0], docks_[1]}, {280, 330}, Qt::Horizontal);
  resizeDocks({docks_[2]}, {150}, Qt::Vertical);
}

}  // namespace gui
