#include "document/recovery.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>
#include <filesystem>

namespace gui {
namespace {

constexpr int delay_after_edit = 1'000;  // [ms]

/// Beside the record, whose place it takes once it is whole; gone with its last owner else. Null: it cannot
/// be written; the document itself is not at risk.
std::shared_ptr<QTemporaryFile> write_beside(const QString& record, const Recoverable& what) {
  QDir{}.mkpath(QFileInfo{record}.path());
  auto file = std::make_shared<QTemporaryFile>(record + QStringLiteral(".XXXXXX"));
  const QJsonObject members{{QStringLiteral("process"), QCoreApplication::applicationPid()},
                            {QStringLiteral("path"), what.path},
                            {QStringLiteral("name"), what.name},
                            {QStringLiteral("folder"), what.folder},
                            {QStringLiteral("saved"), QString::fromStdString(what.saved)},
                            {QStringLiteral("text"), QString::fromStdString(what.text)}};
  const QByteArray text = QJsonDocument{members}.toJson();
  const bool written = file->open() && file->write(text) == text.size() && file->flush();
  return written ? file : nullptr;
}

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
  Recoverable what{
      record_,         document_.path(), document_.name(), document_.folder(), document_.saved_text(),
      document_.text()};
  writer_.request([this, what = std::move(what), forgotten = forgotten_]() -> LatestWorker::Delivery {
    return [this, file = write_beside(what.record, what), forgotten] {
      if (!file || forgotten != forgotten_) return;
      std::error_code failure;  // leaves the record before
      std::filesystem::rename(file->fileName().toStdString(), record_.toStdString(), failure);
      file->setAutoRemove(static_cast<bool>(failure));
    };
  });
}

void Recovery::forget() {
  delay_.stop();
  ++forgotten_;
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
