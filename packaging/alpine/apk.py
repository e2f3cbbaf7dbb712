#!/usr/bin/env python3
"""Writes and reads Alpine's packages in the format that apk-tools 2 and 3 take.

  apk.py build TREE OWNERS FIELDS SCRIPTS OUT   writes OUT/NAME-VERSION.apk and prints its path
  apk.py list FILE.apk                          .PKGINFO, then one line a file: type mode owner group path [-> target]
  apk.py bump FILE.apk OUT [PATH=FILE ...]      the next release of it, with other contents of some files

A package is gzip streams one after the other: a signature (left out: apk add --allow-untrusted), .PKGINFO and
scripts in a tar without its end blocks, and the files in a tar whose PAX headers carry a SHA-1 of each.
"""
import gzip, hashlib, io, os, sys, tarfile, zlib

CHECKSUM = "APK-TOOLS.checksum.SHA1"


def compressed(raw):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, filename="") as stream:
        stream.write(raw)
    return out.getvalue()


def archive(members, checksums):
    out = io.BytesIO()
    tar = tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT)
    for member, content in members:
        member.pax_headers = {}
        if checksums and (member.isreg() or member.issym()):
            octets = content if member.isreg() else member.linkname.encode()
            member.pax_headers = {CHECKSUM: hashlib.sha1(octets).hexdigest()}
        tar.addfile(member, io.BytesIO(content) if member.isreg() else None)
    if not checksums:
        return out.getvalue()[: tar.offset]
    tar.close()
    return out.getvalue()


def write(fields, scripts, members, out):
    data = compressed(archive(members, True))
    fields = [(k, v) for k, v in fields if k not in ("size", "datahash")]
    # apk does not unpack a package of size 0, even when there are folders in it
    fields.append(("size", str(max(1, sum(len(c) for m, c in members if m.isreg())))))
    fields.append(("datahash", hashlib.sha256(data).hexdigest()))
    control = [(".PKGINFO", 0o644, "".join(f"{k} = {v}\n" for k, v in fields).encode())]
    control += [("." + name, 0o755, octets) for name, octets in sorted(scripts.items())]
    entries = []
    for name, mode, octets in control:
        entry = tarfile.TarInfo(name)
        entry.mode, entry.size, entry.uname, entry.gname = mode, len(octets), "root", "root"
        entries.append((entry, octets))
    of = dict(fields)
    path = os.path.join(out, f"{of['pkgname']}-{of['pkgver']}.apk")
    with open(path, "wb") as file:
        file.write(compressed(archive(entries, False)) + data)
    print(path)


def read(path):
    octets = open(path, "rb").read()
    fields, scripts, members = [], {}, []
    while octets:
        stream = zlib.decompressobj(31)
        raw = stream.decompress(octets) + stream.flush()
        octets = stream.unused_data
        tar = tarfile.open(fileobj=io.BytesIO(raw + bytes(1024)), mode="r:")
        for member in tar:
            content = tar.extractfile(member).read() if member.isreg() else b""
            if octets and member.name == ".PKGINFO":
                fields = [tuple(line.split(" = ", 1)) for line in content.decode().splitlines() if " = " in line]
            elif octets and not member.name.startswith(".SIGN."):
                scripts[member.name[1:]] = content
            elif not octets:
                members.append((member, content))
    return fields, scripts, members


def tree(root, owners):
    names = {}
    for line in open(owners):
        kind, number, name = line.split()
        names.setdefault((kind, int(number)), name)
    members = []
    for base, folders, files in os.walk(root):
        for name in folders + files:
            path = os.path.join(base, name)
            status = os.lstat(path)
            member = tarfile.TarInfo(os.path.relpath(path, root))
            member.mode = status.st_mode & 0o7777
            member.mtime = int(os.environ.get("SOURCE_DATE_EPOCH", 0))
            # Owners go by name: apk looks them up when .pre-install has run.
            member.uname, member.gname = names[("u", status.st_uid)], names[("g", status.st_gid)]
            content = b""
            if os.path.islink(path):
                member.type, member.linkname, member.mode = tarfile.SYMTYPE, os.readlink(path), 0o777
            elif os.path.isdir(path):
                member.type = tarfile.DIRTYPE
            else:
                content = open(path, "rb").read()
                member.size = len(content)
            members.append((member, content))
    return sorted(members, key=lambda each: each[0].name)


def build(root, owners, fields, scripts, out):
    texts = {name: open(os.path.join(scripts, name), "rb").read() for name in os.listdir(scripts)}
    lines = [tuple(line.rstrip("\n").split("=", 1)) for line in open(fields)]
    write(lines, texts, tree(root, owners), out)


def show(path):
    fields, scripts, members = read(path)
    for key, value in fields:
        print(f"{key} = {value}")
    for name in scripts:
        print(f"script = {name}")
    for member, _ in members:
        kind = "d" if member.isdir() else "l" if member.issym() else "f"
        target = f" -> {member.linkname}" if member.issym() else ""
        print(f"{kind} {member.mode:04o} {member.uname} {member.gname} /{member.name}{target}")


def bump(path, out, *changes):
    fields, scripts, members = read(path)
    old = dict(fields)["pkgver"]
    version, release = old.rsplit("-r", 1)
    new = f"{version}-r{int(release) + 1}"
    fields = [(k, new if k == "pkgver" else v.replace("=" + old, "=" + new)) for k, v in fields]
    contents = {name: open(file, "rb").read() for name, file in (change.split("=", 1) for change in changes)}
    changed = []
    for member, content in members:
        content = contents.get("/" + member.name, content)
        if member.isreg():
            member.size = len(content)
        changed.append((member, content))
    write(fields, scripts, changed, out)


{"build": build, "list": show, "bump": bump}[sys.argv[1]](*sys.argv[2:])
