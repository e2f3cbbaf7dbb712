package org.jmail.command.postconf;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a command line asks for. The order is that of Postfix's messages.
enum Option {
  SHOW_SASL_SERVER("-a"),
  SHOW_SASL_CLIENT("-A"),
  EXPAND_TEMPLATES("-b"),
  CLASS("-C"),
  DEFAULTS("-d"),
  EDIT("-e"),
  FOLD("-f"),
  MASTER_FIELDS("-F"),
  HIDE_NAME("-h"),
  HIDE_VALUE("-H"),
  JSON("-j"),
  SHOW_LOCKS("-l"),
  SHOW_MAPS("-m"),
  MASTER_ENTRIES("-M"),
  NON_DEFAULT("-n"),
  OVERRIDE("-o"),
  MAIN("-p"),
  MASTER_PARAMETERS("-P"),
  DUMP_TEMPLATES("-t"),
  SHOW_TLS("-T"),
  EXPAND("-x"),
  DELETE("-X"),
  COMMENT_OUT("-#"),
  MERGED_PARAMETERS("-PP");

  /// Exactly one of these is in effect.
  static final Set<Option> MODES =
      EnumSet.of(
          SHOW_SASL_SERVER,
          SHOW_SASL_CLIENT,
          EXPAND_TEMPLATES,
          SHOW_LOCKS,
          SHOW_MAPS,
          DUMP_TEMPLATES,
          MAIN,
          MASTER_ENTRIES,
          MASTER_FIELDS,
          MASTER_PARAMETERS,
          SHOW_TLS);

  /// The modes that show or edit a file.
  static final Set<Option> FILES =
      EnumSet.of(MAIN, MASTER_ENTRIES, MASTER_FIELDS, MASTER_PARAMETERS);

  /// The modes about master.cf.
  static final Set<Option> MASTER = EnumSet.of(MASTER_ENTRIES, MASTER_FIELDS, MASTER_PARAMETERS);

  /// What changes a file.
  static final Set<Option> EDITS = EnumSet.of(EDIT, DELETE, COMMENT_OUT);

  private static final List<Set<Option>> EXCLUSIVE =
      List.of(
          MODES,
          EnumSet.of(MERGED_PARAMETERS, EDIT, COMMENT_OUT, DELETE),
          EnumSet.of(DEFAULTS, EDIT, NON_DEFAULT, COMMENT_OUT, DELETE),
          EnumSet.of(FOLD, EDIT, COMMENT_OUT, DELETE),
          EnumSet.of(EXPAND, EDIT, COMMENT_OUT, DELETE),
          EnumSet.of(OVERRIDE, DEFAULTS, EDIT, COMMENT_OUT, DELETE),
          EnumSet.of(HIDE_NAME, EDIT, COMMENT_OUT, DELETE, HIDE_VALUE));

  /// In Postfix's order, which decides what is complained about first.
  private static final List<Option> CHECKED =
      List.of(
          SHOW_SASL_SERVER,
          SHOW_SASL_CLIENT,
          EXPAND_TEMPLATES,
          SHOW_LOCKS,
          SHOW_MAPS,
          SHOW_TLS,
          DUMP_TEMPLATES,
          MAIN,
          MASTER_ENTRIES,
          MASTER_FIELDS,
          MASTER_PARAMETERS,
          MERGED_PARAMETERS,
          JSON,
          CLASS);

  private final String flag;

  Option(String flag) {
    this.flag = flag;
  }

  /// What is wrong with a combination; empty when nothing is.
  static String conflict(Set<Option> given) {
    for (Set<Option> group : EXCLUSIVE) {
      Set<Option> both = EnumSet.copyOf(group);
      both.retainAll(given);
      if (both.size() > 1) {
        return "specify one of " + names(both);
      }
    }
    for (Option option : CHECKED) {
      if (!given.contains(option)) {
        continue;
      }
      Set<Option> excess = EnumSet.copyOf(given);
      excess.remove(option);
      excess.removeAll(companions(option));
      if (!excess.isEmpty()) {
        return "with option " + option.flag + ", do not specify " + names(excess);
      }
    }
    return "";
  }

  /// What may be given together with an option.
  private static Set<Option> companions(Option option) {
    return switch (option) {
      case SHOW_SASL_SERVER,
          SHOW_SASL_CLIENT,
          EXPAND_TEMPLATES,
          SHOW_LOCKS,
          SHOW_MAPS,
          SHOW_TLS,
          DUMP_TEMPLATES ->
          EnumSet.noneOf(Option.class);
      case MAIN ->
          EnumSet.of(
              EDIT,
              DELETE,
              COMMENT_OUT,
              FOLD,
              HIDE_NAME,
              CLASS,
              EXPAND,
              DEFAULTS,
              NON_DEFAULT,
              OVERRIDE,
              HIDE_VALUE,
              JSON);
      case MASTER_ENTRIES -> EnumSet.of(EDIT, DELETE, COMMENT_OUT, FOLD, OVERRIDE, EXPAND, JSON);
      case MASTER_FIELDS -> EnumSet.of(EDIT, FOLD, HIDE_NAME, OVERRIDE, EXPAND, HIDE_VALUE, JSON);
      case MASTER_PARAMETERS ->
          EnumSet.of(
              EDIT, DELETE, FOLD, HIDE_NAME, OVERRIDE, EXPAND, HIDE_VALUE, JSON, MERGED_PARAMETERS);
      case MERGED_PARAMETERS ->
          EnumSet.of(FOLD, HIDE_NAME, OVERRIDE, EXPAND, HIDE_VALUE, JSON, MASTER_PARAMETERS);
      case JSON ->
          EnumSet.of(
              MAIN,
              MASTER_ENTRIES,
              MASTER_FIELDS,
              MASTER_PARAMETERS,
              MERGED_PARAMETERS,
              OVERRIDE,
              EXPAND,
              NON_DEFAULT,
              DEFAULTS);
      case CLASS -> EnumSet.of(MAIN, DEFAULTS, NON_DEFAULT);
      default -> EnumSet.allOf(Option.class);
    };
  }

  private static String names(Set<Option> options) {
    List<String> names = new ArrayList<>();
    for (Option option : options) {
      names.add(option.flag);
    }
    return String.join(" ", names);
  }
}
