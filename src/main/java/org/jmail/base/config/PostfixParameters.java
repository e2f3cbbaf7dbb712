package org.jmail.base.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Postfix's parameters by name, kind and built-in default: facts, from a resource beside this
/// class. A declared [Parameter] takes precedence; the rest keep an unmodified main.cf free of
/// warnings, resolve `$name`, and make `postconf -d` complete.
public final class PostfixParameters {

  /// One parameter as Postfix has it.
  ///
  /// @param kind as Postfix's tables call it: str raw bool nbool int nint long time legacy
  public record Fact(String name, String kind, String defaultText) {}

  private static final class Holder {
    static final Map<String, Fact> FACTS = load();

    private static Map<String, Fact> load() {
      Map<String, Fact> facts = new LinkedHashMap<>();
      try (InputStream in = PostfixParameters.class.getResourceAsStream("postfix-parameters")) {
        if (in == null) {
          throw new IllegalStateException("the jar lacks the resource postfix-parameters");
        }
        String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        for (int start = 0; start < text.length(); ) {
          int end = text.indexOf('\n', start);
          add(text, start, end, facts);
          start = end + 1;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Collections.unmodifiableMap(facts);
    }

    /// A line is `kind name = default`; `#` begins a comment.
    private static void add(String text, int start, int end, Map<String, Fact> facts) {
      if (start == end || text.charAt(start) == '#') {
        return;
      }
      int name = text.indexOf(' ', start) + 1;
      int equals = text.indexOf(" =", name);
      String value = equals + 3 > end ? "" : text.substring(equals + 3, end);
      Fact fact = new Fact(text.substring(name, equals), text.substring(start, name - 1), value);
      facts.put(fact.name(), fact);
    }
  }

  private PostfixParameters() {}

  /// All facts by name.
  public static Map<String, Fact> all() {
    return Holder.FACTS;
  }

  static Optional<String> defaultText(String name) {
    return Optional.ofNullable(Holder.FACTS.get(name)).map(Fact::defaultText);
  }

  static boolean isRaw(String name) {
    Fact fact = Holder.FACTS.get(name);
    return fact != null && fact.kind().equals("raw");
  }
}
