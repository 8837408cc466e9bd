#include "location/integer_program.hpp"

#include <CbcHeuristic.hpp>
#include <CbcModel.hpp>
#include <CglGomory.hpp>
#include <CglProbing.hpp>
#include <CglZeroHalf.hpp>
#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>
#include <algorithm>

namespace planner {

int IntegerProgram::add_variable(Kind kind, double cost, double low, double high) {
  const int index = static_cast<int>(cost_.size());
  cost_.push_back(cost);
  low_.push_back(low);
  high_.push_back(high);
  if (kind == Kind::binary) binaries_.push_back(index);
  return index;
}

void IntegerProgram::add_row(const std::vector<Term>& terms, double low, double high) {
  const int row = static_cast<int>(row_low_.size());
  for (const Term& term : terms) {
    entry_row_.push_back(row);
    entry_column_.push_back(term.variable);
    entry_.push_back(term.coefficient);
  }
  row_low_.push_back(low);
  row_high_.push_back(high);
}

IntegerProgram::Outcome IntegerProgram::solve(double cutoff, const LocationLimits& limits) const {
  OsiClpSolverInterface linear;
  linear.messageHandler()->setLogLevel(0);
  CoinPackedMatrix matrix{true, entry_row_.data(), entry_column_.data(), entry_.data(),
                          static_cast<CoinBigIndex>(entry_.size())};
  matrix.setDimensions(static_cast<int>(row_low_.size()), static_cast<int>(cost_.size()));
  linear.loadProblem(matrix, low_.data(), high_.data(), cost_.data(), row_low_.data(), row_high_.data());
  for (const int binary : binaries_) linear.setInteger(binary);
  linear.initialSolve();
  Outcome outcome;
  if (linear.isProvenPrimalInfeasible() || (linear.isProvenOptimal() && linear.getObjValue() >= cutoff)) {
    outcome.finished = true;
    outcome.bound = cutoff;
    return outcome;
  }

  CbcModel model{linear};
  model.setLogLevel(0);
  model.solver()->messageHandler()->setLogLevel(0);
  CglProbing probing;
  CglGomory gomory;
  CglZeroHalf zero_half;
  constexpr int if_it_pays = -1;
  model.addCutGenerator(&probing, if_it_pays, "probing");
  model.addCutGenerator(&gomory, if_it_pays, "gomory");
  model.addCutGenerator(&zero_half, if_it_pays, "zero half");
  CbcRounding rounding{model};
  model.addHeuristic(&rounding);
  if (cutoff < unlimited) model.setCutoff(cutoff);
  model.setAllowableGap(0);
  model.setAllowableFractionGap(0);
  model.setMaximumNodes(limits.nodes);
  model.setMaximumSeconds(limits.seconds);
  model.branchAndBound();

  outcome.finished = model.isProvenOptimal() || model.isProvenInfeasible();
  outcome.bound = model.getBestPossibleObjValue();
  if (const double* values = model.bestSolution()) {
    outcome.cost = model.getObjValue();
    outcome.values.assign(values, values + cost_.size());
  }
  if (outcome.finished) outcome.bound = outcome.values.empty() ? cutoff : outcome.cost;
  return outcome;
}

}  // namespace planner
