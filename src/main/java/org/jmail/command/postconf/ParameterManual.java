package org.jmail.command.postconf;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterCatalogue;

/// Prints postconf(5) from the declarations; run at installation.
public final class ParameterManual {
  private static final String HEAD =
      """
      .Dd November 22, 2026
      .Dt POSTCONF 5
      .Os jmail
      .Sh NAME
      .Nm postconf
      .Nd parameters of the mail system
      .Sh DESCRIPTION
      .Pa main.cf
      has a parameter a line, as
      .Li name = value .
      A line that begins with white space continues the one before; one that begins with
      .Ql #
      is a comment.
      The last of several settings of one name counts.
      There is no quoting.
      .Bl -tag -width Ds
      .It Li $name , ${name} , $(name)
      The value of another parameter, expanded as well.
      .It Li ${name?text} , ${name:text}
      The text if the value is not empty; if it is.
      .It Li ${name?{text}:{text}}
      The first text if the value is not empty, else the second.
      .It Li ${{text} == {text} ? {text} : {text}}
      Compares: numbers when both are all digits, else octets.
      The operators are
      .Li == != < <= >= > ,
      each also with
      .Li level
      behind it to compare versions, as in
      .Li <=level .
      .It Li $$
      A dollar.
      .El
      .Pp
      A time is a number and
      .Cm s , m , h , d
      or
      .Cm w ;
      without a letter it counts in that of the default.
      Words of a list are separated by commas or white space; braces keep words together.
      A table is
      .Li type:name ;
      .Dq postconf -m
      lists the types.
      .Pp
      A service has settings of its own where
      .Pa master.cf
      says
      .Li -o name=value .
      .Pp
      Below are the parameters that jmail acts on, each with its default.
      Those of Postfix that are not here are known and have no effect yet;
      .Dq postconf -d
      prints them all.
      .Sh PARAMETERS
      .Bl -tag -width Ds
      """;

  private static final String TAIL =
      """
      .El
      .Sh FILES
      .Pa /etc/postfix/main.cf ,
      .Pa /etc/postfix/master.cf
      .Sh SEE ALSO
      .Xr postconf 1 ,
      .Xr postfix 1
      """;

  private ParameterManual() {}

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    out.print(text());
    out.flush();
  }

  /// The page.
  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    Map<String, Parameter<?>> sorted = new TreeMap<>(ParameterCatalogue.declared());
    for (Parameter<?> parameter : sorted.values()) {
      page.append(".It Va ").append(parameter.name()).append('\n');
      page.append(kind(parameter.kind())).append("; default:\n");
      page.append(".Li ").append(value(parameter)).append('\n');
      page.append(".br\n");
      for (String sentence : parameter.documentation().split("(?<=[.!?]) +", -1)) {
        page.append(escaped(sentence)).append('\n');
      }
    }
    return page.append(TAIL).toString();
  }

  private static String value(Parameter<?> parameter) {
    return parameter.defaultText().isEmpty() ? "(empty)" : quoted(parameter.defaultText());
  }

  private static String kind(Parameter.Kind kind) {
    return switch (kind) {
      case TEXT -> "text";
      case RAW -> "text, expanded when it is used";
      case BOOLEAN -> "yes or no";
      case NUMBER -> "number";
      case TIME -> "time";
      case LIST -> "list";
    };
  }

  /// One argument of a macro.
  private static String quoted(String text) {
    return "\"" + escaped(text).replace("\"", "\"\"") + "\"";
  }

  /// Text in which nothing is taken for a request or an escape.
  private static String escaped(String text) {
    String safe = text.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
