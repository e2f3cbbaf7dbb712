"""The checks, one after the other on one machine. Each prints one line; what a later one needs an earlier one leaves."""

import re
import secrets
import time

QUEUE = "/var/spool/jmail"

# In this order: what a later one needs an earlier one leaves.
ALL = ("install", "before_the_start", "start", "cron", "aliases", "more", "reload", "killed", "other_java", "reboot",
       "power_cuts", "bad_input", "upgrade", "removal", "from_postfix")


class Report:
    """One line a check, and the count that decides the exit status."""

    def __init__(self):
        self.passed, self.failed, self.left_out = 0, [], []

    def check(self, name, good, why=""):
        if good:
            self.passed += 1
            print(f"ok   {name}", flush=True)
        else:
            self.failed.append(name)
            print(f"FAIL {name}", flush=True)
            for line in str(why).strip().splitlines()[-30:]:
                print(f"     | {line}", flush=True)
        return good

    def leave_out(self, name, why):
        self.left_out.append(name)
        print(f"--   {name}: not run: {why}", flush=True)

    def note(self, text):
        print(f"#    {text}", flush=True)

    def end(self):
        print(f"{self.passed} passed, {len(self.failed)} failed, {len(self.left_out)} not run", flush=True)
        return 0 if self.passed and not self.failed else 1


