"""M/M/1 at load 0.8 in SimPy. Prints customers, processor seconds and mean wait [s] for bench_mm1."""

import random
import time

import simpy

CUSTOMERS = 100_000


def customer(env, server, draws, waits):
    arrived = env.now
    with server.request() as turn:
        yield turn
        waits.append(env.now - arrived)
        yield env.timeout(draws.expovariate(1000))


def source(env, server, draws, waits):
    for _ in range(CUSTOMERS):
        yield env.timeout(draws.expovariate(800))
        env.process(customer(env, server, draws, waits))


env = simpy.Environment()
waits = []
env.process(source(env, simpy.Resource(env, capacity=1), random.Random(1), waits))
start = time.process_time()
env.run()
print(len(waits), time.process_time() - start, sum(waits) / len(waits))
