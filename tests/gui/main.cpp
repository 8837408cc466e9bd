// The desktop's tests run without a display.
#define CATCH_CONFIG_RUNNER
#include <QApplication>
#include <catch2/catch.hpp>

#include "theme.hpp"

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  // Listing the tests, as the build does, needs no window.
  QApplication application{argc, argv};
  gui::apply(gui::Appearance::light);
  return Catch::Session{}.run(argc, argv);
}
