#include <QApplication>
#include <QCommandLineParser>
#include <QLibraryInfo>
#include <QLocale>
#include <QTimer>
#include <QTranslator>

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
  const QCommandLineOption language{QStringLiteral("language"),
                                    QStringLiteral("such as de; default: the system's"),
                                    QStringLiteral("LANGUAGE")};
  parser.addOption(language);
  parser.process(application);

  const QLocale locale = parser.isSet(language) ? QLocale{parser.value(language)} : QLocale{};
  QTranslator own, of_qt;
  if (own.load(locale, QStringLiteral("isochrone"), QStringLiteral("_"), QStringLiteral(":/i18n")))
    QApplication::installTranslator(&own);
  if (of_qt.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
    QApplication::installTranslator(&of_qt);
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
