#pragma once
#include <QFileSystemWatcher>
#include <QObject>
#include <QUndoStack>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "document/checked.hpp"
#include "latest_worker.hpp"
#include "planner/edit.hpp"
#include "planner/jsonc.hpp"

namespace gui {

/// The one place that holds a scenario while it is open: its text, its history and what the planner says of
/// it.
///
/// Every change is a command on history(). Each makes a new revision, which is checked on another thread; the
/// views learn of the text at once (text_changed), of its structure when it is parsed (parsed_changed: at
/// once too, but for texts so large that another thread parses them), and of its meaning a moment later
/// (checked_changed).
class DocumentModel : public QObject {
  Q_OBJECT
 public:
  explicit DocumentModel(QObject* parent = nullptr);

  /// @throws planner::ScenarioError where the file cannot be read; the model is unchanged then
  void open_file(const QString& path);
  /// A text without a file, such as a sample: saving asks for one.
  /// @param folder  where its imports are
  void open_text(std::string text, const QString& name, const QString& folder);
  /// Writes through a temporary file, so that a failure leaves the old file whole.
  /// @return what went wrong; empty: saved
  [[nodiscard]] QString save(const QString& path);

  [[nodiscard]] bool is_open() const { return is_open_; }
  [[nodiscard]] const QString& path() const { return path_; }  ///< empty: not saved yet
  [[nodiscard]] const QString& folder() const { return folder_; }
  [[nodiscard]] QString title() const;  ///< meta.title, else the name
  [[nodiscard]] const QString& name() const { return name_; }
  [[nodiscard]] bool is_modified() const { return !history_.isClean(); }
  [[nodiscard]] QUndoStack& history() { return history_; }

  [[nodiscard]] const std::string& text() const { return text_; }
  /// As it was opened or saved last, or as the file has it since another program changed it.
  [[nodiscard]] const std::string& saved_text() const { return saved_text_; }
  /// Of this revision; parses a text that nobody has parsed yet.
  [[nodiscard]] const planner::ParsedText& parsed() const;
  /// The root of parsed(), for as long as it is held.
  [[nodiscard]] std::shared_ptr<const planner::Value> root() const;
  /// The text with another value, as set_value() would make it. @throws planner::ScenarioError
  [[nodiscard]] std::string text_with(const std::string& pointer, const std::string& json) const;
  /// The text as it stands, to be read on another thread.
  [[nodiscard]] Draft draft() const;
  [[nodiscard]] std::uint64_t revision() const { return revision_; }
  /// Of this or of an earlier revision: compare `revision`. Never null once something is open.
  [[nodiscard]] const std::shared_ptr<const Checked>& checked() const { return checked_; }
  [[nodiscard]] bool is_checked() const { return checked_ != nullptr && checked_->revision == revision_; }

  /// One step of the history each; they merge with the step before where it changed the same pointer.
  /// @throws planner::ScenarioError where the edit cannot be made; nothing changes then
  void set_value(const std::string& pointer, const std::string& json, const QString& what);
  void remove_value(const std::string& pointer, const QString& what);
  void replace_text(std::string text, const QString& what);

 Q_SIGNALS:
  void opened();
  void text_changed();
  void parsed_changed();
  void checked_changed();
  void changed_on_disk(const QString& path);

 private:
  friend class TextCommand;
  void reset(std::string text);
  void put_text(std::string text);
  [[nodiscard]] bool is_parsed() const { return parsed_revision_ == revision_; }
  [[nodiscard]] planner::Form form() const;
  void request_parse();
  void request_check();
  void watch();
  void note_disk_change(const QString& path);

  std::string text_;
  mutable std::shared_ptr<const planner::ParsedText> parsed_ = std::make_shared<const planner::ParsedText>();
  mutable std::uint64_t parsed_revision_ = 0;
  mutable std::optional<planner::Form> form_;  // of this revision; nothing: nobody has looked yet
  QString path_, name_, folder_;
  bool is_open_ = false;
  std::uint64_t revision_ = 0;
  std::string saved_text_;  // what the file holds as far as we know; without one, as it was opened
  std::shared_ptr<const Checked> checked_;
  QUndoStack history_;
  LatestWorker parser_, checker_;
  QFileSystemWatcher watcher_;
};

}  // namespace gui
