"""Machines to run commands on, as root: a virtual one behind a serial console, or a namespace."""

import base64
import os
import queue
import re
import secrets
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import NamedTuple


class Result(NamedTuple):
    status: int
    output: str


class Broken(Exception):
    """The machine does not answer: no check after this one means anything."""


class Vm:
    """A virtual machine. Its disk keeps what was written to it when the power is cut; what only its memory had is
    gone. Commands go to a root shell that listens on the first serial port."""

    is_virtual = True

    def __init__(self, disk, boot, accel, memory, log):
        self.disk, self.boot, self.accel, self.memory = disk, boot, accel, memory
        self.log = open(log, "ab")
        self.process = None

    def power_on(self, patience):
        command = [
            "qemu-system-x86_64", "-accel", self.accel, "-m", str(self.memory), "-smp", "2",
            "-display", "none", "-monitor", "none", "-serial", "stdio", "-no-reboot", "-nic", "none",
            "-drive", f"file={self.disk},format=raw,if=none,id=disk",
            "-device", "nvme,drive=disk,serial=disk",
        ] + self.boot
        if self.accel == "kvm":
            command += ["-cpu", "host"]
        self.process = subprocess.Popen(
            ["nice", "-n", "19"] + command,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0)
        self.chunks = queue.Queue()
        self.text = ""
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()
        end, wait = time.monotonic() + patience, 5
        while time.monotonic() < end:
            wait *= 2  # one that is slow must not get question upon question
            try:
                self._sh("true", wait)
                self._sh("stty -echo <&1; dmesg -n 1 2>/dev/null", 60, own_shell=True)
                return
            except TimeoutError:
                continue
        raise Broken(f"no shell on the serial console within {patience} seconds; it said:\n" + self.text[-3000:])

    def _listen(self, process):
        while True:
            octets = process.stdout.read(65536)
            if not octets:
                self.chunks.put(None)
                return
            self.log.write(octets)
            self.log.flush()
            self.chunks.put(octets.decode("utf-8", "replace").replace("\r", ""))

    def _hear(self, end):
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            chunk = self.chunks.get(timeout=left)
        except queue.Empty:
            raise TimeoutError from None
        if chunk is None:
            raise Broken("the machine went off; it said last:\n" + self.text[-3000:])
        self.text += chunk

    def wait_for(self, pattern, patience):
        """Until the console shows it; what came up to there is taken off."""
        end = time.monotonic() + patience
        while True:
            found = re.search(pattern, self.text)
            if found:
                self.text = self.text[found.end():]
                return found
            self._hear(end)

    def hear_for(self, seconds):
        """What the console says in that time."""
        end = time.monotonic() + seconds
        try:
            while True:
                self._hear(end)
        except TimeoutError:
            said, self.text = self.text, ""
            return said

    def _sh(self, script, patience, own_shell=False):
        mark = secrets.token_hex(4)
        coded = base64.b64encode(script.encode()).decode()
        lines = ["", "S="] + [f"S=${{S}}{coded[i:i + 900]}" for i in range(0, len(coded), 900)]
        run = 'eval "$(echo $S | base64 -d)"'
        if not own_shell:
            run = f"({run})"
        lines.append(f"printf '\\n@%s<@' {mark}; {run} </dev/null 2>&1; printf '\\n@%s>%d@\\n' {mark} $?")
        try:
            self.process.stdin.write(("\n".join(lines) + "\n").encode())
        except OSError:
            raise Broken("the machine is off; it said last:\n" + self.text[-3000:]) from None
        self.wait_for(f"@{mark}<@", patience)
        end = time.monotonic() + patience
        while True:
            found = re.search(f"\n@{mark}>([0-9]+)@", self.text)
            if found:
                output = self.text[:found.start()]
                self.text = self.text[found.end():]
                return Result(int(found.group(1)), output)
            self._hear(end)

    def sh(self, script, patience=300):
        try:
            return self._sh(script, patience)
        except TimeoutError:
            raise Broken(f"no end of this within {patience} seconds: {script}\n{self.text[-3000:]}") from None

    def spawn(self, script):
        """Leaves it running; its output goes to the console."""
        self.sh(f"cat >/run/spawned <<'SPAWNED'\n{script}\nSPAWNED\nsetsid sh /run/spawned </dev/null >/dev/ttyS0 2>&1 &")

    def cut(self):
        """The power goes, now."""
        self.process.kill()
        self.process.wait()
        said = []
        while (chunk := self.chunks.get()) is not None:
            said.append(chunk)
        return self.text + "".join(said)

    def restart(self, patience):
        """As reboot(8) does it."""
        self._leave("reboot", patience)
        self.power_on(patience)

    def power_off(self, patience=120):
        if self.process and self.process.poll() is None:
            try:
                self._leave("poweroff", patience)
            except (Broken, TimeoutError, subprocess.TimeoutExpired):
                self.process.kill()
                self.process.wait()

    def _leave(self, command, patience):
        self.process.stdin.write(f"{command}\n".encode())
        self.process.wait(timeout=patience)


