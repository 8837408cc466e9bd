#include "views/entry_dialog.hpp"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

#include "theme.hpp"
#include "views/combo_choices.hpp"

namespace gui {

EntryDialog::EntryDialog(Session& session, const QString& title, std::vector<std::string> sections,
                         const QString& proposal, QWidget* parent)
    : QDialog{parent},
      session_{session},
      sections_{std::move(sections)},
      section_{new QComboBox},
      id_{new QComboBox},
      layer_{new QComboBox},
      problem_{new QLabel} {
  setWindowTitle(title);
  auto* form = new QFormLayout{this};
  for (const std::string& one : sections_) section_->addItem(section_title(one));
  section_->setObjectName(QStringLiteral("section"));
  id_->setObjectName(QStringLiteral("id"));
  layer_->setObjectName(QStringLiteral("layer"));
  section_->setEnabled(sections_.size() > 1);
  id_->setEditable(true);
  id_->setMinimumContentsLength(24);
  layer_->addItem(tr("the base, for every strategy"));
  layer_->addItem(tr("strategy %1 alone").arg(QString::fromStdString(session_.strategy())));
  layer_->setCurrentIndex(static_cast<int>(session_.scope()));
  problem_->setWordWrap(true);
  QPalette palette = problem_->palette();
  palette.setColor(QPalette::WindowText, colors_of(*this).bad);
  problem_->setPalette(palette);
  form->addRow(tr("Add to"), section_);
  form->addRow(tr("Id"), id_);
  form->addRow(tr("In"), layer_);
  form->addRow(problem_);
  auto* buttons = new QDialogButtonBox{QDialogButtonBox::Ok | QDialogButtonBox::Cancel};
  accept_ = buttons->button(QDialogButtonBox::Ok);
  form->addRow(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(section_, &QComboBox::currentIndexChanged, this, &EntryDialog::refresh_ids);
  connect(layer_, &QComboBox::currentIndexChanged, this, &EntryDialog::refresh_ids);
  connect(id_, &QComboBox::currentTextChanged, this, &EntryDialog::refresh_problem);
  refresh_ids();
  if (!proposal.isEmpty()) id_->setEditText(proposal);
  id_->setFocus();
  refresh_problem();
}

const std::string& EntryDialog::section() const {
  return sections_[static_cast<std::size_t>(section_->currentIndex())];
}

QString EntryDialog::id() const { return id_->currentText().trimmed(); }

Layer EntryDialog::layer() const {
  return {layer_->currentIndex() == 0 ? std::string{} : session_.strategy()};
}

void EntryDialog::refresh_ids() {
  // Strategies and imports are things of the file: no strategy has its own.
  layer_->setEnabled(Layer{session_.strategy()}.place_of(section()) != section());
  const std::vector<std::string> ids = ids_for(session_.document(), layer(), section());
  if (!ids.empty()) show_choices(*id_, ids, ids.front());
  if (ids.empty()) id_->clear();
  refresh_problem();
}

void EntryDialog::refresh_problem() {
  const QString problem = id_problem(session_.document(), layer(), section(), id());
  // Nothing typed yet is nothing to be told about.
  problem_->setText(id().isEmpty() ? QString{} : problem);
  accept_->setEnabled(problem.isEmpty());
}

}  // namespace gui
