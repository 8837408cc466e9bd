#include "topology/geodesy.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "network_builder.hpp"
#include "sim/hash.hpp"

namespace topology {
namespace {

/// The records geo-* of the theory collection: exact integrals of the geodesic, haversine, light times.
struct Reference {
  std::string name;
  GeoPoint from;
  GeoPoint to;
  double geodesic;   // [m]
  double haversine;  // [m]
  double fibre;      // one way [ms]
  double vacuum;     // both ways [ms]
};

const GeoPoint london{51.5074, -0.1278};
const GeoPoint frankfurt{50.1109, 8.6821};

const Reference references[]{{"geo-London-NewYork",
                              london,
                              {40.7128, -74.006},
                              5585233.5789313,
                              5570229.873656523,
                              27.349330095125836,
                              37.26066770453111},
                             {"geo-Tokyo-Sydney",
                              {35.6895, 139.6917},
                              {-33.8688, 151.2093},
                              7792963.055309273,
                              7826625.868319706,
                              38.159965202306765,
                              51.989053409137284},
                             {"geo-Frankfurt-Singapore",
                              frankfurt,
                              {1.3521, 103.8198},
                              10261274.078629982,
                              10258049.016560692,
                              50.24659542111901,
                              68.45585207236923},
                             {"geo-SaoPaulo-Johannesburg",
                              {-23.5505, -46.6333},
                              {-26.2041, 28.0473},
                              7441829.145903806,
                              7429262.559209358,
                              36.44056044327435,
                              49.6465401134528},
                             {"geo-London-Frankfurt", london, frankfurt, 639667.1596791378, 637767.7598329613,
                              3.1322715610443215, 4.267399946926869},
                             {"geo-Reykjavik-Quito",
                              {64.1466, -21.9426},
                              {-0.1807, -78.4678},
                              8469357.040256666,
                              8478638.160895836,
                              41.47207777687584,
                              56.501468360866276}};

double milliseconds(sim::Duration duration) { return static_cast<double>(duration.count()) * 1e-6; }

}  // namespace

TEST_CASE("Distances between six city pairs are those of the theory collection", "[topology][geodesy]") {
  for (const auto& pair : references) {
    INFO(pair.name);
    CHECK(geodesic_distance(pair.from, pair.to).value() == Approx(pair.geodesic).margin(1e-6).epsilon(0));
    CHECK(haversine_distance(pair.from, pair.to).value() == Approx(pair.haversine).epsilon(1e-12));
    CHECK(geodesic_distance(pair.to, pair.from).value() == Approx(pair.geodesic).margin(1e-6).epsilon(0));
  }
}

TEST_CASE("Light takes the time of the theory collection in fibre and in vacuum", "[topology][geodesy]") {
  for (const auto& pair : references) {
    INFO(pair.name);
    const Metres length{pair.geodesic};
    // Rounded to 1 ns: at most 0.5e-6 ms off; vacuum is rounded down in each of two directions.
    CHECK(milliseconds(fibre_one_way(length)) == Approx(pair.fibre).margin(0.51e-6).epsilon(0));
    const double vacuum = milliseconds(2 * vacuum_one_way(length));
    CHECK(vacuum <= pair.vacuum);
    CHECK(vacuum > pair.vacuum - 2.1e-6);
  }
}

TEST_CASE("Degenerate geodesics have their closed forms (geo-degenerate)", "[topology][geodesy]") {
  const auto metres = [](GeoPoint from, GeoPoint to) { return geodesic_distance(from, to).value(); };
  CHECK(metres(london, london) == 0.0);
  CHECK(metres({90, 0}, {-90, 0}) ==
        Approx(20003931.4586254).margin(1e-3).epsilon(0));                             // 2 * 10001965.729312
  CHECK(metres({0, 0}, {0, 90}) == Approx(10018754.1713946).margin(1e-3).epsilon(0));  // pi/2 * 6378137
  CHECK(metres({0, 0}, {0.5, 179.5}) == Approx(19936288.578965).margin(1e-3).epsilon(0));
  CHECK(metres({10, 180}, {10, -180}) == 0.0);
}

TEST_CASE("Great-circle distances are exact at the poles, the equator and antipodes", "[topology][geodesy]") {
  const double quarter = 3.14159265358979323846 / 2 * mean_earth_radius;
  const auto metres = [](GeoPoint from, GeoPoint to) { return haversine_distance(from, to).value(); };
  CHECK(metres({0, 0}, {0, 90}) == Approx(quarter).epsilon(1e-15));
  CHECK(metres({90, 17}, {90, -120}) == 0.0);
  CHECK(metres({90, 0}, {-90, 0}) == Approx(2 * quarter).epsilon(1e-15));
  CHECK(metres({12, 30}, {-12, -150}) == Approx(2 * quarter).epsilon(1e-12));
  // One millionth of a degree of latitude: 1e-6 * pi/180 * 6371008.8 m = 0.111195080 m.
  CHECK(metres({45, 9}, {45.000001, 9}) == Approx(0.111195080).margin(1e-8).epsilon(0));
}

TEST_CASE("Great-circle distance agrees with the haversine formula of the C library", "[topology][geodesy]") {
  sim::SplitMix64 random{20260301};
  constexpr double radian = 3.14159265358979323846 / 180;
  const auto square = [](double x) { return x * x; };
  for (int i = 0; i < 20'000; ++i) {
    const auto a = random_point(random);
    const auto b = random_point(random);
    const double h = square(std::sin((b.latitude - a.latitude) * radian / 2)) +
                     std::cos(a.latitude * radian) * std::cos(b.latitude * radian) *
                         square(std::sin((b.longitude - a.longitude) * radian / 2));
    const double expected = 2 * mean_earth_radius * std::atan2(std::sqrt(h), std::sqrt(1 - h));
    REQUIRE(haversine_distance(a, b).value() == Approx(expected).margin(1e-6).epsilon(0));
    REQUIRE(haversine_distance(a, b) == haversine_distance(b, a));
    // The ellipsoid's flattening bounds what the sphere gets wrong.
    const double ellipsoidal = geodesic_distance(a, b).value();
    REQUIRE(std::abs(expected - ellipsoidal) <= 0.0056 * ellipsoidal);
  }
}

TEST_CASE("A destination lies at the distance and in the direction asked for", "[topology][geodesy]") {
  const auto bearing = initial_bearing(london, frankfurt);
  CHECK(bearing > 90.0);  // Frankfurt lies east-south-east of London
  CHECK(bearing < 110.0);
  const auto arrived = destination(london, bearing, geodesic_distance(london, frankfurt));
  CHECK(arrived.latitude == Approx(frankfurt.latitude).margin(1e-9));
  CHECK(arrived.longitude == Approx(frankfurt.longitude).margin(1e-9));
  CHECK(initial_bearing({0, 0}, {0, 10}) == Approx(90.0));
  CHECK(initial_bearing({0, 0}, {10, 0}) == Approx(0.0));
  CHECK(destination({0, 179}, 90, Metres{300'000}).longitude < -178.0);  // over the date line
}

TEST_CASE("Only coordinates within the Earth's ranges are valid", "[topology][geodesy]") {
  CHECK(valid({90, 180}));
  CHECK(valid({-90, -180}));
  CHECK_FALSE(valid({90.1, 0}));
  CHECK_FALSE(valid({0, -180.5}));
  CHECK_FALSE(valid({std::nan(""), 0}));
  CHECK_FALSE(valid({0, INFINITY}));
}

TEST_CASE("Great-circle distances have the same bits with every compiler and processor",
          "[topology][geodesy]") {
  // Recorded once; a change means that results of scenarios change with it.
  sim::SplitMix64 random{1};
  std::uint64_t hash = 0;
  for (int i = 0; i < 10'000; ++i) {
    const auto from = random_point(random);
    const auto metres = haversine_distance(from, random_point(random)).value();
    hash = sim::combine(hash, std::bit_cast<std::uint64_t>(metres));
  }
  CHECK(hash == 0xe02f17564d843926);
}

TEST_CASE("Whole metres round to the nearest", "[topology][geodesy]") {
  CHECK(whole_metres(Metres{0.0}) == 0);
  CHECK(whole_metres(Metres{1234.49}) == 1234);
  CHECK(whole_metres(Metres{1234.5}) == 1235);
}

}  // namespace topology