class Checks:

    def __init__(self, machine, system, report, slowness, rounds, kills):
        """slowness: how many times as long as on a real machine things may take."""
        self.m, self.system, self.report = machine, system, report
        self.slowness, self.rounds, self.kills = slowness, rounds, kills

    def sh(self, script, seconds=30):
        return self.m.sh(script, seconds * self.slowness)

    def check(self, name, good, why=""):
        return self.report.check(name, good, why)

    def succeeds(self, name, script, seconds=30):
        done = self.sh(script, seconds)
        return self.check(name, done.status == 0, f"exit status {done.status}\n{done.output}")

    def gives(self, name, pattern, script, seconds=30):
        done = self.sh(script, seconds)
        return self.check(name, re.search(pattern, done.output), f"no {pattern!r} in, exit status {done.status}:\n{done.output}")

    def shows(self, name, pattern, script, seconds=20):
        """As gives, but of what comes sooner or later: a journal takes its time."""
        end = time.monotonic() + seconds * self.slowness
        while True:
            done = self.sh(script)
            found = re.search(pattern, done.output)
            if found or time.monotonic() > end:
                return self.check(name, found, f"no {pattern!r} in, exit status {done.status}:\n{done.output}")
            time.sleep(0.3)

    def comes(self, name, condition, seconds=20):
        """Whether a shell condition becomes true in time; what the log says when it does not."""
        done = self.sh(
            f"i=0; until {condition}; do i=$((i + 1)); [ $i -lt {int(seconds * self.slowness * 5)} ] || exit 1; sleep 0.2; done",
            seconds + 10)
        return self.check(name, done.status == 0, done.status == 0 or self.log())

    def log(self):
        return self.sh(self.system.log_command).output

    def send(self, to, subject, sender=""):
        return self.sh(f"printf 'Subject: {subject}\\n\\nx\\n' | sendmail -i {sender} {to}", 30)

    # -- the life of an installation --

    def run(self, groups):
        for group in groups:
            getattr(self, group)()

    def install(self):
        self.succeeds("what jmail depends on installs", self.system.prepare, 120)
        done = self.sh(self.system.install, 120)
        self.check("the package installs", done.status == 0, done.output)
        self.gives("the user and the group are there", "jmail.*\n.*postdrop", "getent passwd jmail; getent group postdrop")
        folders = self.sh(
            f"for f in {QUEUE} {QUEUE}/queue {QUEUE}/public {QUEUE}/private {QUEUE}/maildrop /var/lib/jmail; do"
            f" stat -c '%a %U:%G %n' $f; done").output
        self.check("folders have their owners and modes", folders.split() == (
            f"755 root:root {QUEUE} 700 jmail:jmail {QUEUE}/queue 755 jmail:jmail {QUEUE}/public"
            f" 710 root:jmail {QUEUE}/private 3733 jmail:postdrop {QUEUE}/maildrop 700 jmail:jmail /var/lib/jmail").split(), folders)
        self.succeeds("no file differs from the package", self.system.verify)
        self.succeeds("the aliases are indexed", "test -s /etc/postfix/aliases.lmdb")
        self.caches("class caches were made for this Java")
        self.gives("sendmail, mailq and newaliases are jmail's", "^3$",
                   "for f in /usr/sbin/sendmail /usr/bin/mailq /usr/bin/newaliases; do readlink -f $f; done | grep -c libexec/jmail/jmail")

    def caches(self, name):
        self.gives(name, "^4$", "find /usr/lib/jmail -name '*.aot' -newer /usr/share/jmail/jmail.jar -size +1000k | wc -l")

    def before_the_start(self):
        self.sh("useradd -m anna 2>/dev/null || adduser -D anna; useradd -m bert 2>/dev/null || adduser -D bert")
        done = self.sh("printf 'Subject: early\\n\\nx\\n' >/tmp/early; su bert -s /bin/sh -c 'sendmail -i anna </tmp/early'")
        self.check("before the start a user's sendmail takes a message", done.status == 0, done.output)

    def start(self):
        begun = time.monotonic()
        done = self.sh(self.system.start, 60)
        self.check("starts: " + self.system.start, done.status == 0, done.output + self.log())
        self.report.note(f"the start took {time.monotonic() - begun:.1f} s")
        self.succeeds("when the start returned port 25 answers", self.greeting())
        self.succeeds("it says that it runs", self.system.status)
        self.succeeds("it is started at boot from now on", self.system.enable, 60)
        self.comes("the message of before the start arrives", "grep -qs '^Subject: early' /var/mail/anna")
        self.gives("the mailbox is the user's, mode 600", "600 anna", "stat -c '%a %U' /var/mail/anna")

    def greeting(self):
        return self.system.talk("QUIT") + " | grep '^220 .*ESMTP'"

    def cron(self):
        self.sh(self.system.crontab)
        self.succeeds("cron runs", self.system.start_cron)
        self.comes("what a cron job of root prints is in /var/mail/root", "grep -qs 'from-cron' /var/mail/root", 75)
        self.gives("with cron's headers", r"Subject: .*echo from-cron", "cat /var/mail/root")
        self.gives("root's mailbox has mode 600", "600 root", "stat -c '%a %U' /var/mail/root")
        self.sh(self.system.no_crontab)

    def aliases(self):
        self.sh("echo 'team: anna, bert' >>/etc/postfix/aliases")
        self.succeeds("newaliases after an alias was added", "newaliases")
        self.send("team", "to-the-team")
        self.comes("mail to it reaches both members",
                   "{ grep -qs 'to-the-team' /var/mail/anna && grep -qs 'to-the-team' /var/mail/bert; }")

    def more(self):
        self.system.more(self)

    def reload(self):
        self.succeeds("a good change of main.cf is taken", "postconf -e 'message_size_limit = 54321' && " + self.system.reload)
        self.gives("and acted on", "250-SIZE 54321", self.system.talk("EHLO there", "QUIT"))
        self.sh("cp /etc/postfix/main.cf /tmp/main.cf")
        for what, breaks, reason in self.BROKEN:
            self.sh(breaks)
            self.refused(f"a reload with {what} is refused", self.system.reload, reason)
            self.succeeds("and what runs goes on", self.greeting())
            self.sh("rm -r /etc/postfix/main.cf; cp /tmp/main.cf /etc/postfix/main.cf")

    # What is wrong, the command that makes it so, and what is said of it. /tmp/main.cf is a good one.
    BROKEN = (
        ("a broken main.cf", "echo 'message_size_limit = huge' >>/etc/postfix/main.cf", "fatal: .*message_size_limit"),
        ("a main.cf that cannot be read", "rm /etc/postfix/main.cf; mkdir /etc/postfix/main.cf", "fatal: .*/etc/postfix/main.cf"),
    )

    def refused(self, name, script, reason):
        """A command that fails, and says why on the terminal and in the log."""
        mark = self.sh(self.system.mark).output.strip()
        done = self.sh(script, 90)
        self.check(name, done.status != 0, done.output)
        if re.search(reason, done.output):
            self.check("its reason is on the terminal", True)
        elif self.system.why:
            self.shows(f"its reason is in {self.system.why}", reason, self.system.why)
        else:
            self.check("its reason is on the terminal", False, done.output)
        if self.system.log_since:
            self.shows("and in the log", reason, self.system.log_since % mark)

    def killed(self):
        """Each process in turn, several times, while mail comes in."""
        for which in ("network", "delivery", "jsvc"):
            if which not in self.system.processes:
                self.report.leave_out(f"the {which} process killed", self.system.why_not_killed[which])
                continue
            done = self.sh(
                f"pid() {{ {self.system.processes[which]}; }}\n"
                + "rm -f /tmp/load-out; setsid sh /root/load 1 1000000 killed-%s >/tmp/load-out 2>&1 & load=$!\n" % which
                + "i=0; until grep -q ack /tmp/load-out; do i=$((i + 1)); [ $i -lt 600 ] || break; sleep 0.1; done\n"
                + f"for round in $(seq {self.kills}); do\n"
                + "first=$(pid); kill -9 $first; begun=$(cut -d' ' -f1 /proc/uptime)\n"
                + "i=0; until { second=$(pid 2>/dev/null); [ -n \"$second\" ] && [ \"$second\" != \"$first\" ]; } &&"
                + f" ({self.greeting()}) >/dev/null 2>&1; do i=$((i + 1)); [ $i -lt 600 ] || break; sleep 0.05; done\n"
                + "echo took $begun $(cut -d' ' -f1 /proc/uptime); sleep 1\n"
                + "done; kill -TERM -$load; wait $load 2>/dev/null; cat /tmp/load-out", 60 + 30 * self.kills)
            times = [float(end) - float(begin) for begin, end in re.findall(r"took ([0-9.]+) ([0-9.]+)", done.output)]
            shown = " ".join(f"{t:.1f}" for t in times)
            self.check(f"the {which} process killed {self.kills} times under load is back, after seconds {shown}",
                       len(times) == self.kills and max(times) <= 2 * self.slowness, done.output[-3000:] + self.log())
            # What was killed in the middle of a mailbox leaves its lock, as Postfix's local(8) does, for stale_lock_time.
            self.sh("rm -f /var/mail/anna.lock")
            acknowledged = set(re.findall(r"^ack (\S+)$", done.output, re.M))
            lost = self.lost(acknowledged)
            self.check(f"and of {len(acknowledged)} messages acknowledged meanwhile none is lost",
                       acknowledged and not lost, f"lost: {lost}")

    def other_java(self):
        """The package's trigger makes class caches for a Java that takes the place of the old one."""
        if not self.system.other_java:
            self.report.leave_out("another Java", "Alpine has one of this version")
            return
        fits = ("$(ls -d /usr/lib/jvm/*/bin/java | head -n 1) -XX:AOTMode=on -XX:AOTCache=%s/command.aot -XX:+UseSerialGC"
                " -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp /usr/share/jmail/jmail.jar org.jmail.command.Main postconf -h mail_name")
        self.succeeds("the class caches fit Java", fits % "/usr/lib/jmail")
        self.sh("rm -rf /tmp/older; cp -r /usr/lib/jmail /tmp/older")
        self.succeeds("another Java is installed", self.system.other_java, 120)
        self.succeeds("it takes no class cache of the old one", "! " + fits % "/tmp/older")
        self.succeeds("the trigger has made new ones", fits % "/usr/lib/jmail")
        self.succeeds("the mail system goes on", self.greeting())
        self.succeeds("and is started with the other Java", f"{self.system.stop} && {self.system.start}", 90)

    def lost(self, acknowledged):
        """Which of these subjects are in no mailbox when the queue is empty."""
        if not self.empty_queue():
            self.report.note("the queue did not become empty: " + self.sh("postqueue -p | tail -n 5").output.strip())
        found = set(self.sh("sed -n 's/^Subject: load-//p' /var/mail/anna", 60).output.split())
        return sorted(acknowledged - found)

    def empty_queue(self):
        """A mailbox's lock that a power cut left is in the way for stale_lock_time, 500 seconds, as in Postfix."""
        seconds = 550 + 60 * self.slowness
        return self.m.sh(
            f"end=$(($(date +%s) + {seconds})); until postqueue -p | grep -q 'queue is empty'; do"
            " [ $(date +%s) -lt $end ] || exit 1; postqueue -f; sleep 5; done", seconds * 2).status == 0

    def reboot(self):
        self.sh("postconf -e 'defer_transports = local'; " + self.system.reload)
        self.send("anna", "before-the-reboot")
        self.comes("a message waits in the queue", "postqueue -p | grep -q anna")
        self.m.restart(120 * self.slowness)
        self.system.after_boot(self)
        self.comes("after a reboot the mail system runs", self.system.status, 60)
        self.gives("the message still waits", "anna", "postqueue -p")
        self.sh("postconf -X defer_transports; " + self.system.reload + "; postqueue -f")
        self.comes("and is delivered when it may be", "grep -q 'Subject: before-the-reboot' /var/mail/anna", 30)

    def power_cuts(self):
        acknowledged, run = set(), secrets.token_hex(2)
        for number in range(self.rounds):
            self.comes(f"before power cut {number + 1} the mail system runs", f"{{ {self.greeting()}; }}", 60)
            self.m.spawn(f"sh /root/load 4 100000 {run}-cut{number}")
            # From the first acknowledgement on, and each time for longer.
            said, patience = "", time.monotonic() + 60 * self.slowness
            while "ack " not in said and time.monotonic() < patience:
                said += self.m.hear_for(0.5)
            said += self.m.hear_for((0.3 + 0.7 * number) * (1 if self.slowness == 1 else 3))
            said += self.m.cut()
            # A line that was cut is no acknowledgement.
            new = set(re.findall(r"^ack (\S+)$", said, re.M))
            acknowledged |= new
            self.m.power_on(120 * self.slowness)
            self.system.after_boot(self)
            self.report.note(f"power cut {number + 1}: {len(new)} messages acknowledged before it")
        lost = self.lost(acknowledged)
        self.check(f"{self.rounds} power cuts amid deliveries: {len(acknowledged)} messages acknowledged,"
                   f" {len(acknowledged) - len(lost)} found, {len(lost)} lost",
                   acknowledged and not lost, f"lost: {lost}\n{self.log()}")
        twice = self.sh("sed -n 's/^Subject: load-//p' /var/mail/anna | sort | uniq -d | wc -l").output.strip()
        self.report.note(f"{twice} of them came twice, which a power cut may do")

    def bad_input(self):
        """What keeps it from starting is said once, where one looks."""
        self.sh(self.system.stop)
        self.sh("cp /etc/postfix/main.cf /tmp/main.cf")
        no_disk = ("mkdir -p /srv/full; mount -t tmpfs -o size=64k tmpfs /srv/full; dd if=/dev/zero of=/srv/full/full bs=4k;"
                   " postconf -e queue_directory=/srv/full")
        old = ("mkdir -p /old/bin; printf '#!/bin/sh\\n' >/old/bin/java; chmod 755 /old/bin/java;"
               " echo 'JAVA_VERSION=\"17.0.2\"' >/old/release; echo /old >/usr/lib/jmail/java-home")
        mend = "rm -r /etc/postfix/main.cf; cp /tmp/main.cf /etc/postfix/main.cf"
        for what, breaks, reason, mends in tuple((*each, mend) for each in self.BROKEN) + (
            ("without Java", "mv /usr/lib/jvm /usr/lib/jvm.away", "fatal: no Java 25 or newer: install it", "mv /usr/lib/jvm.away /usr/lib/jvm"),
            ("with a Java that is too old", old, "fatal: /old has Java 17, and jmail needs 25", "rm -r /old /usr/lib/jmail/java-home"),
            ("without its user", "sed -i s/^jmail:/liamj:/ /etc/passwd", "fatal: .*no user jmail .mail_owner.", "sed -i s/^liamj:/jmail:/ /etc/passwd"),
            ("on a full disk", no_disk, "fatal: .*([Nn]o space|full)", f"umount /srv/full; {mend}"),
        ):
            self.sh(breaks)
            self.refused(f"a start {what} fails" if what.startswith(("with", "on")) else f"a start with {what} fails",
                         self.system.start, reason)
            self.sh(f"{self.system.stop}; {self.system.reset}; {mends}", 60)
        self.sh(f"echo 1 >{QUEUE}/pid/master.pid; " + self.system.stale)
        self.succeeds("mended, it starts, whatever stale pid files say", self.system.start, 60)
        self.succeeds("a second start changes nothing" if self.system.restarts else "it runs",
                      self.system.start if self.system.restarts else self.system.status)
        self.refused("and postfix start is refused", "postfix start", "fatal: the Postfix mail system is already running")

    def upgrade(self):
        self.sh("echo '# mine' >>/etc/postfix/main.cf")
        before = self.sh("cksum </etc/postfix/main.cf").output
        self.send("anna", "before-the-upgrade")
        done = self.sh(self.system.upgrade, 120)
        self.check("the package is upgraded", done.status == 0, done.output)
        self.check("main.cf that was changed is kept", before == self.sh("cksum </etc/postfix/main.cf").output)
        self.succeeds("the new default lies beside it", f"grep -q 'newer default' {self.system.new_default}")
        self.caches("and class caches were made for it")
        self.comes("the mail system runs after the upgrade", f"{self.system.status} && {{ {self.greeting()}; }}", 30)
        self.send("anna", "after-the-upgrade")
        self.comes("and delivers", "grep -q 'after-the-upgrade' /var/mail/anna")

    def removal(self):
        self.sh("postconf -e 'defer_transports = local'; " + self.system.reload)
        self.send("anna", "left-in-the-queue")
        done = self.sh(self.system.remove, 60)
        self.check("the package is removed", done.status == 0, done.output)
        self.check("and says what it leaves", "/var/spool/jmail" in done.output, done.output)
        self.gives("no process of it is left", "^0$", "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -c 'org.[j]mail'")
        self.succeeds("the changed main.cf is kept", f"grep -q '^# mine' {self.system.kept}")
        self.succeeds("mail and queue are kept", f"grep -q after-the-upgrade /var/mail/anna && test -s {QUEUE}/queue/data.mdb")
        self.succeeds("no command of it is left", "! ls /usr/sbin/postfix /usr/libexec/jmail /usr/share/jmail 2>/dev/null")
        self.system.after_removal(self)

    def from_postfix(self):
        """Installed where a Postfix was: its configuration stays, and what of it has no effect is said."""
        self.sh("rm -rf /etc/postfix /var/spool/jmail /var/lib/jmail; cp -r /root/from-postfix /etc/postfix;"
                " echo 'postmaster: anna' >/etc/postfix/aliases; getent group postdrop || groupadd postdrop || addgroup -S postdrop;"
                " useradd -r -U postfix || { addgroup -S postfix; adduser -S -D -H -G postfix postfix; }")
        self.sh("mkdir -p /var/spool/postfix/pid /var/lib/postfix; chown postfix /var/lib/postfix; cd /var/spool/postfix;"
                " install -d -m 700 -o postfix active bounce corrupt defer deferred flush hold incoming private saved trace;"
                " install -d -m 710 -o postfix -g postdrop public; install -d -m 730 -o postfix -g postdrop maildrop")
        files = "cd /etc/postfix && cat aliases main.cf master.cf | cksum"
        before = self.sh(files).output
        done = self.sh(self.system.install_over, 120)
        self.check("where a Postfix was the package installs", done.status == 0, done.output)
        after = self.sh(files).output
        self.check("its configuration is as it was", before == after, f"{before}{after}{done.output}")
        mark = self.sh(self.system.mark).output.strip()
        done = self.sh(self.system.start, 60)
        self.check("the mail system starts with it", done.status == 0, done.output + self.log())
        rows = r"not served yet: no connection is taken at 628/inet \(qmqpd.*mail waits in the queue for smtp/unix"
        if self.system.log_since:
            self.shows("rows that are not served are named in the log", rows, self.system.log_since % mark)
        else:
            self.check("rows that are not served are named", re.search(rows, done.output), done.output)
        self.send("postmaster", "by-the-old-configuration")
        self.comes("mail arrives", "grep -q by-the-old-configuration /var/mail/anna")
        for name, meaning in (("smtpd_tls_cert_file", "TLS is not served yet"), ("smtpd_milters", "no milter is asked"),
                              ("-o smtpd_sasl_auth_enable", "nobody can log in yet")):
            self.gives(f"postfix check says what {name} without effect means", f"without effect: .*{name}.*{meaning}", "postfix check")
        done = self.sh(self.system.purge, 60)
        self.check("the package is purged", done.status == 0, done.output)
        self.check("and says what is left to delete", "rm -r" in done.output and "/var/spool/jmail" in done.output, done.output)
        self.succeeds("mail and queue stay", "grep -q by-the-old /var/mail/anna && test -s /var/spool/postfix/queue/data.mdb")
