#include "document/recovery.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace gui {
namespace {

constexpr int delay_after_edit = 1'000;  // [ms]

bool is_running(qint64 process) { return QDir{QStringLiteral("/proc/%1").arg(process)}.exists(); }

}  // namespace

Recovery::Recovery(DocumentModel& document, QString folder, QObject* parent)
    : QObject{parent}, document_{document}, folder_{std::move(folder)} {
  delay_.setSingleShot(true);
  delay_.setInterval(delay_after_edit);
  connect(&delay_, &QTimer::timeout, this, &Recovery::write);
  connect(&document_, &DocumentModel::text_changed, &delay_, qOverload<>(&QTimer::start));
  connect(&document_, &DocumentModel::opened, this, &Recovery::forget);
  connect(&document_.history(), &QUndoStack::cleanChanged, this, [this](bool clean) {
    if (clean) forget();
  });
  record_ = folder_ + QStringLiteral("/%1-%2.json")
                          .arg(QCoreApplication::applicationPid())
                          .arg(QDateTime::currentMSecsSinceEpoch());
}

void Recovery::write() {
  if (!document_.is_open() || !document_.is_modified()) return;
  QDir{}.mkpath(folder_);
  QSaveFile file{record_};
  if (!file.open(QIODevice::WriteOnly)) return;  // nowhere to keep it: the document itself is not at risk
  const QJsonObject record{{QStringLiteral("process"), QCoreApplication::applicationPid()},
                           {QStringLiteral("path"), document_.path()},
                           {QStringLiteral("name"), document_.name()},
                           {QStringLiteral("folder"), document_.folder()},
                           {QStringLiteral("saved"), QString::fromStdString(document_.saved_text())},
                           {QStringLiteral("text"), QString::fromStdString(document_.text())}};
  file.write(QJsonDocument{record}.toJson());
  file.commit();
}

void Recovery::forget() {
  delay_.stop();
  QFile::remove(record_);
}

std::vector<Recoverable> Recovery::find(const QString& folder) {
  std::vector<Recoverable> found;
  for (const QFileInfo& info :
       QDir{folder}.entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Time)) {
    QFile file{info.filePath()};
    if (!file.open(QIODevice::ReadOnly)) continue;
    const QJsonObject record = QJsonDocument::fromJson(file.readAll()).object();
    if (record.isEmpty() || is_running(record[QStringLiteral("process")].toInteger())) continue;
    found.push_back({info.filePath(), record[QStringLiteral("path")].toString(),
                     record[QStringLiteral("name")].toString(), record[QStringLiteral("folder")].toString(),
                     record[QStringLiteral("saved")].toString().toStdString(),
                     record[QStringLiteral("text")].toString().toStdString()});
  }
  return found;
}

void Recovery::discard(const Recoverable& recoverable) { QFile::remove(recoverable.record); }

}  // namespace gui
