#include "manual.hpp"

#include "exit_code.hpp"
#include "tool.hpp"

namespace cli {

namespace {

/// Text as roff prints it: hyphens kept, no line taken for a request.
std::string roff(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    const bool at_start = escaped.empty() || escaped.back() == '\n';
    if (at_start && (c == '.' || c == '\'')) escaped += "\\&";
    escaped += c == '-' ? std::string{"\\-"} : c == '\\' ? std::string{"\\e"} : std::string{c};
  }
  return escaped;
}

std::string tagged(const std::string& tag, const std::string& text) {
  return ".TP\n.B " + roff(tag) + "\n" + roff(text) + "\n";
}

std::string option_name(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  return option.get_name(false, true) + (type.empty() ? "" : " " + type);
}

void add_commands_of(const CLI::App& app, const std::string& prefix, std::string& page) {
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_group().empty()) continue;
    const std::string name = prefix + command->get_name();
    page += ".SS " + roff(name) + "\n" + roff(command->get_description()) + "\n";
    for (const CLI::Option* option : command->get_options()) {
      if (option->get_group() != "Output") page += tagged(option_name(*option), option->get_description());
    }
    if (const std::string examples = command->get_footer(); !examples.empty())
      page += ".PP\n.nf\n" + roff(examples) + "\n.fi\n";
    add_commands_of(*command, name + " ", page);
  }
}

}  // namespace

std::string manual_page(const CLI::App& app) {
  std::string page =
      ".TH ISOCHRONE 1 \"\" \"isochrone " + std::string{tool_version} + "\" \"User Commands\"\n";
  page += ".SH NAME\nisochrone \\- " + roff(app.get_description()) + "\n";
  page += ".SH SYNOPSIS\n.B isochrone\n.I command\n[\\fIargument\\fR] [\\fIoption\\fR]\n";
  page += ".SH COMMANDS\n";
  add_commands_of(app, "", page);
  page += ".SH OPTIONS OF EVERY COMMAND\n";
  for (const CLI::Option* option : app.get_options())
    page += tagged(option_name(*option), option->get_description());
  page += ".SH EXIT STATUS\n";
  for (const ExitCodeInfo& code : exit_codes()) {
    page += tagged(std::to_string(static_cast<int>(code.code)) + " " + std::string{code.name},
                   std::string{code.meaning});
  }
  return page;
}

}  // namespace cli
