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
After=multi-user.target
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


def systemd(tree):
    (tree / "etc/hostname").write_text("test-vm\n")
    (tree / "etc/hosts").write_text("127.0.0.1 localhost\n127.0.1.1 test-vm.example test-vm\n")
    units = tree / "etc/systemd/system"
    (units / "test-console.service").write_text(CONSOLE)
    wants = units / "multi-user.target.wants"
    wants.mkdir(exist_ok=True)
    os.symlink("../test-console.service", wants / "test-console.service")
    # Without udev their devices never appear.
    for unit in ("serial-getty@ttyS0.service", "getty.target", "apt-daily.timer", "apt-daily-upgrade.timer",
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
