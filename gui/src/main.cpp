#include <QApplication>
#include <QCommandLineParser>
#include <QTimer>

#include "main_window.hpp"

int main(int argc, char** argv) {
  QApplication application{argc, argv};
  QApplication::setApplicationName(QStringLiteral("isochrone"));
  QApplication::setApplicationVersion(QStringLiteral(ISOCHRONE_VERSION));
  QCommandLineParser parser;
  parser.setApplicationDescription(
      QStringLiteral("What-if planning of edge and cloud deployments on a map."));
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument(QStringLiteral("FILE"), QStringLiteral("a scenario, or its folder"),
                               QStringLiteral("[FILE]"));
  const QCommandLineOption theme{QStringLiteral("theme"),
                                 QStringLiteral("light or dark; default: the system's"),
                                 QStringLiteral("THEME")};
  parser.addOption(theme);
  parser.process(application);

  const gui::Appearance chosen = parser.value(theme) == QStringLiteral("dark")    ? gui::Appearance::dark
                                 : parser.value(theme) == QStringLiteral("light") ? gui::Appearance::light
                                                                                  : gui::system_appearance();
  gui::apply(chosen);
  gui::MainWindow window;
  window.show();
  if (!parser.positionalArguments().isEmpty()) {
    window.open_path(parser.positionalArguments().front());
  } else {
    QTimer::singleShot(0, &window, &gui::MainWindow::offer_recovery);
  }
  return QApplication::exec();
}
