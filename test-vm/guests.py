"""The machines' disks: a root file system, a Java, and the packages to install, which lie in /root/packages."""

import os
import shutil
import subprocess
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


def small_java(home, cache):
    """What jmail needs of a JDK, linked anew: a third of the size."""
    version = [line for line in (Path(home) / "release").read_text().splitlines() if line.startswith("JAVA_VERSION=")][0]
    made = cache / ("java-" + version.split('"')[1])
    if not made.exists():
        part = Path(f"{made}.part")
        shutil.rmtree(part, ignore_errors=True)
        run(Path(home) / "bin" / "jlink", "--add-modules",
            "java.base,java.logging,java.management,java.naming,java.xml,jdk.unsupported,jdk.crypto.ec,jdk.net,jdk.naming.dns",
            "--strip-debug", "--no-man-pages", "--no-header-files", "--generate-cds-archive", "--output", part)
        part.rename(made)
    return made


# For a machine that is ten times as slow as others.
PATIENT = """\
[Service]
TimeoutStartSec=900
TimeoutStopSec=150
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


def rpms(work, java, given, given_newer):
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
    spec = work / "java.spec"
    spec.write_text(f"""\
%global __os_install_post %{{nil}}
%global debug_package %{{nil}}
%global _binary_payload w1.gzdio
AutoReqProv: no
Name: test-java
Version: 25
Release: 1
Summary: A Java
License: none
Provides: java-headless = 1:25
%description
%install
mkdir -p %{{buildroot}}/usr/lib/jvm
cp -a {java} %{{buildroot}}/usr/lib/jvm/java-25
%files
/usr/lib/jvm/java-25
""")
    for file in (system, spec):
        run("rpmbuild", "-bb", "--quiet", "--define", f"_topdir {top}", "--define", f"_dbpath {top}/db", file)
    for built in (top / "RPMS").rglob("*.rpm"):
        shutil.copy(built, folder)
    shutil.rmtree(top)
    for package in packages(given, "rpm"):
        shutil.copy(package, folder)
    return folder, newer(work, given_newer, "rpm")


def debs(work, java, given, given_newer):
    """The same for Debian, which has its own programs as packages."""
    folder = work / "packages"
    folder.mkdir(parents=True)
    tree = work / "java-tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text("""\
Package: test-java
Version: 25
Architecture: all
Maintainer: test
Provides: java25-runtime-headless
Description: a Java
""")
    shutil.copytree(java, tree / "usr/lib/jvm/java-25", symlinks=True)
    run("dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "-b", tree, folder / "test-java_25_all.deb")
    shutil.rmtree(tree)
    for package in packages(given, "deb"):
        shutil.copy(package, folder)
    return folder, newer(work, given_newer, "deb")


def alpine(work, tree, java, openrc, given, given_newer):
    """A root of Alpine with OpenRC, what jmail depends on as stand-ins, and the packages in a repository of its own."""
    run("cp", "-a", f"{openrc}/.", tree)
    apk = ["python3", PROJECT / "packaging/alpine/apk.py"]
    machine = os.uname().machine
    repository = tree / "repository" / machine
    repository.mkdir(parents=True)
    for package in packages(given, "apk"):
        shutil.copy(package, repository)
    for name in ("openjdk25-jre-headless", "openrc"):
        parts = work / "stand-in" / name
        for part in ("tree", "scripts"):
            (parts / part).mkdir(parents=True)
        fields = {"pkgname": name, "pkgver": "1-r0", "pkgdesc": "stand-in", "url": "https://localhost/", "license": "none", "arch": "noarch"}
        (parts / "fields").write_text("".join(f"{key}={value}\n" for key, value in fields.items()))
        (parts / "owners").write_text("u 0 root\ng 0 root\n")
        run(*apk, "build", parts / "tree", parts / "owners", parts / "fields", parts / "scripts", repository)
    home = tree / "usr/lib/jvm/java-25-openjdk"
    shutil.copytree(java, home, symlinks=True)
    notes = ["OpenRC is the one that --openrc named, not Alpine's package; so is the kernel Debian's",
             "busybox's services syslog and crond are not in the minirootfs: they are started by hand"]
    if 'LIBC="gnu"' in (home / "release").read_text():
        notes.append("Java and jsvc are ones for glibc, whose libraries lie beside musl: nothing is seen of Java on musl")
        beside(tree, [home / "bin/java", *home.glob("lib/*.so"), *home.glob("lib/server/*.so")])
        tarball = next(PROJECT.glob("target/dist/jmail-*.tar.gz"))
        run(PROJECT / "packaging/alpine/build", tarball, repository,
            env={**os.environ, "ONLY": "jmail-jsvc", "JSVC_CC": "gcc", "BUILT": str(work / "stand-in")})
    folder = work / "newer"
    if given_newer:
        folder = given_newer
    else:
        folder.mkdir()
        main = work / "main.cf"
        main.write_text((PROJECT / "etc/postfix/main.cf").read_text() + "\n# a newer default\n")
        mail = [p for p in repository.glob("jmail-[0-9]*.apk")]
        run(*apk, "bump", mail[0], folder, f"etc/postfix/main.cf={main}")
    (tree / "etc/hostname").write_text("test-vm\n")
    (tree / "etc/fstab").write_text("/dev/nvme0n1 / ext4 rw 0 1\n")
    inittab = [line for line in (tree / "etc/inittab").read_text().splitlines() if "getty" not in line]
    (tree / "etc/inittab").write_text("\n".join(inittab + ["ttyS0::respawn:/bin/sh -s", ""]))
    for service in (tree / "etc/runlevels").glob("*/*"):
        if service.name not in ("devfs", "sysfs", "procfs", "root", "localmount", "hostname", "loopback", "local", "killprocs", "mount-ro"):
            service.unlink()
    return folder, notes


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
