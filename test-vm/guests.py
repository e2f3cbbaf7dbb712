"""The machines' disks: a root file system, a Java, and the packages to install, which lie in /root/packages."""

import hashlib
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent

DEBIAN = "passwd,systemd,systemd-sysv,cron,procps,bash,kmod"

# A shell for root on the serial port, in the place of a login; not interactive, for an editor of lines loses some.
CONSOLE = """\
[Unit]
Description=Shell of test-vm
[Service]
Environment=HOME=/root TERM=dumb PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
WorkingDirectory=/root
ExecStart=/bin/sh -s
StandardInput=tty-force
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyS0
Restart=always
RestartSec=0
[Install]
WantedBy=multi-user.target
"""


def run(*command, **options):
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode:
        raise SystemExit(f"test-vm: {' '.join(map(str, command))}: exit status {done.returncode}\n{done.stdout}")
    return done.stdout


def unpack(rootfs, tree):
    tree.mkdir(parents=True)
    run("tar", "-C", tree, "--numeric-owner", "-xf", rootfs, "--exclude=./dev/*")


def debian(rootfs, cache, extra):
    """The tarball of a Debian root: the one given, or one that mmdebstrap makes and that is kept for the next time."""
    if rootfs:
        return rootfs
    made = cache / f"debian-{extra}.tar"
    if not made.exists():
        if not shutil.which("mmdebstrap"):
            raise SystemExit("test-vm: no mmdebstrap to make a Debian root with: install it, or name a tarball: --rootfs FILE")
        print("# making a Debian root with mmdebstrap, once", flush=True)
        run("mmdebstrap", "--variant=essential", f"--include={DEBIAN},{extra}", "bookworm", f"{made}.part")
        os.rename(f"{made}.part", made)
    return made


def alpine_minirootfs(version, sha256, mirror, cache):
    """Alpine's own root file system of that release, kept for the next time. Its sum is the one given, or the one that
    lies beside it, which tells of a broken download only."""
    name = f"alpine-minirootfs-{version}-{os.uname().machine}.tar.gz"
    place = f"{mirror}/v{version.rsplit('.', 1)[0]}/releases/{os.uname().machine}/{name}"
    kept = cache / name
    try:
        if not kept.exists():
            print(f"# downloading {place}", flush=True)
            with urllib.request.urlopen(place, timeout=60) as from_there, open(f"{kept}.part", "wb") as part:
                shutil.copyfileobj(from_there, part)
            os.rename(f"{kept}.part", kept)
        if not sha256:
            with urllib.request.urlopen(place + ".sha256", timeout=60) as from_there:
                sha256 = from_there.read().decode().split()[0]
    except (urllib.error.URLError, OSError) as e:
        raise SystemExit(f"test-vm: {place}: {e}; with --rootfs nothing is downloaded") from None
    found = hashlib.sha256(kept.read_bytes()).hexdigest()
    if found != sha256.lower():
        kept.unlink()
        raise SystemExit(f"test-vm: {place}: its SHA-256 is {found} and not {sha256}: removed")
    return kept


# What jmail depends on, a system that boots, and its kernel, from Alpine's repositories.
ALPINES_OWN = "alpine-base", "openrc", "openjdk25-jre-headless", "linux-virt"


def alpine_packages(tree):
    """Installs these, as apk does it in a folder. Returns kernel and initramfs."""
    shutil.copy("/etc/resolv.conf", tree / "etc/resolv.conf")
    run("chroot", tree, "/sbin/apk", "add", "--no-cache", *ALPINES_OWN)
    return tree / "boot/vmlinuz-virt", tree / "boot/initramfs-virt"


def small_java(home, cache, *modules):
    """What jmail needs of a JDK, and these modules more, linked anew: a third of the size."""
    version = [line for line in (Path(home) / "release").read_text().splitlines() if line.startswith("JAVA_VERSION=")][0]
    made = cache / "-".join(["java", version.split('"')[1], *modules])
    if not made.exists():
        part = Path(f"{made}.part")
        shutil.rmtree(part, ignore_errors=True)
        run(HERE / "small-java", home, part, *modules)
        part.rename(made)
    return made


# For a machine that is ten times as slow as others.
PATIENT = """\
[Service]
TimeoutStartSec=900
TimeoutStopSec=150
"""


# So that other work of the machine below does not count.
TIMED = """\
[Service]
CPUSchedulingPolicy=rr
CPUSchedulingPriority=10
"""


