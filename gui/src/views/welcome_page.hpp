#pragma once
#include <QWidget>

class QGridLayout;
class QVBoxLayout;

namespace gui {

/// Shown while nothing is open: recent files, a place to drop one, and the samples by their questions.
class WelcomePage : public QWidget {
  Q_OBJECT
 public:
  explicit WelcomePage(QWidget* parent = nullptr);
  void show_recent(const QStringList& files);

 Q_SIGNALS:
  void sample_chosen(const QString& name);
  void file_chosen(const QString& path);
  void open_asked();

 private:
  void build_drop_zone(QVBoxLayout& layout);
  void build_gallery(QVBoxLayout& layout);

  QVBoxLayout* recent_;
};

}  // namespace gui
