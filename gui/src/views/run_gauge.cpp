#include "views/run_gauge.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <algorithm>
#include <cmath>

#include "planner/number_text.hpp"

namespace gui {
namespace {

/// The first moments tell little about the rest.
constexpr double least_elapsed = 0.5;  // [s]
constexpr double least_fraction = 0.02;

}  // namespace

double seconds_left(const planner::Progress& progress, double elapsed) {
  if (elapsed < least_elapsed || progress.fraction < least_fraction) return -1;
  double whole = elapsed / progress.fraction;
  if (progress.precision && progress.precision->asked > 0 && std::isfinite(progress.precision->reached)) {
    // The fraction is of the replications until the next look; the precision tells how many there will be.
    const double short_of = progress.precision->reached / progress.precision->asked;
    whole = std::max(whole, elapsed * short_of * short_of);
  }
  return whole - elapsed;
}

QString precision_text(const planner::Progress& progress) {
  if (!progress.precision) return {};
  const planner::Precision& precision = *progress.precision;
  const auto text = [](const std::string& from) { return QString::fromStdString(from); };
  if (precision.asked == 0) return RunGauge::tr("assertions undecided: %1").arg(precision.reached);
  const QString reached =
      std::isfinite(precision.reached) ? text(planner::percent_text(precision.reached)) : QStringLiteral("?");
  return RunGauge::tr("%1 ±%2 of %3, binding: %4")
      .arg(text(precision.metric), reached, text(planner::percent_text(precision.asked)),
           text(precision.strategy));
}

RunGauge::RunGauge(QWidget* parent) : QWidget{parent}, bar_{new QProgressBar}, precision_{new QLabel} {
  auto* row = new QHBoxLayout{this};
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(10);
  bar_->setMinimumWidth(280);
  bar_->setAccessibleName(tr("Progress of the run"));
  precision_->setObjectName(QStringLiteral("muted"));
  precision_->setAccessibleName(tr("Precision of the run"));
  row->addWidget(bar_);
  row->addWidget(precision_, 1);
}

void RunGauge::begin() {
  since_.start();
  bar_->setMaximum(0);  // busy until there is something to tell
  bar_->setFormat({});
  precision_->clear();
}

void RunGauge::show_progress(const planner::Progress& progress) {
  constexpr int steps = 1'000;
  bar_->setMaximum(steps);
  bar_->setValue(static_cast<int>(steps * progress.fraction));
  bar_->setFormat(tr("%1 · replication %2 of %3")
                      .arg(QString::fromStdString(progress.strategy))
                      .arg(progress.replication)
                      .arg(progress.replications));
  QStringList parts;
  if (const QString precision = precision_text(progress); !precision.isEmpty()) parts << precision;
  const double left = seconds_left(progress, 1e-3 * static_cast<double>(since_.elapsed()));
  if (left >= 0) parts << tr("about %1 s left").arg(std::ceil(left));
  precision_->setText(parts.join(QStringLiteral(" · ")));
}

QString RunGauge::text() const { return bar_->text() + QStringLiteral(" · ") + precision_->text(); }

}  // namespace gui
