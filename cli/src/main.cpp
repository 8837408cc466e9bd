#include "program.hpp"

int main(int count, char** arguments) { return cli::run_program({arguments + 1, arguments + count}); }
