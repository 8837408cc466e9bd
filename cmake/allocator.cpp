/// Read by jemalloc before main: memory in huge pages where the system grants them on request. A world of
/// thousands of sites is bound by memory, and its address look-ups cost as much as the memory itself
/// (docs/performance.md).
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "thp:always";
}
