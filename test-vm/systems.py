"""What differs between the systems that the checks run on: package tools, service managers, cron."""


NETWORK = "pgrep -f 'network[.]server[.]NetworkServer' | head -n 1"
DELIVERY = "tr -d ' ' </var/spool/jmail/pid/master.pid"


class Rpm:
    install = "rpm -Uv /root/packages/jmail-*.rpm"
    upgrade = "rpm -Uv /root/newer/jmail-*.rpm"
    remove = "rpm -ev jmail"
    verify = "! rpm -V jmail | grep -v '^missing.*\\.aot$' | grep ."
    new_default = "/etc/postfix/main.cf.rpmnew"
    kept = "/etc/postfix/main.cf.rpmsave"
    prepare = "rpm -Uv /root/packages/test-*.rpm"
    other_java = "rpm -Uv /root/other-java/*.rpm"
    install_over = install
    purge = remove


class Deb:
    install = "dpkg -i /root/packages/jmail_*.deb"
    upgrade = "dpkg -i --force-confold /root/newer/jmail_*.deb"
    remove = "dpkg -r jmail"
    verify = "! dpkg -V jmail | grep ."
    new_default = "/etc/postfix/main.cf.dpkg-dist"
    kept = "/etc/postfix/main.cf"
    prepare = "dpkg -i /root/packages/test-*.deb"
    other_java = "dpkg -i /root/other-java/*.deb"
    # What apt asks on a terminal, with what it would do unless told otherwise.
    install_over = "dpkg -i --force-confold /root/packages/jmail_*.deb"
    purge = "dpkg --purge jmail"


class Bash:
    """Talks to port 25 by bash."""

    @staticmethod
    def talk(*lines):
        """A command that says these lines, each after the answer to the one before, and shows the answers."""
        said = "".join(f"printf '{line}\\r\\n' >&3; hear; " for line in lines)
        return ("timeout 60 bash -c 'hear() { while read -r l <&3; do echo \"$l\"; case $l in ???\\ *) return ;; esac; done; };"
                f" exec 3<>/dev/tcp/127.0.0.1/25 && {{ hear; {said}}}'").replace("printf '", 'printf "').replace("\\r\\n' >&3", '\\r\\n" >&3')


class DebianCron:
    crontab = "echo '* * * * * root echo from-cron' >/etc/cron.d/test"
    no_crontab = "rm /etc/cron.d/test"


class Systemd(Bash, DebianCron):
    restarts = True
    start = "systemctl start jmail"
    enable = "systemctl enable jmail && systemctl is-enabled jmail"
    stop = "systemctl stop jmail"
    reload = "systemctl reload jmail"
    status = "systemctl is-active jmail"
    reset = "systemctl reset-failed jmail"
    why = "systemctl status --no-pager -l jmail"
    log_command = "journalctl --no-pager -q -b -n 25 -t postfix/master -u jmail 2>/dev/null || journalctl --no-pager -q -b -n 25"
    start_cron = "systemctl is-active cron"
    mark = "journalctl --no-pager -n 0 --show-cursor | sed -n 's/^-- cursor: //p'"
    log_since = "journalctl --no-pager -q --after-cursor='%s'"
    stale = "true"
    processes = {"network": NETWORK, "delivery": DELIVERY}
    why_not_killed = {"jsvc": "systemd runs the delivery process itself"}

    def more(self, checks):
        checks.gives("systemctl status shows what the service said of itself", "Mail is accepted", "systemctl status --no-pager jmail")
        checks.gives("it may use its user's set-uid programs", "NoNewPrivs:\\s+0", "cat /proc/$(systemctl show -P MainPID jmail)/status")
        checks.gives("no capability that it does not need", "CapBnd:\\s+00000000000004ff", "cat /proc/$(systemctl show -P MainPID jmail)/status")
        checks.sh("install -d -m 1777 /srv/drop; cp /bin/cat /usr/local/bin/setgid-cat; chgrp mail /usr/local/bin/setgid-cat;"
                  " chmod 2755 /usr/local/bin/setgid-cat")
        checks.sh("echo '|\"/usr/local/bin/setgid-cat >/home/anna/by-command; id -u >>/home/anna/by-command\"' >/home/anna/.forward;"
                  " chown anna /home/anna/.forward")
        checks.send("anna", "to-a-command")
        checks.comes("a command of .forward runs, with set-gid programs, as the user",
                     "{ grep -qs to-a-command /home/anna/by-command && grep -qx $(id -u anna) /home/anna/by-command; }")
        checks.sh("rm /home/anna/.forward")
        checks.succeeds("systemd finds no fault in the unit", "systemd-analyze verify jmail.service 2>&1 | grep -v 'Unknown\\|deprecated' ; true")

    def after_boot(self, checks):
        pass

    def after_removal(self, checks):
        checks.succeeds("the service is gone", "! systemctl cat jmail 2>/dev/null")
        checks.succeeds("nothing is enabled that is not there", "! ls /etc/systemd/system/*/jmail.service 2>/dev/null")


