#pragma once
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <catch2/catch.hpp>
#include <functional>
#include <string>

#include "main_window.hpp"
#include "views/map_page.hpp"

namespace gui_test {

constexpr int patience = 60'000;  // [ms] until a test gives up, not a time it takes

/// Runs the event loop until `done`.
inline void wait_until(const std::function<bool()>& done) { REQUIRE(QTest::qWaitFor(done, patience)); }

/// Two sites, three strategies, a second of traffic: as small as a comparison can be.
inline const std::string small_plan = R"({
  // Kept by every edit.
  "isochrone": "1.0",
  "meta": { "name": "small", "title": "Near or far?" },
  "time": { "warmup": "1 s", "duration": "5 s" },
  "sites": {
    "edge": {
      "tier": "edge",
      "at": { "lat": 52.4, "lon": 4.9 },
      "pools": { "box": { "nodes": 2, "cpu": "4 vCPU", "memory": "8 GiB", "price": "1.62 USD/h" } }
    },
    "cloud": {
      "tier": "region",
      "at": { "lat": 50.1, "lon": 8.7 },
      "pools": { "box": { "nodes": 2, "cpu": "8 vCPU", "memory": "16 GiB", "price": "0.40 USD/h" } }
    }
  },
  "populations": {
    "users": { "at": { "lat": 52.1, "lon": 5.1 }, "users": 1000, "access": { "latency": "9 ms" } }
  },
  "services": { "web": { "time": "5 ms", "cpu": "1 vCPU" } },
  "flows": { "page": { "entry": "in", "calls": { "in": { "service": "web" } }, "deadline": "60 ms" } },
  "workloads": {
    "w": { "population": "users", "flow": "page", "arrivals": { "rate": "200 req/s" } }
  },
  "placement": { "web": { "cloud": { "pool": "box", "replicas": 6 } } },
  "strategies": {
    "far": { "title": "As it is", "baseline": true, "patch": {} },
    "near": { "patch": { "placement": { "web": { "cloud": null, "edge": { "pool": "box", "replicas": 4 } } } } }
  },
  "experiment": { "seed": 7, "replications": 5 }
}
)";

/// A window on a scenario file in a folder of its own.
class Desk {
 public:
  Desk() : window{{folder.filePath(QStringLiteral("settings")), folder.path()}} { window.show(); }

  QString write(const QString& name, const std::string& text) {
    const QString path = folder.filePath(name);
    QFile file{path};
    REQUIRE(file.open(QIODevice::WriteOnly));
    REQUIRE(file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size()));
    return path;
  }

  void open_small() {
    REQUIRE(window.open_path(write(QStringLiteral("scenario.json"), small_plan)));
    wait_checked();
  }

  void wait_checked() {
    wait_until([this] { return window.session().document().is_checked(); });
  }

  void run() {
    window.run(gui::RunOrder::Depth::full);
    wait_until(
        [this] { return window.session().outcome() != nullptr && !window.session().runner().is_running(); });
  }

  gui::DocumentModel& document() { return window.session().document(); }

  QTemporaryDir folder;
  gui::MainWindow window;
};

inline std::string read(const QString& path) {
  QFile file{path};
  REQUIRE(file.open(QIODevice::ReadOnly));
  return file.readAll().toStdString();
}

}  // namespace gui_test
