package org.jmail.base.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who this machine is and where things are: what every part of jmail asks for.
public final class BaseParameters implements ParameterSet {

  public static final Parameter<String> COMPATIBILITY_LEVEL =
      new Parameter<>(
          "compatibility_level",
          "0",
          "Which generation of defaults this configuration was written for. Defaults that have"
              + " changed over the years depend on it.",
          text -> {
            CompatibilityLevel.parse(text);
            return text;
          });

  public static final Parameter<String> MYHOSTNAME =
      Parameter.required(
          "myhostname",
          "",
          "The Internet name of this machine. The default is its own host name, with $mydomain"
              + " added when that has no dot.");

  public static final Parameter<String> MYDOMAIN =
      Parameter.required(
          "mydomain",
          "",
          "The domain of this machine. The default is $myhostname without its first part, or"
              + " localdomain.");

  public static final Parameter<String> MYORIGIN =
      Parameter.required(
          "myorigin",
          "$myhostname",
          "The domain that completes addresses without one, and that local mail comes from.");

  public static final Parameter<List<String>> MYDESTINATION =
      Parameter.list(
          "mydestination",
          "$myhostname, localhost.$mydomain, localhost",
          "The domains whose mail is delivered on this machine, to users and aliases. Names,"
              + " files and type:table lookups; an exclamation mark excludes.");

  public static final Parameter<List<String>> MYNETWORKS =
      Parameter.list(
          "mynetworks",
          "",
          "The clients that may send mail through this machine to anywhere. The default follows"
              + " mynetworks_style.");

  public static final Parameter<String> MYNETWORKS_STYLE =
      new Parameter<>(
          "mynetworks_style",
          "${{$compatibility_level} <level {2} ? {subnet} : {host}}",
          "How the default of mynetworks is made: host (this machine alone), subnet (its"
              + " networks) or class (the whole class A, B or C network).",
          text -> {
            MyNetworks.style(text);
            return text;
          });

  public static final Parameter<List<String>> INET_INTERFACES =
      Parameter.list(
          "inet_interfaces",
          "all",
          "The addresses that mail is received on: all, loopback-only, or names and addresses.");

  public static final Parameter<List<String>> INET_PROTOCOLS =
      Parameter.words(
          "inet_protocols",
          "all",
          List.of("all", "ipv4", "ipv6"),
          "The versions of IP that are used: all, ipv4, ipv6 or both.");

  public static final Parameter<List<String>> PROXY_INTERFACES =
      Parameter.list(
          "proxy_interfaces",
          "",
          "Addresses by which this machine receives mail through a proxy or address translator.");

  public static final Parameter<String> RECIPIENT_DELIMITER =
      Parameter.text(
          "recipient_delimiter",
          "",
          "The characters that separate a user's name from an address extension"
              + " (user+extension). The first of them that occurs counts.");

  public static final Parameter<String> CONFIG_DIRECTORY =
      Parameter.required(
          "config_directory", "/etc/postfix", "The folder of main.cf and master.cf.");

  public static final Parameter<String> QUEUE_DIRECTORY =
      Parameter.folder(
          "queue_directory",
          "/var/spool/jmail",
          "The folder of the queue, of the sockets and of mail that was submitted while jmail was"
              + " down.");

  public static final Parameter<String> DATA_DIRECTORY =
      Parameter.folder(
          "data_directory", "/var/lib/jmail", "Where jmail keeps files that it can write.");

  public static final Parameter<String> COMMAND_DIRECTORY =
      Parameter.required(
          "command_directory", "/usr/sbin", "Where the administrator's commands are.");

  public static final Parameter<String> DAEMON_DIRECTORY =
      Parameter.required(
          "daemon_directory", "/usr/libexec/postfix", "Where Postfix has its daemons.");

  public static final Parameter<String> META_DIRECTORY =
      Parameter.required(
          "meta_directory", "/etc/postfix", "Where Postfix has files of its installation.");

  public static final Parameter<String> SENDMAIL_PATH =
      Parameter.required("sendmail_path", "/usr/sbin/sendmail", "Where the sendmail command is.");

  public static final Parameter<String> NEWALIASES_PATH =
      Parameter.required(
          "newaliases_path", "/usr/bin/newaliases", "Where the newaliases command is.");