class RpmSystemd(Rpm, Systemd):
    def after_removal(self, checks):
        Systemd.after_removal(self, checks)
        checks.succeeds("the sendmail of the alternatives is gone", "! ls -L /usr/sbin/sendmail 2>/dev/null")


class DebSystemd(Deb, Systemd):
    pass


class Command(Bash, DebianCron):
    """No service manager: the postfix command."""

    restarts = False
    start = "postfix start"
    enable = "true"
    stop = "postfix stop"
    reload = "postfix reload"
    status = "postfix status"
    reset = "true"
    why = ""
    log_command = "tail -n 25 /var/log/postfix.log 2>/dev/null"
    start_cron = "cron"
    mark = "true"
    log_since = ""
    stale = "true"
    processes = {"network": NETWORK}
    why_not_killed = {"delivery": "there is no service manager to start it again", "jsvc": "the postfix command uses none"}

    def more(self, checks):
        pass

    def after_boot(self, checks):
        if checks.sh(self.status).status:
            checks.sh(self.start, 60)

    def after_removal(self, checks):
        pass


class RpmCommand(Rpm, Command):
    pass


class DebCommand(Deb, Command):
    pass


class Alpine:
    """Alpine's packages, OpenRC, busybox."""

    restarts = True
    index = "cd /repository/$(uname -m) && apk index -q --allow-untrusted --rewrite-arch $(uname -m) -o APKINDEX.tar.gz *.apk"
    log = "mkdir -p /var/log; pidof syslogd >/dev/null || syslogd -s 0 -O /var/log/messages"
    prepare = log + "; " + index + " && echo /repository >/etc/apk/repositories && apk add --no-network --allow-untrusted openjdk25-jre-headless openrc"
    install = "apk add --no-network --allow-untrusted jmail"
    upgrade = "cp /root/newer/*.apk /repository/$(uname -m)/ && " + index + " && apk upgrade --no-network --allow-untrusted"
    remove = "apk del --no-network jmail"
    verify = "! apk audit --packages --system 2>/dev/null | grep jmail"
    new_default = "/etc/postfix/main.cf.apk-new"
    kept = "/etc/postfix/main.cf"
    start = "rc-service jmail start"
    enable = "rc-update add jmail default"
    stop = "rc-service jmail stop"
    reload = "rc-service jmail reload"
    status = "rc-service jmail status"
    reset = "true"
    why = ""
    mark = "wc -l </var/log/messages"
    log_since = "sed '1,%sd' /var/log/messages"
    stale = "echo 1 >/run/jmail.pid; echo 1 >/run/jmail.jsvc.pid"
    processes = {"network": NETWORK, "delivery": DELIVERY,
                 "jsvc": f"sed -n 's/^PPid:[^0-9]*//p' /proc/$({DELIVERY})/status"}
    why_not_killed = {}
    other_java = ("cp /root/other-java/*.apk /repository/$(uname -m)/ && " + index
                  + " && apk add -u --no-network --allow-untrusted openjdk25-jre-headless")
    install_over = install
    purge = "apk del --purge --no-network jmail"
    log_command = "tail -n 25 /var/log/messages"
    # busybox mails only what a crontab with MAILTO= prints.
    crontab = "printf 'MAILTO=root\\n* * * * * echo from-cron\\n' >/etc/crontabs/root"
    no_crontab = "printf '' >/etc/crontabs/root"
    start_cron = "pidof crond >/dev/null || crond"

    @staticmethod
    def talk(*lines):
        said = "".join(f"printf '{line}\\r\\n' >&3; hear; " for line in lines)
        return ('hear() { while read -r l; do echo "$l"; case $l in ???\\ *) return ;; esac; done; }; rm -f /tmp/talk; mkfifo /tmp/talk;'
                f" nc 127.0.0.1 25 </tmp/talk | {{ exec 3>/tmp/talk; hear; {said}}}")

    def more(self, checks):
        pass

    def after_boot(self, checks):
        checks.sh(self.log + "; pidof crond >/dev/null || crond")

    def after_removal(self, checks):
        checks.gives("sendmail is busybox's again", "busybox", "readlink -f /usr/sbin/sendmail")


class AlpinesOwn(Alpine):
    """With Alpine's own kernel, OpenRC and Java."""

    prepare = Alpine.log + "; " + Alpine.index + " && echo /repository >>/etc/apk/repositories"
    other_java = ""
