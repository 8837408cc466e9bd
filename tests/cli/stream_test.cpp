#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "cli/tool.hpp"

using namespace cli_test;
using test_support::Command;
using test_support::Finished;

namespace fs = std::filesystem;

namespace {

/// Whether a document obeys the schema that `isochrone schema NAME` prints.
bool obeys(const nlohmann::json& instance, const std::string& name) {
  const nlohmann::json text = nlohmann::json::parse(tool({"schema", name}).output);
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter{text}, schema);
  return valijson::Validator{}.validate(schema, valijson::adapters::NlohmannJsonAdapter{instance}, nullptr);
}

}  // namespace

TEST_CASE("Documents obey the schemas that the program prints", "[cli][json]") {
  const Project project;
  CHECK(obeys(document(tool({"compare", project.scenario(), "--format", "json"})), "result"));
  CHECK(obeys(document(tool({"optimize", project.scenario(), "--format", "json"})), "optimum"));
  CHECK(obeys(document(tool({"validate", project.scenario(), "--format", "json"})), "diag"));
  const std::string broken = project.with("\"service\": \"api\"", "\"service\": \"apo\"");
  CHECK(obeys(document(tool({"validate", broken, "--format", "json"})), "diag"));
  CHECK(obeys(document(tool({"nonsense", "--format", "json"})), "diag"));
  CHECK_FALSE(obeys(document(tool({"version", "--format", "json"})), "diag"));
  CHECK(obeys(nlohmann::json::parse(small_scenario), "scenario"));
}

TEST_CASE("With --format json standard output is one document whatever the command", "[cli][json]") {
  const Project project;
  const std::string file = project.scenario();
  const std::vector<std::vector<std::string>> command_lines{{"run", file},
                                                            {"run", file, "--all"},
                                                            {"compare", file},
                                                            {"validate", file},
                                                            {"resolve", file},
                                                            {"fmt", "--diff", file},
                                                            {"schema"},
                                                            {"samples"},
                                                            {"catalog", "list"},
                                                            {"catalog", "sources"},
                                                            {"explain", "E2104"},
                                                            {"help"},
                                                            {"help", "exit-codes"},
                                                            {"version"},
                                                            {"run", "--help"},
                                                            {"catalog", "show", "--help"},
                                                            {"--help"},
                                                            {"catalog", "show", "jetson-orin-nano"}};
  for (std::vector<std::string> arguments : command_lines) {
    arguments.insert(arguments.end(), {"--format", "json"});
    CAPTURE(arguments);
    const Finished finished = tool(arguments);
    CHECK(finished.exit_code == 0);
    CHECK_NOTHROW(document(finished));
  }
}

TEST_CASE("The format may be asked for before the command", "[cli][json]") {
  CHECK(document(tool({"--format", "json", "version"})).at("schema") == "version/1");
  CHECK(document(tool({"--format=json", "nonsense"})).at("schema") == "diag/1");
  CHECK(document(tool({"--format", "json"})).at("exit").at("code") == 2);
}

TEST_CASE("An argument that is not UTF-8 still gives one document", "[cli][json]") {
  CHECK(document(tool({"run", "\xff\xfe", "--format", "json"})).at("exit").at("code") == 4);
  CHECK(document(tool({"\xff\xfe", "--format", "json"})).at("exit").at("code") == 2);
}

TEST_CASE("Diagnostics in JSON have code, place and message", "[cli][json]") {
  const Project project;
  const Finished finished =
      tool({"validate", project.with("\"service\": \"api\"", "\"service\": \"apo\""), "--format", "json"});
  const nlohmann::json found = document(finished);
  CHECK(found.at("schema") == "diag/1");
  CHECK(found.at("valid") == false);
  const nlohmann::json& first = found.at("diagnostics").at(0);
  CHECK(first.at("code") == "E2104");
  CHECK(first.at("severity") == "error");
  CHECK(first.at("pointer") == "/flows/ask/calls/api/service");
  CHECK(first.at("range").at("start").at("line") == 15);
}

TEST_CASE("The answer is on standard output and everything else on standard error", "[cli][streams]") {
  const Project project;
  const Finished good = tool({"compare", project.scenario()});
  CHECK(good.exit_code == 0);
  CHECK(good.output.find("near") != std::string::npos);
  const Finished bad = tool({"compare", "/no/such/file"});
  CHECK(bad.output.empty());
  CHECK(bad.error.find("/no/such/file") != std::string::npos);
}

TEST_CASE("A pipe gets no colour, no progress and no line over 80 columns", "[cli][streams]") {
  const Project project;
  for (const char* view : {"run", "compare"}) {
    const Finished finished = tool({view, project.scenario()});
    CHECK(finished.output.find('\x1b') == std::string::npos);
    CHECK(finished.error.find('\r') == std::string::npos);
    std::size_t columns = 0, widest = 0;
    for (const char byte : finished.output) {
      const bool continuation = (static_cast<unsigned char>(byte) & 0xc0u) == 0x80u;
      columns = byte == '\n' ? 0 : columns + (continuation ? 0 : 1);
      widest = std::max(widest, columns);
    }
    CAPTURE(view, finished.output);
    CHECK(widest <= 80);
  }
}

TEST_CASE("Help fits into 80 columns", "[cli][streams]") {
  const nlohmann::json all = document(tool({"help", "--format", "json"}));
  std::vector<std::string> texts{all.at("text")};
  for (const auto& name : all.at("commands")) {
    texts.push_back(document(tool({"help", name, "--format", "json"})).at("text"));
  }
  for (const auto& topic : all.at("topics")) {
    texts.push_back(document(tool({"help", topic, "--format", "json"})).at("text"));
  }
  REQUIRE(texts.size() > 12);
  for (const std::string& text : texts) {
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      CHECK(line.size() <= 80);
    }
  }
}

