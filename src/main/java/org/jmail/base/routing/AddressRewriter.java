package org.jmail.base.routing;

import java.util.ArrayList;
import java.util.List;
import org.jmail.base.address.AddressParser;
import org.jmail.base.address.AddressQuoting;
import org.jmail.base.address.AddressTree.Address;
import org.jmail.base.address.Token;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;

/// Completes addresses to the form user@fully.qualified.domain (Postfix rewrite.c): source routes
/// are stripped, `host!user` and `user%host` turned round, the missing origin and domain appended,
/// a dot at the end removed. Broken addresses stay broken, so that diagnostics show them.
public final class AddressRewriter {

  /// Which names complete an address.
  ///
  /// @param origin what follows the '@' of an address that has none; empty: nothing is added
  /// @param domain what follows a host name without a dot; empty: nothing is added
  public record Context(String origin, String domain) {}

  /// Which rules apply, named as the parameters.
  public record Rules(
      boolean appendAtMyorigin,
      boolean appendDotMydomain,
      boolean swapBangpath,
      boolean allowPercentHack) {}

  private final Context context;
  private final Rules rules;

  public AddressRewriter(Context context, Rules rules) {
    this.context = context;
    this.rules = rules;
  }

  /// For envelopes, and for headers of mail from this machine.
  public static AddressRewriter local(Config config) throws BadValueException {
    return new AddressRewriter(
        new Context(config.get(BaseParameters.MYORIGIN), config.get(BaseParameters.MYDOMAIN)),
        rules(config));
  }

  /// For headers of mail from elsewhere, which are left alone unless remote_header_rewrite_domain
  /// says what to add.
  public static AddressRewriter remote(Config config) throws BadValueException {
    String domain = config.get(AddressParameters.REMOTE_HEADER_REWRITE_DOMAIN);
    return new AddressRewriter(new Context(domain, domain), rules(config));
  }

  private static Rules rules(Config config) throws BadValueException {
    return new Rules(
        config.get(AddressParameters.APPEND_AT_MYORIGIN),
        config.get(AddressParameters.APPEND_DOT_MYDOMAIN),
        config.get(AddressParameters.SWAP_BANGPATH),
        config.get(AddressParameters.ALLOW_PERCENT_HACK));
  }

  /// The rules in force.
  public Rules rules() {
    return rules;
  }

  /// Completes an address in external form.
  public String external(String address) {
    List<Token> tokens = AddressParser.scan(address);
    return AddressQuoting.quote822(new Address(rewrite(tokens), false).internal());
  }

  /// Completes an address in internal form.
  public String internal(String address) {
    return AddressQuoting.unquote(external(AddressQuoting.quote822(address)));
  }

  /// Completes an address in tokens.
  public List<Token> rewrite(List<Token> tokens) {
    if (tokens.isEmpty() || isEmptyString(tokens)) {
      return tokens;
    }
    if (tokens.size() == 1 && tokens.getFirst().is('@')) {
      return List.of(new Token(Token.Kind.QUOTED_STRING, ""));
    }
    List<Token> address = new ArrayList<>(stripRoute(tokens));
    if (last(address, '@') < 0) {
      address = addOrigin(address);
    }
    addDomain(address);
    stripFinalDot(address);
    return address;
  }

  private static boolean isEmptyString(List<Token> tokens) {
    return tokens.size() == 1
        && tokens.getFirst().kind() == Token.Kind.QUOTED_STRING
        && tokens.getFirst().text().isEmpty();
  }

  /// `@relay,@relay:user@host` to `user@host` (RFC 5321 appendix C).
  private static List<Token> stripRoute(List<Token> tokens) {
    int colon = tokens.getFirst().is('@') ? first(tokens, ':') : -1;
    return colon >= 0 && colon < tokens.size() - 1
        ? tokens.subList(colon + 1, tokens.size())
        : tokens;
  }

  private List<Token> addOrigin(List<Token> address) {
    int bang = rules.swapBangpath() ? first(address, '!') : -1;
    if (bang >= 0) {
      List<Token> swapped = new ArrayList<>(address.subList(bang + 1, address.size()));
      swapped.add(Token.operator('@'));
      swapped.addAll(address.subList(0, bang));
      return swapped;
    }
    int percent = rules.allowPercentHack() ? last(address, '%') : -1;
    if (percent >= 0) {
      address.set(percent, Token.operator('@'));
    } else if (rules.appendAtMyorigin() && !context.origin().isEmpty()) {
      address.add(Token.operator('@'));
      address.addAll(AddressParser.scan(context.origin()));
    }
    return address;
  }

  private void addDomain(List<Token> address) {
    int at = last(address, '@');
    if (!rules.appendDotMydomain()
        || context.domain().isEmpty()
        || at < 0
        || at == address.size() - 1) {
      return;
    }
    for (Token token : address.subList(at, address.size())) {
      if (token.is('.') || token.kind() == Token.Kind.DOMAIN_LITERAL) {
        return;
      }
    }
    address.add(Token.operator('.'));
    address.addAll(AddressParser.scan(context.domain()));
  }

  private static void stripFinalDot(List<Token> address) {
    int size = address.size();
    if (size >= 2
        && address.getLast().is('.')
        && !address.get(size - 2).is('.')
        && !address.get(size - 2).is('@')) {
      address.removeLast();
    }
  }

  /// Where the first such operator is; -1 when there is none.
  public static int first(List<Token> tokens, char operator) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is(operator)) {
        return i;
      }
    }
    return -1;
  }

  /// Where the last such operator is; -1 when there is none.
  public static int last(List<Token> tokens, char operator) {
    for (int i = tokens.size() - 1; i >= 0; i--) {
      if (tokens.get(i).is(operator)) {
        return i;
      }
    }
    return -1;
  }
}
