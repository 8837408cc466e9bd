#include "views/question_page.hpp"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

#include "charts/plot_panel.hpp"
#include "document/changed_inputs.hpp"
#include "views/combo_choices.hpp"
#include "views/flow_layout.hpp"
#include "views/linked_panel.hpp"
#include "views/run_gauge.hpp"
#include "views/state_badge.hpp"

namespace gui {

QuestionPage::QuestionPage(Session& session, Words words, QWidget* parent)
    : QWidget{parent},
      session_{session},
      bar_{new FlowLayout},
      content_{new QVBoxLayout},
      answer_{new QLabel},
      stale_{new QLabel},
      panel_{new PlotPanel{words.title, words.about}},
      invitation_{std::move(words.invitation)},
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
  content_->addWidget(panel_, 1);
  layout->addLayout(content_, 1);
  gauge_->hide();
  stale_->hide();
  connect(&task_, &Task::started, gauge_, &RunGauge::begin);
  connect(&task_, &Task::started, this, &QuestionPage::refresh_state);
  connect(&task_, &Task::progressed, gauge_, &RunGauge::show_progress);
  connect(&task_, &Task::ended, this, &QuestionPage::refresh_state);
  connect(&task_, &Task::failed, this, [this](const QString& reason) { show_answer(reason); });
  connect(&session_.document(), &DocumentModel::opened, this, &QuestionPage::begin_document);
  connect(&session_.document(), &DocumentModel::parsed_changed, this, &QuestionPage::refresh_state);
  link(*panel_, session_);
  for (const auto signal : {&Session::strategy_changed, &Session::flow_changed}) {
    connect(&session_, signal, this, [this] {
      refresh_choices();
      refresh_state();
    });
  }
}

void QuestionPage::add_strategy_field() {
  strategy_ = new QComboBox;
  bar_->add_field(tr("Strategy"), strategy_);
  connect(strategy_, &QComboBox::activated, this,
          [this] { session_.set_strategy(strategy_->currentText().toStdString()); });
}

void QuestionPage::add_flow_field() {
  flow_ = new QComboBox;
  bar_->add_field(tr("Flow"), flow_);
  connect(flow_, &QComboBox::activated, this,
          [this] { session_.set_flow(flow_->currentText().toStdString()); });
}

void QuestionPage::refresh_choices() {
  const auto& checked = session_.document().checked();
  if (strategy_ != nullptr && checked && checked->document)
    show_choices(*strategy_, checked->document->strategies(), session_.strategy());
  const planner::Resolution* now = session_.resolution();
  if (flow_ != nullptr && now != nullptr) {
    std::vector<std::string> flows;
    for (const auto& [id, flow] : now->scenario().flows) flows.push_back(id);
    show_choices(*flow_, flows, session_.flow());
  }
  refresh_fields();
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
  asked_of_ = session_.document().root();
  task_.start(make_job());
}

QString QuestionPage::command_line() const {
  const Command asked = command();
  return session_.command_line(asked.verb, asked.arguments);
}

QString QuestionPage::answer() const { return answer_->text(); }

void QuestionPage::show_answer(const QString& text) {
  const bool nothing = text.isEmpty();
  answer_->setText(QStringLiteral("<div style='font-size:%1pt; font-weight:600'>%2</div>")
                       .arg(nothing ? 11 : 14)
                       .arg((nothing ? invitation_ : text).toHtmlEscaped()));
}

void QuestionPage::invite(const QString& invitation) {
  invitation_ = invitation;
  show_answer({});
}

bool QuestionPage::add_strategy(const NewStrategy& strategy, const QString& what) {
  DocumentModel& document = session_.document();
  nlohmann::ordered_json entry{{"title", strategy.title}};
  const std::string parent = "/strategies/" + planner::escape_token(strategy.parent);
  if (planner::at_pointer(document.parsed().root, parent) != nullptr) entry["extends"] = strategy.parent;
  entry["patch"] = nlohmann::ordered_json::parse(strategy.patch);
  try {
    document.set_value("/strategies/" + planner::escape_token(strategy.id), entry.dump(), what);
  } catch (const planner::ScenarioError& error) {
    Q_EMIT told(QString::fromStdString(error.what()));
    return false;
  }
  return true;
}

void QuestionPage::begin_document() {
  task_.drop();
  asked_of_.reset();
  panel_->clear();
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
