import sys

for line in sys.stdin:
    print("got", line.strip())
print(input.__name__, sys.stdin.closed)
