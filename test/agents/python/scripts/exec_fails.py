import os


def work(n):
    return "x" * 100


with open("no_program", "wb") as file:
    file.write(b"\0 not a program")
os.chmod("no_program", 0o700)
try:
    os.execv("no_program", ["no_program"])
except OSError as error:
    print(error)
print(sum(len(work(n)) for n in range(400)))
