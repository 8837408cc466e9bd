#pragma once
#include <QString>
#include <QTimer>
#include <cstdint>
#include <vector>

#include "document/document_model.hpp"
#include "latest_worker.hpp"

namespace gui {

/// A document with changes that were never saved.
struct Recoverable {
  QString record;  ///< file of the record
  QString path;    ///< file of the scenario; empty: it had none
  QString name, folder;
  std::string saved;  ///< as it was opened or saved last
  std::string text;
};

/// Writes unsaved changes aside a moment after each edit, on another thread, and removes the record once they
/// are saved or given up. What is there at the next start was left by a crash.
class Recovery : public QObject {
  Q_OBJECT
 public:
  /// @param folder  of the records; made where it is missing
  Recovery(DocumentModel& document, QString folder, QObject* parent = nullptr);
  /// Records of programs that ended without a word, the newest first.
  [[nodiscard]] static std::vector<Recoverable> find(const QString& folder);
  static void discard(const Recoverable& recoverable);
  /// Begins to write the record, if there is anything to write.
  void write();
  /// The changes are saved or given up.
  void forget();

 private:
  DocumentModel& document_;
  QString folder_, record_;
  QTimer delay_;
  std::uint64_t forgotten_ = 0;  // how often
  LatestWorker writer_;
};

}  // namespace gui
