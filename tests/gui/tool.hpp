#pragma once
#include <QFileInfo>
#include <QProcess>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "planner/sha256.hpp"

namespace gui_test {

/// What the tool prints for a command line as it was copied, run by a shell.
inline std::string output(const QString& command) {
  REQUIRE(command.startsWith(QStringLiteral("isochrone ")));
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("PATH"), QFileInfo{QStringLiteral(ISOCHRONE_TOOL)}.path() + u':' +
                                                 environment.value(QStringLiteral("PATH")));
  QProcess shell;
  shell.setProcessEnvironment(environment);
  shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), command});
  REQUIRE(shell.waitForFinished());
  return shell.readAllStandardOutput().toStdString();
}

inline nlohmann::ordered_json printed(const QString& command) {
  return nlohmann::ordered_json::parse(output(command + QStringLiteral(" --format json")));
}

/// One number for a result: equal where every digit of it is.
inline std::string hash_of(const nlohmann::ordered_json& result) {
  return planner::sha256_hex(result.dump());
}

}  // namespace gui_test
