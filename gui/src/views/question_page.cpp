#include "views/question_page.hpp"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "document/changed_inputs.hpp"
#include "views/flow_layout.hpp"
#include "views/run_gauge.hpp"
#include "views/state_badge.hpp"

namespace gui {

QuestionPage::QuestionPage(Session& session, QWidget* parent)
    : QWidget{parent},
      session_{session},
      bar_{new FlowLayout},
      content_{new QVBoxLayout},
      answer_{new QLabel},
      stale_{new QLabel},
      gauge_{new RunGauge} {
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(bar_);
  content_->setContentsMargins(16, 4, 16, 16);
  content_->setSpacing(10);
  for (QLabel* label : {answer_, stale_}) {
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    content_->addWidget(label);
  }
  answer_->setAccessibleName(tr("Answer"));
  content_->addWidget(gauge_);
  layout->addLayout(content_, 1);
  gauge_->hide();
  stale_->hide();
  connect(&task_, &Task::started, gauge_, &RunGauge::begin);
  connect(&task_, &Task::started, this, &QuestionPage::refresh_state);
  connect(&task_, &Task::progressed, gauge_, &RunGauge::show_progress);
  connect(&task_, &Task::ended, this, &QuestionPage::refresh_state);
  connect(&task_, &Task::failed, this, [this](const QString& reason) { show_answer(reason); });
  connect(&session_.document(), &DocumentModel::opened, this, &QuestionPage::begin_document);
  connect(&session_.document(), &DocumentModel::text_changed, this, &QuestionPage::refresh_state);
  for (const auto signal : {&Session::strategy_changed, &Session::flow_changed}) {
    connect(&session_, signal, this, [this] {
      refresh_choices();
      refresh_state();
    });
  }
}

QComboBox* QuestionPage::add_strategy_field() {
  auto* box = new QComboBox;
  bar_->add_field(tr("Strategy"), box);
  connect(box, &QComboBox::activated, this,
          [this, box] { session_.set_strategy(box->currentText().toStdString()); });
  return box;
}

QComboBox* QuestionPage::add_flow_field() {
  auto* box = new QComboBox;
  bar_->add_field(tr("Flow"), box);
  connect(box, &QComboBox::activated, this,
          [this, box] { session_.set_flow(box->currentText().toStdString()); });
  return box;
}

void QuestionPage::add_buttons(const QString& run_text) {
  run_ = new QPushButton{run_text};
  run_->setObjectName(QStringLiteral("primary"));
  stop_ = new QPushButton{tr("■ Stop")};
  auto* copy = new QPushButton{tr("Copy as command line")};
  connect(run_, &QPushButton::clicked, this, &QuestionPage::run);
  connect(stop_, &QPushButton::clicked, this, &QuestionPage::stop);
  connect(copy, &QPushButton::clicked, this, &QuestionPage::copy_asked);
  for (QPushButton* button : {run_, stop_, copy}) bar_->addWidget(button);
  show_answer({});
  refresh_state();
}

void QuestionPage::run() {
  if (!session_.document().is_open() || !session_.can_run() || is_running()) return;
  asked_of_ = std::make_shared<const planner::Value>(session_.document().parsed().root);
  task_.start(make_job());
}

QString QuestionPage::command_line() const {
  const Command asked = command();
  return session_.command_line(asked.verb, asked.arguments);
}

QString QuestionPage::answer() const { return answer_->text(); }

void QuestionPage::show_answer(const QString& text) {
  const bool invite = text.isEmpty();
  answer_->setText(QStringLiteral("<div style='font-size:%1pt; font-weight:600'>%2</div>")
                       .arg(invite ? 11 : 14)
                       .arg((invite ? invitation() : text).toHtmlEscaped()));
}

void QuestionPage::begin_document() {
  task_.drop();
  asked_of_.reset();
  forget();
  show_answer({});
  refresh_state();
}

void QuestionPage::refresh_state() {
  if (run_ == nullptr) return;
  const bool running = is_running();
  run_->setEnabled(session_.document().is_open() && session_.can_run() && !running);
  stop_->setEnabled(running);
  gauge_->setVisible(running);
  const auto changed = asked_of_ && !running
                           ? changed_inputs(*asked_of_, session_.document().parsed().root).size()
                           : std::size_t{0};
  stale_->setVisible(changed > 0);
  stale_->setText(stale_text(changed));
}

}  // namespace gui
