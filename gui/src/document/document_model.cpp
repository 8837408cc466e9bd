#include "document/document_model.hpp"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QTimer>
#include <utility>

#include "document/text_command.hpp"
#include "planner/diagnostic.hpp"

namespace gui {
namespace {

/// Longer texts are parsed on another thread: a megabyte takes some tens of milliseconds.
constexpr std::size_t parsed_at_once = 200'000;  // [byte]

std::shared_ptr<const planner::ParsedText> parse(const Draft& draft) {
  return std::make_shared<const planner::ParsedText>(
      planner::parse_jsonc(std::make_shared<planner::SourceFile>(draft.name, draft.text)));
}

std::string read_all(const QString& path) {
  QFile file{path};
  if (!file.open(QIODevice::ReadOnly)) {
    planner::Diagnostic issue;
    issue.code = planner::Code::unreadable_file;
    issue.file = path.toStdString();
    issue.message = QStringLiteral("%1: %2").arg(path, file.errorString()).toStdString();
    throw planner::ScenarioError{{std::move(issue)}};
  }
  return file.readAll().toStdString();
}

}  // namespace

DocumentModel::DocumentModel(QObject* parent) : QObject{parent} {
  connect(&watcher_, &QFileSystemWatcher::fileChanged, this, &DocumentModel::note_disk_change);
}

void DocumentModel::open_file(const QString& path) {
  const QFileInfo info{path};
  const QString file = info.isDir() ? path + QStringLiteral("/scenario.json") : path;
  std::string text = read_all(file);
  const QFileInfo chosen{file};
  path_ = chosen.absoluteFilePath();
  folder_ = chosen.absolutePath();
  name_ = chosen.completeBaseName() == QStringLiteral("scenario") ? chosen.absoluteDir().dirName()
                                                                  : chosen.completeBaseName();
  saved_text_ = text;
  reset(std::move(text));
  watch();
}

void DocumentModel::open_text(std::string text, const QString& name, const QString& folder) {
  path_.clear();
  name_ = name;
  folder_ = folder;
  saved_text_ = text;
  reset(std::move(text));
  watch();
}

void DocumentModel::reset(std::string text) {
  history_.clear();
  checked_ = std::make_shared<Checked>();
  is_open_ = true;
  put_text(std::move(text));
  Q_EMIT opened();
}

void DocumentModel::put_text(std::string text) {
  text_ = std::move(text);
  ++revision_;
  form_.reset();
  const bool at_once = text_.size() <= parsed_at_once;
  if (at_once) static_cast<void>(parsed());
  request_check();
  Q_EMIT text_changed();
  if (at_once) {
    Q_EMIT parsed_changed();
  } else {
    request_parse();
  }
}

const planner::ParsedText& DocumentModel::parsed() const {
  if (!is_parsed()) {
    parsed_ = parse(draft());
    parsed_revision_ = revision_;
  }
  return *parsed_;
}

std::shared_ptr<const planner::Value> DocumentModel::root() const {
  static_cast<void>(parsed());
  return {parsed_, &parsed_->root};
}

void DocumentModel::request_parse() {
  parser_.request([this, asked = draft()] {
    const auto result = parse(asked);
    return [this, result, form = planner::form_of(*result), revision = asked.revision] {
      if (revision != revision_) return;  // a later one is under way
      if (!is_parsed()) parsed_ = result;
      parsed_revision_ = revision_;
      form_ = form;
      Q_EMIT parsed_changed();
    };
  });
}

Draft DocumentModel::draft() const {
  return {.text = text_,
          .name = (path_.isEmpty() ? name_ : path_).toStdString(),
          .folder = folder_.toStdString(),
          .revision = revision_};
}

void DocumentModel::request_check() {
  checker_.request([this, asked = draft()] {
    return [this, result = check(asked)] {
      checked_ = result;
      Q_EMIT checked_changed();
    };
  });
}

QString DocumentModel::save(const QString& path) {
  QSaveFile file{path};
  const auto size = static_cast<qint64>(text_.size());
  if (!file.open(QIODevice::WriteOnly) || file.write(text_.data(), size) != size || !file.commit()) {
    return QStringLiteral("%1: %2").arg(path, file.errorString());
  }
  const QFileInfo saved{path};
  path_ = saved.absoluteFilePath();
  folder_ = saved.absolutePath();
  saved_text_ = text_;
  history_.setClean();
  watch();
  return {};
}

QString DocumentModel::title() const {
  const planner::Value* title = planner::at_pointer(parsed().root, "/meta/title");
  return title != nullptr && title->is_string() ? QString::fromStdString(title->text) : name_;
}

planner::Form DocumentModel::form() const {
  if (!form_) form_ = planner::form_of(parsed());
  return *form_;
}

std::string DocumentModel::text_with(const std::string& pointer, const std::string& json) const {
  return planner::with_value(parsed(), form(), pointer, json);
}

void DocumentModel::set_value(const std::string& pointer, const std::string& json, const QString& what) {
  const std::string after = text_with(pointer, json);
  if (after != text_) history_.push(new TextCommand{*this, text_, after, pointer, what});
}

void DocumentModel::remove_value(const std::string& pointer, const QString& what) {
  history_.push(new TextCommand{*this, text_, planner::without_value(parsed(), form(), pointer), {}, what});
}

void DocumentModel::replace_text(std::string text, const QString& what) {
  if (text != text_) history_.push(new TextCommand{*this, text_, text, {}, what});
}

void DocumentModel::watch() {
  if (!watcher_.files().isEmpty()) watcher_.removePaths(watcher_.files());
  if (!path_.isEmpty()) watcher_.addPath(path_);
}

void DocumentModel::note_disk_change(const QString& path) {
  if (path != path_) return;
  // Editors replace a file: the watch is lost with the old one.
  QTimer::singleShot(50, this, [this, path] {
    watch();
    if (path != path_ || !QFileInfo::exists(path)) return;
    QFile file{path};
    if (!file.open(QIODevice::ReadOnly)) return;
    const std::string now = file.readAll().toStdString();
    if (std::exchange(saved_text_, now) != now && now != text_) Q_EMIT changed_on_disk(path);
  });
}

}  // namespace gui