  public static final Parameter<String> MAILQ_PATH =
      Parameter.required("mailq_path", "/usr/bin/mailq", "Where the mailq command is.");

  public static final Parameter<String> MAIL_OWNER =
      Parameter.required(
          "mail_owner",
          "jmail",
          "The user that owns the queue and runs everything that talks to the network. It must"
              + " not be shared with another service.");

  public static final Parameter<String> SETGID_GROUP =
      Parameter.required(
          "setgid_group",
          "postdrop",
          "The group of the folder in which mail waits that was submitted while jmail was down.");

  public static final Parameter<String> DEFAULT_PRIVS =
      Parameter.required(
          "default_privs",
          "nobody",
          "The user whose rights a delivery to a command or file has when the alias that asks for"
              + " it belongs to root. Never root nor mail_owner.");

  public static final Parameter<String> MAIL_NAME =
      Parameter.text(
          "mail_name", "jmail", "The name of this mail system in greetings and headers.");

  public static final Parameter<String> MAIL_VERSION =
      Parameter.text("mail_version", "0.1.0", "The version of this mail system.");

  public static final Parameter<String> DEFAULT_DATABASE_TYPE =
      Parameter.required(
          "default_database_type",
          "lmdb",
          "The type of table that postmap, postalias and newaliases make when none is named.");

  public static final Parameter<Long> LMDB_MAP_SIZE =
      Parameter.size(
          "lmdb_map_size",
          "16777216",
          1,
          "The first size limit of an lmdb table; it grows by itself.");

  public static final Parameter<Long> MESSAGE_SIZE_LIMIT =
      Parameter.size(
          "message_size_limit",
          "10240000",
          0,
          "The largest message, with its envelope, in octets; 0 is no limit.");

  public static final Parameter<Boolean> SOFT_BOUNCE =
      Parameter.bool(
          "soft_bounce", false, "Defer what would be returned to its sender: for testing.");

  public static final Parameter<Duration> IPC_TIMEOUT =
      Parameter.time(
          "ipc_timeout",
          "3600s",
          Duration.ofSeconds(1),
          Duration.ZERO,
          "How long one part of jmail waits for another before it gives up.");

  public static final Parameter<Long> DEFAULT_PROCESS_LIMIT =
      Parameter.number(
          "default_process_limit",
          "100",
          1,
          0,
          "How much a service of master.cf does at once when its line does not say: deliveries of a"
              + " transport, sessions of an SMTP server. Neither has a process of its own.");

  private static final List<Parameter<?>> ALL =
      List.of(
          COMPATIBILITY_LEVEL,
          MYHOSTNAME,
          MYDOMAIN,
          MYORIGIN,
          MYDESTINATION,
          MYNETWORKS,
          MYNETWORKS_STYLE,
          INET_INTERFACES,
          INET_PROTOCOLS,
          PROXY_INTERFACES,
          RECIPIENT_DELIMITER,
          CONFIG_DIRECTORY,
          QUEUE_DIRECTORY,
          DATA_DIRECTORY,
          COMMAND_DIRECTORY,
          DAEMON_DIRECTORY,
          META_DIRECTORY,
          SENDMAIL_PATH,
          NEWALIASES_PATH,
          MAILQ_PATH,
          MAIL_OWNER,
          SETGID_GROUP,
          DEFAULT_PRIVS,
          MAIL_NAME,
          MAIL_VERSION,
          DEFAULT_DATABASE_TYPE,
          LMDB_MAP_SIZE,
          MESSAGE_SIZE_LIMIT,
          SOFT_BOUNCE,
          IPC_TIMEOUT,
          DEFAULT_PROCESS_LIMIT);

  /// The same by name, known without a service loader.
  static final Map<String, Parameter<?>> BY_NAME = byName();

  private static Map<String, Parameter<?>> byName() {
    Map<String, Parameter<?>> byName = new HashMap<>();
    for (Parameter<?> parameter : ALL) {
      byName.put(parameter.name(), parameter);
    }
    return Map.copyOf(byName);
  }

  @Override
  public List<Parameter<?>> parameters() {
    return ALL;
  }
}
