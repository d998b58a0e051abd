import os
import sys

with open(__file__) as file:
    print(file.fileno())
os.closerange(3, 256)
with open(__file__) as file:
    print(file.fileno(), len(file.read()) > 10)


def work(n):
    return n


print(sum(work(n) for n in range(3000)))
print(sorted(os.listdir("/proc/self/fd"))[:3])
os.chdir("/")
print(open("/dev/null").read(), os.getcwd())
sys.stdin.close()
