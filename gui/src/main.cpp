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
                                 QStringLiteral("light or dark; default: as last chosen, else the system's"),
                                 QStringLiteral("THEME")};
  parser.addOption(theme);
  parser.process(application);

  gui::apply(gui::system_appearance());
  gui::MainWindow window;
  // What is asked for now wins over what was chosen once, without replacing it.
  if (parser.isSet(theme)) {
    const bool dark = parser.value(theme) == QStringLiteral("dark");
    gui::apply(dark ? gui::Appearance::dark : gui::Appearance::light);
  }
  window.show();
  if (!parser.positionalArguments().isEmpty()) {
    window.open_path(parser.positionalArguments().front());
  } else {
    QTimer::singleShot(0, &window, [&window] {
      window.offer_recovery();
      window.restore_session();
    });
  }
  return QApplication::exec();
}
