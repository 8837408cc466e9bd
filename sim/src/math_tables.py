"""Prints the tables and polynomials of math_tables.cpp and math.hpp (needs mpmath).

Logarithm: 128 segments of [0.6875, 1.375). Each has a centre c near its middle for which log(c) lies
within 1/16 ulp of a multiple of 2^-43, so that `exponent * ln2_high + log_centre` is exact. The two
segments that meet at 1 have centre 1, which keeps full relative accuracy there.
Exponential: 2^(i/128) as double, and the relative remainder that the rounding left.
"""
from mpmath import mp, mpf, log, chebyfit, floor, ldexp, nint, log1p, expm1

mp.prec = 120
SEGMENTS = 128


def log_segment(i):
    if i in (79, 80):
        return 1.0, 1.0, 0.0
    low = mpf(0.6875) + mpf(i) / 256 if i < 80 else 1 + mpf(i - 80) / 128
    middle = low + (mpf(1) / 512 if i < 80 else mpf(1) / 256)
    tolerance = abs(log(middle)) * mpf(2) ** -56
    for step in range(1, 10**8):
        centre = float(middle + (step // 2) * (-1) ** step * mpf(2) ** -32)
        exact = log(mpf(centre))
        rounded = ldexp(nint(ldexp(exact, 43)), -43)
        if abs(exact - rounded) < tolerance:
            return centre, float(1 / mpf(centre)), float(rounded)
    raise RuntimeError("no centre found")


def exp_entry(i):
    exact = mpf(2) ** (mpf(i) / SEGMENTS)
    rounded = float(exact)
    return rounded, float(exact / mpf(rounded) - 1)


def main():
    for i in range(SEGMENTS):
        print("    {%s, %s, %s}," % tuple(x.hex() for x in log_segment(i)))
    for i in range(SEGMENTS):
        print("    {%s, %s}," % tuple(x.hex() for x in exp_entry(i)))
    tiny = mpf(2) ** -60

    def log_tail(r):
        return (log1p(r) - r) / r**2 if abs(r) > tiny else -mpf(1) / 2

    def exp_tail(r):
        return (expm1(r) - r) / r**2 if abs(r) > tiny else mpf(1) / 2

    for name, function, domain, count in (
        ("log1p(r) = r + r^2 p(r)", log_tail, [-mpf(2) ** -8, mpf(2) ** -7], 6),
        ("expm1(r) = r + r^2 p(r)", exp_tail, [-log(2) / 256, log(2) / 256], 4),
    ):
        polynomial, error = chebyfit(function, domain, count, error=True)
        print(name, mp.nstr(error, 3), [float(x).hex() for x in reversed(polynomial)])
    high = ldexp(floor(ldexp(log(2), 43)), -43)
    print("ln2", float(high).hex(), float(log(2) - high).hex())
    step = log(2) / SEGMENTS
    high = ldexp(floor(ldexp(step, 43)), -43)  # times a number of steps below 2^18: exact
    print("ln2/128", float(high).hex(), float(step - high).hex(), "inverse", float(1 / step).hex())


if __name__ == "__main__":
    main()