def systemd(tree, slow, console):
    (tree / "etc/hostname").write_text("test-vm\n")
    (tree / "etc/hosts").write_text("127.0.0.1 localhost\n127.0.1.1 test-vm.example test-vm\n")
    units = tree / "etc/systemd/system"
    if console:
        (units / "test-console.service").write_text(CONSOLE)
        wants = units / "multi-user.target.wants"
        wants.mkdir(exist_ok=True)
        os.symlink("../test-console.service", wants / "test-console.service")
    if slow:
        (units / "jmail.service.d").mkdir()
        (units / "jmail.service.d/slow.conf").write_text(PATIENT)
    if os.environ.get("TIMED"):
        (units / "jmail.service.d").mkdir(exist_ok=True)
        (units / "jmail.service.d/timed.conf").write_text(TIMED)
    # Without udev their devices never appear.
    for unit in ("serial-getty@ttyS0.service", "console-getty.service", "getty.target", "apt-daily.timer", "apt-daily-upgrade.timer",
                 "dpkg-db-backup.timer", "systemd-timesyncd.service"):
        (units / unit).unlink(missing_ok=True)
        os.symlink("/dev/null", units / unit)


def disk(tree, work):
    image = work / "disk.img"
    image.unlink(missing_ok=True)
    used = int(run("du", "-sm", tree).split()[0])
    run("mke2fs", "-q", "-t", "ext4", "-d", tree, image, f"{used + 700}M")
    return image


def root_folder(work, tree):
    """What the checks need in the machine's /root, beside the packages."""
    shutil.copytree(work / "other-java", tree / "root/other-java")
    shutil.copytree(HERE / "from-postfix", tree / "root/from-postfix")
    shutil.copy(HERE / "load", tree / "root/load")


def newer(work, given, kind):
    """The folder of packages to upgrade to: of the same sources, with another default main.cf."""
    if given:
        return given
    tree = work / "newer-tree"
    run("make", "-C", PROJECT, "jar", "package-tree", f"DESTDIR={tree}")
    with open(tree / "etc/postfix/main.cf", "a") as main:
        main.write("\n# a newer default\n")
    # The tarball's name is where the recipe has the version from.
    old = next(PROJECT.glob("target/dist/jmail-*.tar.gz"), None)
    if not old:
        run("make", "-C", PROJECT, "dist")
        old = next(PROJECT.glob("target/dist/jmail-*.tar.gz"))
    version = old.name.removeprefix("jmail-").removesuffix(".tar.gz")
    sources = work / "sources"
    sources.mkdir()
    run("tar", "-C", sources, "-xf", old)
    (sources / f"jmail-{version}").rename(sources / f"jmail-{version}.1")
    tarball = work / f"jmail-{version}.1.tar.gz"
    run("tar", "-C", sources, "-czf", tarball, f"jmail-{version}.1")
    run(PROJECT / "packaging" / kind / "build", tarball, work / "newer", env={**os.environ, "STAGED_TREE": str(tree)})
    shutil.rmtree(tree)
    shutil.rmtree(sources)
    return work / "newer"


def packages(given, kind):
    found = sorted(given.glob(f"jmail*.{kind}"))
    if not found:
        raise SystemExit(f"test-vm: no jmail*.{kind} in {given}: run make packages, or --packages DIR")
    return found


def rpms(work, java, other, given, given_newer):
    """The folder of packages to install, with what Debian's rpm does not know of, the system's own programs and a
    Java, as packages too; and that of newer ones."""
    top = work / "rpmbuild"
    folder = work / "packages"
    folder.mkdir(parents=True)
    system = work / "system.spec"
    system.write_text("""\
Name: test-system
Version: 1
Release: 1
Summary: The programs that this machine has from elsewhere
License: none
BuildArch: noarch
Provides: /bin/sh
Provides: /usr/sbin/useradd
Provides: /usr/sbin/groupadd
Provides: /usr/sbin/update-alternatives
%description
%files
""")
    java_spec = """\
%global __os_install_post %{{nil}}
%global debug_package %{{nil}}
%global _binary_payload w1.gzdio
AutoReqProv: no
Name: test-java
Version: 25
Release: {release}
Summary: A Java
License: none
Provides: java-headless = 1:25
%description
%install
mkdir -p %{{buildroot}}/usr/lib/jvm
cp -a {java} %{{buildroot}}/usr/lib/jvm/java-25
%files
/usr/lib/jvm/java-25
"""
    specs = {system: folder}
    for release, (home, to) in enumerate(((java, folder), (other, work / "other-java")), 1):
        spec = work / f"java-{release}.spec"
        spec.write_text(java_spec.format(java=home, release=release))
        specs[spec] = to
    for spec, to in specs.items():
        to.mkdir(exist_ok=True)
        run("rpmbuild", "-bb", "--quiet", "--define", f"_topdir {top}", "--define", f"_dbpath {top}/db", spec)
        for built in (top / "RPMS").rglob("*.rpm"):
            shutil.copy(built, to)
        shutil.rmtree(top)
    for package in packages(given, "rpm"):
        shutil.copy(package, folder)
    return folder, newer(work, given_newer, "rpm")


