#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QStackedWidget>
#include <QUrl>

#include "main_window.hpp"
#include "planner/samples.hpp"
#include "settings.hpp"
#include "views/difference_dialog.hpp"
#include "views/welcome_page.hpp"

namespace gui {
namespace {

constexpr int most_recent = 8;

bool write_file(const QString& path, std::string_view text) {
  QDir{}.mkpath(QFileInfo{path}.path());
  QFile file{path};
  const auto size = static_cast<qint64>(text.size());
  return file.open(QIODevice::WriteOnly) && file.write(text.data(), size) == size;
}

std::optional<std::string> read_file(const QString& path) {
  QFile file{path};
  if (path.isEmpty() || !file.open(QIODevice::ReadOnly)) return std::nullopt;
  return file.readAll().toStdString();
}

}  // namespace

bool MainWindow::open_path(const QString& path) {
  if (!may_leave()) return false;
  try {
    session_.document().open_file(path);
  } catch (const planner::ScenarioError& error) {
    QMessageBox::warning(this, tr("Open"), QString::fromStdString(error.diagnostics().front().message));
    return false;
  }
  remember(session_.document().path());
  return true;
}

bool MainWindow::open_sample(const QString& name) {
  if (!may_leave()) return false;
  // Its profiles and imports are read from a folder, as those of any scenario.
  const QString folder = places_.data + QStringLiteral("/samples/") + name;
  const std::string prefix = name.toStdString() + "/";
  std::string scenario;
  for (const auto& [path, content] : planner::sample_files()) {
    if (!path.starts_with(prefix)) continue;
    const std::string file{path.substr(prefix.size())};
    if (file == "scenario.json") scenario = content;
    if (!write_file(folder + u'/' + QString::fromStdString(file), content)) {
      QMessageBox::warning(this, tr("Open a sample"), tr("%1 cannot be written").arg(folder));
      return false;
    }
  }
  session_.document().open_text(std::move(scenario), name, folder);
  return true;
}

void MainWindow::open_dialog() {
  const QString path =
      QFileDialog::getOpenFileName(this, tr("Open a scenario"), {}, tr("Scenarios (*.json)"));
  if (!path.isEmpty()) open_path(path);
}

bool MainWindow::save() {
  const QString& path = session_.document().path();
  return path.isEmpty() ? save_dialog() : save_as(path);
}

bool MainWindow::save_dialog() {
  if (!session_.document().is_open()) return false;
  const QString path = QFileDialog::getSaveFileName(
      this, tr("Save the scenario"), QStringLiteral("scenario.json"), tr("Scenarios (*.json)"));
  return !path.isEmpty() && save_as(path);
}

bool MainWindow::save_as(const QString& path) {
  const QString problem = session_.document().save(path);
  if (!problem.isEmpty()) {
    QMessageBox::warning(this, tr("Save"), problem);
    return false;
  }
  recovery_->forget();
  remember(session_.document().path());
  refresh_title();
  return true;
}

void MainWindow::export_report() {
  if (!session_.can_report()) {
    tell(tr("Run the scenario first (F5): a report holds full results of it as it stands."));
    return;
  }
  const QString path = QFileDialog::getSaveFileName(this, tr("Export the report"),
                                                    session_.document().name() + QStringLiteral(".html"),
                                                    tr("Report (*.html)"));
  if (!path.isEmpty()) write_report(path);
}

bool MainWindow::write_report(const QString& path) {
  const bool written = session_.can_report() && write_file(path, session_.html_report());
  tell(written ? tr("Written: %1").arg(path) : tr("%1 cannot be written").arg(path));
  return written;
}

bool MainWindow::may_leave() {
  if (!session_.document().is_open() || !session_.document().is_modified()) return true;
  const auto answer = QMessageBox::question(this, tr("Unsaved changes"),
                                            tr("Save the changes of %1?").arg(session_.document().name()),
                                            QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
  if (answer == QMessageBox::Save) return save();
  if (answer == QMessageBox::Discard) recovery_->forget();
  return answer == QMessageBox::Discard;
}

void MainWindow::close_document() {
  if (!may_leave()) return;
  welcome_->show_recent(recent());
  pages_->setCurrentWidget(welcome_);
  for (QDockWidget* dock : docks_) dock->hide();
}

QStringList MainWindow::recent() const {
  QStringList files;
  for (const QString& file : settings_at(places_.settings)->value(QStringLiteral("recent")).toStringList()) {
    if (QFileInfo::exists(file)) files << file;
  }
  return files;
}

void MainWindow::remember(const QString& path) {
  QStringList files = recent();
  files.removeAll(path);
  files.prepend(path);
  settings_at(places_.settings)->setValue(QStringLiteral("recent"), QStringList{files.mid(0, most_recent)});
}

void MainWindow::ask_about_disk_change(const QString& path) {
  std::optional<std::string> now = read_file(path);
  if (!now) return;
  DifferenceDialog ask{{.title = tr("Changed on disk"),
                        .question = tr("%1 was changed by another program. What it has beside what is here:")
                                        .arg(QFileInfo{path}.fileName()),
                        .take = tr("Take it over"),
                        .leave = tr("Keep mine")},
                       session_.document().text(),
                       *now,
                       this};
  if (ask.exec() == DifferenceDialog::take)
    session_.document().replace_text(std::move(*now), tr("Take over the file's changes"));
}

void MainWindow::offer_recovery() {
  for (const Recoverable& left : Recovery::find(places_.data + QStringLiteral("/recovery"))) {
    DifferenceDialog ask{
        {.title = tr("Unsaved changes were found"),
         .question = tr("The last session ended before these changes of %1 were saved.").arg(left.name),
         .take = tr("Restore"),
         .leave = tr("Discard")},
        read_file(left.path).value_or(left.saved),
        left.text,
        this};
    const int answer = ask.exec();
    if (answer == DifferenceDialog::later) continue;  // they are offered again
    Recovery::discard(left);
    if (answer == DifferenceDialog::leave) continue;
    if (!read_file(left.path) || !open_path(left.path))
      session_.document().open_text(left.saved, left.name, left.folder);
    session_.document().replace_text(left.text, tr("Restore unsaved changes"));
    return;
  }
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!may_leave()) {
    event->ignore();
    return;
  }
  recovery_->forget();
  keep_settings();
  event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  const QList<QUrl> urls = event->mimeData()->urls();
  if (!urls.isEmpty()) open_path(urls.front().toLocalFile());
}

}  // namespace gui