TEST_CASE("Messages are broken to the width of a terminal, and only there", "[cli][streams]") {
  const Project project;
  const std::string asking =
      project.with("\"strategies\": {", R"("assert": { "a": { "expr": "p99(latencie) <= 1 ms" } },
  "strategies": {)");
  Command piped = command({"run", asking, "--color", "never"});
  const std::string whole = test_support::run(piped).error;
  piped.error_stream = Command::ErrorStream::terminal;
  const std::string broken = test_support::run(piped).error;
  const auto widest = [](const std::string& text) {
    std::size_t most = 0;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
      if (line.find("-->") == std::string::npos) most = std::max(most, line.find_last_not_of("\r\n") + 1);
    }
    return most;
  };
  CHECK(widest(whole) > 120);  // the message lists every metric
  CHECK(widest(broken) <= 80);
  CHECK(broken.find("^^^^^^^^") != std::string::npos);
  // Nothing is lost but where the lines end.
  const auto words = [](std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r'; });
    return text;
  };
  CHECK(words(broken) == words(whole));
}

TEST_CASE("Progress is shown on a terminal and removed at the end", "[cli][streams]") {
  const Project project;
  Command on_terminal =
      command({"run", project.scenario(), "--reps", "1000000", "--time-limit", "1 s", "-o", "/dev/null"});
  on_terminal.error_stream = Command::ErrorStream::terminal;
  const std::string error = test_support::run(on_terminal).error;
  CHECK(error.find("replication") != std::string::npos);
  CHECK(error.find("\r\x1b[K", error.rfind("replication")) != std::string::npos);

  on_terminal.arguments.push_back("--quiet");
  CHECK(test_support::run(on_terminal).error.find("replication") == std::string::npos);
}

TEST_CASE("Colour is given when asked for and withheld by NO_COLOR", "[cli][streams]") {
  const Project project;
  const std::string broken = project.with("\"users\": 100", "\"users\": -100");
  CHECK(tool({"validate", broken, "--color", "always"}).output.find('\x1b') != std::string::npos);
  Command quietly = command({"run", broken});
  quietly.error_stream = Command::ErrorStream::terminal;
  quietly.environment = {{"TERM", "xterm"}};
  CHECK(test_support::run(quietly).error.find('\x1b') != std::string::npos);
  quietly.environment.emplace_back("NO_COLOR", "1");
  CHECK(test_support::run(quietly).error.find('\x1b') == std::string::npos);
}

TEST_CASE("A full disk is reported and exits with 4", "[cli][streams]") {
  if (!fs::exists("/dev/full")) return;
  const Project project;
  Command to_full_disk = command({"run", project.scenario()});
  to_full_disk.output_file = "/dev/full";
  const Finished finished = test_support::run(to_full_disk);
  CHECK(finished.exit_code == 4);
  CHECK(finished.error.find("No space left") != std::string::npos);
  CHECK(tool({"run", project.scenario(), "-o", "/dev/full"}).exit_code == 4);
}

TEST_CASE("A reader that has gone ends the output in silence", "[cli][streams]") {
  Command to_nobody = command({"schema"});
  to_nobody.output = Command::Output::closed_pipe;
  const Finished finished = test_support::run(to_nobody);
  CHECK(finished.exit_code == 0);
  CHECK(finished.error.empty());
}

TEST_CASE("A closed standard output is an error and harms no file", "[cli][streams]") {
  const Project project;
  Command closed = command({"run", project.scenario()});
  closed.output = Command::Output::closed;
  CHECK(test_support::run(closed).exit_code == 4);
  CHECK(test_support::read_text(project.scenario()) == small_scenario);
}

TEST_CASE("An output file is replaced as a whole and nothing is left beside it", "[cli][streams]") {
  const Project project;
  const std::string out =
      project.write("out.json", "an older and much longer content that must be gone afterwards");
  fs::permissions(out, fs::perms::owner_read | fs::perms::owner_write);
  const Finished finished = tool({"run", project.scenario(), "--format", "json", "-o", out});
  CHECK(finished.exit_code == 0);
  CHECK(finished.output.empty());
  CHECK(nlohmann::json::parse(test_support::read_text(out)).at("exit").at("code") == 0);
  CHECK(fs::status(out).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(std::distance(fs::directory_iterator{project.path()}, fs::directory_iterator{}) == 2);
}

TEST_CASE("A failed command leaves the output file as it was", "[cli][streams]") {
  const Project project;
  const std::string out = project.write("out.json", "before");
  const Finished finished =
      tool({"run", project.with("\"users\": 100", "\"users\": -1"), "--format", "json", "-o", out});
  CHECK(finished.exit_code == 3);
  CHECK(test_support::read_text(out) == "before");
  CHECK(document(finished).at("exit").at("code") == 3);
}

TEST_CASE("An output file behind a symbolic link is written where it lies", "[cli][streams]") {
  const Project project;
  const std::string out = project.write("real.txt", "");
  fs::create_symlink(out, project.path() / "link.txt");
  CHECK(tool({"version", "-o", (project.path() / "link.txt").string()}).exit_code == 0);
  CHECK(fs::is_symlink(project.path() / "link.txt"));
  CHECK(test_support::read_text(out).starts_with("isochrone "));
}

TEST_CASE("The scenario may come from standard input", "[cli][streams]") {
  Command from_input = command({"run", "-", "--format", "json"});
  from_input.input = small_scenario;
  const Project project;
  CHECK(test_support::run(from_input).output == tool({"run", project.scenario(), "--format", "json"}).output);
}