def debs(work, java, other, given, given_newer):
    """The same for Debian, which has its own programs as packages."""
    folder = work / "packages"
    folder.mkdir(parents=True)
    for version, home, to in (("25", java, folder), ("25.1", other, work / "other-java")):
        to.mkdir(exist_ok=True)
        tree = work / "java-tree"
        (tree / "DEBIAN").mkdir(parents=True)
        (tree / "DEBIAN/control").write_text(f"""\
Package: test-java
Version: {version}
Architecture: all
Maintainer: test
Provides: java25-runtime-headless
Description: a Java
""")
        shutil.copytree(home, tree / "usr/lib/jvm/java-25", symlinks=True)
        run("dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "-b", tree, to / f"test-java_{version}_all.deb")
        shutil.rmtree(tree)
    for package in packages(given, "deb"):
        shutil.copy(package, folder)
    return folder, newer(work, given_newer, "deb")


def alpine(work, tree, java, other, openrc, given, given_newer):
    """A root of Alpine with an OpenRC and the packages in a repository of its own. What jmail depends on are stand-ins,
    unless there is no openrc to lay in: then the root has Alpine's own."""
    apk = ["python3", PROJECT / "packaging/alpine/apk.py"]
    machine = os.uname().machine
    repository = tree / "repository" / machine
    repository.mkdir(parents=True)
    for package in packages(given, "apk"):
        shutil.copy(package, repository)
    (work / "other-java").mkdir()
    notes = []
    if openrc:
        run("cp", "-a", f"{openrc}/.", tree)
        for name, version, home, to in (("openrc", 1, None, repository), ("openjdk25-jre-headless", 1, java, repository),
                                        ("openjdk25-jre-headless", 2, other, work / "other-java")):
            stand_in(apk, work, name, version, home, to)
        notes += ["OpenRC is the one that --openrc named, not Alpine's package; so is the kernel Debian's",
                  "busybox's services syslog and crond are not in the minirootfs: they are started by hand"]
        if "ld-linux" in run("ldd", java / "bin/java"):
            notes.append("Java and jsvc are ones for glibc, whose libraries lie beside musl: nothing is seen of Java on musl")
            beside(tree, [java / "bin/java", *java.glob("lib/*.so"), *java.glob("lib/server/*.so")])
            tarball = next(PROJECT.glob("target/dist/jmail-*.tar.gz"))
            run(PROJECT / "packaging/alpine/build", tarball, repository,
                env={**os.environ, "ONLY": "jmail-jsvc", "JSVC_CC": "gcc"})
    folder = given_newer or work / "newer"
    if not given_newer:
        folder.mkdir()
        main = work / "main.cf"
        main.write_text((PROJECT / "etc/postfix/main.cf").read_text() + "\n# a newer default\n")
        mail = [p for p in repository.glob("jmail-[0-9]*.apk")]
        run(*apk, "bump", mail[0], folder, f"/etc/postfix/main.cf={main}")
        for part in ("openrc", "doc", "bash-completion", "systemd"):
            for package in repository.glob(f"jmail-{part}-[0-9]*.apk"):
                run(*apk, "bump", package, folder)
    (tree / "etc/hostname").write_text("test-vm\n")
    (tree / "etc/fstab").write_text("/dev/nvme0n1 / ext4 rw 0 1\n")
    inittab = [line for line in (tree / "etc/inittab").read_text().splitlines() if "getty" not in line]
    # With no terminal as standard error busybox does not edit lines.
    (tree / "etc/inittab").write_text("\n".join(inittab + ["ttyS0::respawn:/bin/sh -s 2>/dev/null", ""]))
    for service in (tree / "etc/runlevels").glob("*/*"):
        if service.name not in ("devfs", "sysfs", "procfs", "root", "localmount", "hostname", "loopback", "local", "killprocs", "mount-ro"):
            service.unlink()
    return folder, notes


def stand_in(apk, work, name, version, java, to):
    """A package of that name, empty or with a Java."""
    parts = work / f"stand-in-{name}-{version}"
    for part in ("tree", "scripts"):
        (parts / part).mkdir(parents=True)
    if java:
        shutil.copytree(java, parts / "tree/usr/lib/jvm/java-25-openjdk", symlinks=True)
    fields = {"pkgname": name, "pkgver": f"{version}-r0", "pkgdesc": "stand-in", "url": "https://localhost/", "license": "none", "arch": "noarch"}
    (parts / "fields").write_text("".join(f"{key}={value}\n" for key, value in fields.items()))
    (parts / "owners").write_text("u 0 root\ng 0 root\n")
    run(*apk, "build", parts / "tree", parts / "owners", parts / "fields", parts / "scripts", to)
    shutil.rmtree(parts)


def beside(tree, programs):
    """The libraries of these programs, where the dynamic linker of another libc never looks."""
    needed = set()
    for program in programs:
        listed = subprocess.run(["ldd", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
        needed |= {word for word in listed.split() if word.startswith("/") and not word.endswith(":") and str(tree) not in word}
    needed |= {str(p) for name in ("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2") for p in Path("/lib").glob(f"*-linux-gnu/{name}")}
    for library in needed:
        place = tree / library.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists():
            shutil.copy(library, place)
