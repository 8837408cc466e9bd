#include "views/difference_dialog.hpp"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSyntaxHighlighter>
#include <QVBoxLayout>

#include "planner/format.hpp"
#include "theme.hpp"
#include "views/text_views.hpp"

namespace gui {
namespace {

/// Lines that come and go; the sign before them says it as well.
class Highlighter : public QSyntaxHighlighter {
 public:
  explicit Highlighter(QPlainTextEdit& view)
      : QSyntaxHighlighter{view.document()}, colors_{colors_of(view)} {}

 protected:
  void highlightBlock(const QString& line) override {
    if (line.startsWith(u'+')) setFormat(0, static_cast<int>(line.size()), colors_.good);
    if (line.startsWith(u'-')) setFormat(0, static_cast<int>(line.size()), colors_.bad);
    if (line.startsWith(u'@')) setFormat(0, static_cast<int>(line.size()), colors_.muted);
  }

 private:
  const Colors& colors_;
};

}  // namespace

DifferenceDialog::DifferenceDialog(const Words& words, const std::string& before, const std::string& after,
                                   QWidget* parent)
    : QDialog{parent} {
  setWindowTitle(words.title);
  resize(760, 480);
  auto* layout = new QVBoxLayout{this};
  auto* question = new QLabel{words.question};
  question->setWordWrap(true);
  layout->addWidget(question);
  auto* view = new QPlainTextEdit;
  prepare_report(*view);
  view->setAccessibleName(tr("What differs"));
  new Highlighter{*view};
  view->setPlainText(QString::fromStdString(planner::unified_diff(before, after, "scenario.json")));
  layout->addWidget(view, 1);
  auto* buttons = new QDialogButtonBox;
  const auto add = [&](const QString& text, const char* name, Answer answer) {
    QPushButton* button = buttons->addButton(text, QDialogButtonBox::ActionRole);
    button->setObjectName(QLatin1String{name});
    connect(button, &QPushButton::clicked, this, [this, answer] { done(answer); });
    return button;
  };
  add(words.take, "take", take)->setDefault(true);
  add(words.leave, "leave", leave);
  layout->addWidget(buttons);
}

}  // namespace gui