class Namespace:
    """Processes, mounts and network of its own over a folder, on the kernel of this machine, with systemd as the first
    process or nothing but a shell. The power cut ends all processes at once; what they had written is kept by the
    kernel, so it proves less than that of a virtual machine."""

    is_virtual = False
    START = r"""
set -e
root=$1 first=$2
mount --make-rprivate /
mount --bind "$root" "$root"
cd "$root"
mkdir -p proc dev sys run tmp
mount -t proc proc proc
mount -t tmpfs -o mode=755 tmpfs dev
for x in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9 tty:5:0; do
  n=${x%%:*}; y=${x#*:}; mknod -m 666 dev/$n c ${y%:*} ${y#*:}
done
ln -s /proc/self/fd dev/fd
ln -s pts/ptmx dev/ptmx
mkdir -m 1777 dev/shm
mount -t tmpfs -o mode=755 tmpfs run
mkdir -p run/lock
hostname test-vm
ip link set lo up 2>/dev/null || ifconfig lo 127.0.0.1 up
if [ "$first" = systemd ]; then
  mount -t sysfs sysfs sys
  mount -t cgroup2 cgroup2 sys/fs/cgroup
  # A root of its own, not that of chroot(2): systemd makes mount namespaces for its services.
  mkdir -p .old
  pivot_root . .old
  exec chroot . /bin/sh -c 'umount -l /.old; exec env -i container=test-vm PATH="$PATH" /lib/systemd/systemd --log-target=console --show-status=0'
fi
echo ready >run/ready
exec chroot . /bin/sh -c 'trap : TERM INT HUP; while :; do wait; sleep 1; done'
"""

    def __init__(self, root, first, log):
        self.root, self.first = Path(root), first
        self.log = open(log, "ab")
        self.process = None

    def power_on(self, patience):
        environment = {"PATH": os.environ["PATH"]}
        self.process = subprocess.Popen(
            ["unshare", "--pid", "--fork", "--mount", "--ipc", "--uts", "--net", "--cgroup",
             "bash", "-c", self.START, "start", str(self.root), self.first],
            env=environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        end = time.monotonic() + patience
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        while time.monotonic() < end and self.process.poll() is None:
            try:
                self.init = int(children.read_text().split()[0])
                if self._is_up():
                    return
            except (OSError, IndexError, ValueError):
                pass
            time.sleep(0.05)
        raise Broken("the namespace did not start")

    def _is_up(self):
        if self.first == "systemd":
            started = os.readlink(f"/proc/{self.init}/exe").endswith("/systemd")
            return started and self.sh("systemctl is-active multi-user.target", 60).status == 0
        inside = os.readlink(f"/proc/{self.init}/root") == str(self.root)
        return inside and Path(f"/proc/{self.init}/root/run/ready").exists()

    def _command(self, script):
        return ["nsenter", "--target", str(self.init), "--pid", "--mount", "--ipc", "--uts", "--net", "--root", "--wd",
                "/bin/sh", "-c", script]

    ENVIRONMENT = {"HOME": "/root", "USER": "root", "LOGNAME": "root", "TERM": "dumb",
                   "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}

    def sh(self, script, patience=300):
        # Not in the machine's /tmp, which it may mount anew.
        out = self.root / "output"
        with open(out, "wb") as file:
            try:
                done = subprocess.run(self._command(script), env=self.ENVIRONMENT, stdin=subprocess.DEVNULL,
                                      stdout=file, stderr=file, timeout=patience)
            except subprocess.TimeoutExpired:
                raise Broken(f"no end of this within {patience} seconds: {script}") from None
        text = out.read_text("utf-8", "replace")
        self.log.write(f"# {script}\n{text}".encode())
        self.log.flush()
        return Result(done.returncode, text)

    def spawn(self, script):
        self.said = open(self.root / "said", "wb+")
        self.spawned = subprocess.Popen(self._command(script), env=self.ENVIRONMENT, stdin=subprocess.DEVNULL,
                                        stdout=self.said, stderr=self.said, start_new_session=True)

    def hear_for(self, seconds):
        time.sleep(seconds)
        return (self.root / "said").read_text("utf-8", "replace")

    def cut(self):
        os.kill(self.init, signal.SIGKILL)
        self.process.wait()
        if hasattr(self, "spawned"):
            self.spawned.wait()
            return (self.root / "said").read_text("utf-8", "replace")
        return ""

    def restart(self, patience):
        if self.first == "systemd":
            self.sh("systemctl reboot", patience)
            self.process.wait(timeout=patience)
        else:
            self.sh("postfix stop", patience)
            self.cut()
        self.power_on(patience)

    def power_off(self, patience=120):
        if self.process and self.process.poll() is None:
            os.kill(self.init, signal.SIGKILL)
            self.process.wait()


def require(*programs):
    missing = [p for p in programs if not shutil.which(p)]
    if missing:
        raise SystemExit("test-vm: missing programs: " + " ".join(missing) + " (test-vm/README.md names their packages)")
