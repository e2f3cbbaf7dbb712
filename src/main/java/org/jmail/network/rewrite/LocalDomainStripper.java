package org.jmail.network.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.jmail.base.address.AddressParser;
import org.jmail.base.address.AddressQuoting;
import org.jmail.base.address.AddressTree.Address;
import org.jmail.base.address.Token;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.table.TableException;

/// Takes local domains off an address until it is a local user or belongs elsewhere:
/// `user%elsewhere@here` is routed to elsewhere (Postfix resolve.c, first half). Used for one
/// address, by one thread.
final class LocalDomainStripper {

  /// The address that is left, and whether it is of this machine.
  record Result(String address, boolean local) {}

  private final ResolverSettings settings;
  private final AddressRewriter rewriter;
  private final ResolverSettings.Lists lists;
  private List<Token> tokens;
  private List<Token> savedDomain = List.of();

  LocalDomainStripper(
      ResolverSettings settings,
      ResolverSettings.Lists lists,
      AddressRewriter rewriter,
      String address) {
    this.settings = settings;
    this.lists = lists;
    this.rewriter = rewriter;
    this.tokens = new ArrayList<>(AddressParser.scan(AddressQuoting.quote822(address)));
  }

  Result run(int limit) throws TableException {
    boolean local = strip(limit);
    if (local) {
      if (savedDomain.isEmpty()) {
        tokens.add(Token.operator('@'));
        tokens.addAll(AddressParser.scan(settings.myhostname()));
      } else {
        tokens.addAll(savedDomain);
      }
    }
    return new Result(new Address(tokens, false).internal(), local);
  }

  /// Whether the address ended up here; otherwise its last domain is another's.
  private boolean strip(int limit) throws TableException {
    for (int count = 0; count <= limit; count++) {
      stripTail();
      int at = AddressRewriter.last(tokens, '@');
      if (at >= 0) {
        List<Token> domain = tokens.subList(at + 1, tokens.size());
        if (!domain.isEmpty() && !lists.local().contains(new Address(domain, false).internal())) {
          return false;
        }
        savedDomain = List.copyOf(tokens.subList(at, tokens.size()));
        tokens = new ArrayList<>(tokens.subList(0, at));
      }
      if (hasRouting()) {
        tokens = new ArrayList<>(rewriter.rewrite(tokens));
      } else if (opensQuotes()) {
        tokens = new ArrayList<>(rewriter.rewrite(tokens));
      } else if (isEmptyUser()) {
        tokens = new ArrayList<>(AddressParser.scan(settings.emptyRecipient()));
      } else if (at < 0 && savedDomain.isEmpty()) {
        tokens.add(Token.operator('@'));
        tokens.addAll(AddressParser.scan(settings.myhostname()));
      } else {
        return true;
      }
    }
    throw new TableException("<" + new Address(tokens, false).internal() + ">: giving up");
  }

  private void stripTail() {
    int size = tokens.size();
    if (size >= 2
        && tokens.getLast().is('.')
        && AddressRewriter.last(tokens, '@') >= 0
        && !tokens.get(size - 2).is('.')
        && !tokens.get(size - 2).is('@')) {
      tokens.removeLast();
    }
    if (settings.nullDomain() && !tokens.isEmpty() && tokens.getLast().is('@')) {
      tokens.removeLast();
    }
  }

  private boolean hasRouting() {
    return AddressRewriter.last(tokens, '@') >= 0
        || (rewriter.rules().swapBangpath() && AddressRewriter.last(tokens, '!') >= 0)
        || (rewriter.rules().allowPercentHack() && AddressRewriter.last(tokens, '%') >= 0);
  }

  /// Looks for routing in a quoted local part: not what RFC 5321 says, but a backup mail host must
  /// not be talked into sending `"user@elsewhere"@here` on.
  private boolean opensQuotes() {
    if (!settings.dequote()
        || tokens.size() != 1
        || tokens.getFirst().kind() != Token.Kind.QUOTED_STRING) {
      return false;
    }
    String text = tokens.getFirst().text();
    int operator = text.lastIndexOf('@');
    if (operator < 0 && rewriter.rules().allowPercentHack()) {
      operator = text.lastIndexOf('%');
    }
    if (operator >= 0) {
      String routed = text.substring(0, operator) + "@" + text.substring(operator + 1);
      tokens = new ArrayList<>(AddressParser.scan(AddressQuoting.quote822(routed)));
      return true;
    }
    if (rewriter.rules().swapBangpath() && text.indexOf('!') >= 0) {
      tokens = new ArrayList<>(AddressParser.scan(text));
      return true;
    }
    return false;
  }

  private boolean isEmptyUser() {
    return tokens.isEmpty()
        || (tokens.size() == 1
            && tokens.getFirst().kind() == Token.Kind.QUOTED_STRING
            && tokens.getFirst().text().isEmpty());
  }
}
