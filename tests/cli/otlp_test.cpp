#include <catch2/catch.hpp>
#include <cstdlib>

#include "cli/tool.hpp"

using namespace cli_test;
using test_support::Finished;

namespace {

constexpr const char* python = "/usr/bin/python3";

/// Fields of OTLP's trace request (opentelemetry.io, "OTLP Specification 1.x"): what a collector reads.
constexpr const char* messages = R"(syntax = "proto3";
message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; } }
message KeyValue { string key = 1; AnyValue value = 2; }
message InstrumentationScope { string name = 1; string version = 2; }
message Resource { repeated KeyValue attributes = 1; }
message Status { string message = 2; int32 code = 3; }
message Span {
  bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4; fixed32 flags = 16;
  string name = 5; int32 kind = 6; fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
  repeated KeyValue attributes = 9; Status status = 15;
}
message ScopeSpans { InstrumentationScope scope = 1; repeated Span spans = 2; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
)";

/// Reads lines of OTLP JSON by protobuf's own strict mapping; ids are hexadecimal in OTLP, base 64 in
/// protobuf.
constexpr const char* reader = R"(
import base64, json, sys
sys.path.insert(0, sys.argv[1])
import otlp_pb2
from google.protobuf import json_format
def mapped(node):
    if isinstance(node, list): return [mapped(item) for item in node]
    if not isinstance(node, dict): return node
    ids = ("traceId", "spanId", "parentSpanId")
    return {k: base64.b64encode(bytes.fromhex(v)).decode() if k in ids else mapped(v) for k, v in node.items()}
spans = []
for line in sys.stdin:
    request = json_format.Parse(json.dumps(mapped(json.loads(line))), otlp_pb2.ExportTraceServiceRequest())
    for resource in request.resource_spans:
        assert any(one.key == "service.name" for one in resource.resource.attributes)
        for scope in resource.scope_spans: spans += scope.spans
known = {span.span_id for span in spans}
for span in spans:
    assert len(span.trace_id) == 16 and len(span.span_id) == 8 and span.name
    assert not span.parent_span_id or span.parent_span_id in known
    assert 0 < span.start_time_unix_nano <= span.end_time_unix_nano
    assert 1 <= span.kind <= 5
assert len(known) == len(spans) and len({span.trace_id for span in spans}) == 1
assert sum(not span.parent_span_id for span in spans) == 1
print(len(spans))
)";

}  // namespace

TEST_CASE("Protobuf reads an exported trace as what collectors are sent", "[cli][trace][otlp]") {
  const Project project;
  project.write("otlp.proto", messages);
  const Finished compiled =
      test_support::run({.arguments = {"/usr/bin/protoc", "--proto_path=" + project.path().string(),
                                       "--python_out=" + project.path().string(), "otlp.proto"}});
  CAPTURE(compiled.error);
  REQUIRE(compiled.exit_code == 0);
  const Finished trace = tool({"trace", project.scenario(), "--to", "otlp"});
  REQUIRE(trace.exit_code == 0);
  const auto read = [&](const std::string& text) {
    return test_support::run({.arguments = {python, "-c", reader, project.path().string()}, .input = text});
  };
  const Finished strict = read(trace.output);
  CAPTURE(strict.error);
  CHECK(strict.exit_code == 0);
  // The user's action, the call, and the service at least.
  CHECK(std::atoi(strict.output.c_str()) >= 3);
  // And it does not read just anything.
  std::string misspelled = trace.output;
  misspelled.replace(misspelled.find("startTimeUnixNano"), 17, "startTimeUnixNona");
  CHECK(read(misspelled).exit_code != 0);
}
