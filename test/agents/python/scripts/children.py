import os
import subprocess
import sys


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)


print(run(["echo", "hello"]).stdout)
print(run("exit 3", shell=True).returncode)
print(run([sys.executable, "-c", "import sys; print(sys.argv, sys.path[0])", "a b"]).stdout)
print(run([sys.executable, "-c", "import os; print(sorted(os.environ))"], env={"A": "1"}).stdout)
print(os.system("true"), os.system("exit 2"))
print(os.popen("echo piped").read())
try:
    subprocess.run(["no-such-program"])
except FileNotFoundError as error:
    print(error, error.filename)
try:
    subprocess.run("x", cwd="/no/such/folder", shell=True)
except FileNotFoundError as error:
    print(error, error.filename)
try:
    subprocess.run(["false"], check=True)
except subprocess.CalledProcessError as error:
    print(error)
try:
    subprocess.run(["sleep", "5"], timeout=0.05)
except subprocess.TimeoutExpired as error:
    print(str(error)[:40])
pid = os.fork()
if pid == 0:
    print("child", flush=True)
    os._exit(4)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
print(os.waitstatus_to_exitcode(os.waitpid(os.posix_spawn("/bin/sh", ["sh", "-c", "exit 5"], os.environ), 0)[1]))
sys.stdout.flush()
print(os.spawnlp(os.P_WAIT, "sh", "sh", "-c", "exit 6"))
sys.stdout.flush()
os.execvp("echo", ["echo", "replaced"])
