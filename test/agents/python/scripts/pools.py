import concurrent.futures
import multiprocessing
import os
import sys
import threading


def square(n):
    return n * n


class Work:
    def __init__(self, n):
        self.n = n

    def __call__(self, k):
        return self.n * k


def main():
    methods = [name for name in ("fork", "spawn", "forkserver") if name in multiprocessing.get_all_start_methods()]
    for method in methods:
        context = multiprocessing.get_context(method)
        with context.Pool(2) as pool:
            print(method, pool.map(square, range(4)), pool.map(Work(3), range(3)))
        process = context.Process(target=square, args=(3,))
        process.start()
        process.join()
        print(process.exitcode)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        print(list(pool.map(square, range(4))))
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        print(list(pool.map(square, range(4))))
    thread = threading.Thread(target=lambda: print(square(5)))
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
