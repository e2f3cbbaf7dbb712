package org.jmail.base.spool;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jmail.base.address.AddressExtension;
import org.jmail.base.address.AddressParser;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.table.Maps;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableContext;
import org.jmail.base.table.TableException;

/// Who may submit mail with sendmail, and under which senders (authorized_submit_users,
/// local_login_sender_maps; Postfix user_acl.c, login_sender_match.c). Safe for use by many
/// threads.
public final class Submitters implements AutoCloseable {

  private static final String ANY = "*";

  private final Optional<MatchList> users;
  private final Optional<Maps> senders;
  private final String nullSender;
  private final AddressExtension extensions;

  private Submitters(
      Optional<MatchList> users,
      Optional<Maps> senders,
      String nullSender,
      AddressExtension extensions) {
    this.users = users;
    this.senders = senders;
    this.nullSender = nullSender;
    this.extensions = extensions;
  }

  /// As main.cf says.
  ///
  /// @param warning takes what tables find odd
  public static Submitters of(Config config, Consumer<String> warning) throws BadValueException {
    String users = config.get(SubmissionParameters.AUTHORIZED_SUBMIT_USERS);
    String senders = config.get(SubmissionParameters.LOCAL_LOGIN_SENDER_MAPS);
    TableContext context = TableContext.of(config, warning);
    return new Submitters(
        everybody(users)
            ? Optional.empty()
            : Optional.of(
                MatchList.parse(
                    SubmissionParameters.AUTHORIZED_SUBMIT_USERS.name(), users, false, context)),
        senders.equals(SubmissionParameters.LOCAL_LOGIN_SENDER_MAPS.defaultText())
            ? Optional.empty()
            : Optional.of(
                Maps.open(SubmissionParameters.LOCAL_LOGIN_SENDER_MAPS.name(), senders, context)),
        config.get(SubmissionParameters.EMPTY_ADDRESS_LOCAL_LOGIN_SENDER_MAPS_LOOKUP_KEY),
        new AddressExtension(
            config.get(BaseParameters.RECIPIENT_DELIMITER), true, "double-bounce"));
  }

  /// Whether the value of authorized_submit_users lets everybody in without a look at the user.
  /// What follows `static:` does not matter.
  public static boolean everybody(String authorizedSubmitUsers) {
    return authorizedSubmitUsers.startsWith("static:");
  }

  /// Whether a user may submit at all.
  ///
  /// @param login the login name, `unknown` when the uid has none
  public boolean maySubmit(String login) throws TableException {
    return users.isEmpty() || users.get().matchesString(login);
  }

  /// Whether a user may submit with this sender.
  ///
  /// @param login the login name, `uid:` and the number when there is none
  public boolean mayUse(String login, ReversePath sender) throws TableException {
    if (senders.isEmpty()) {
      return true;
    }
    Optional<String> patterns = senders.get().find(login);
    if (patterns.isPresent()) {
      for (String pattern : words(patterns.get())) {
        if (matches(pattern, sender)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean matches(String pattern, ReversePath sender) {
    String text = sender.toString();
    if (pattern.startsWith("@")) {
      int at = text.lastIndexOf('@');
      return at >= 0 && equal(pattern, text.substring(at));
    }
    if (pattern.equals(ANY)) {
      return true;
    }
    if (equal(pattern, nullSender)) {
      return sender.isNull();
    }
    return !sender.isNull() && equal(pattern, AddressParser.quote(withoutExtension(text)));
  }

  private String withoutExtension(String address) {
    int at = address.lastIndexOf('@');
    String local = at < 0 ? address : address.substring(0, at);
    Optional<AddressExtension.Split> split = extensions.split(local);
    return split.isEmpty() ? address : split.get().user() + (at < 0 ? "" : address.substring(at));
  }

  private static boolean equal(String one, String other) {
    return one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
  }

  /// Splits at comma and white space, but not between double quotes (mystrtokdq).
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if (c == '"') {
        quoted = !quoted;
      }
      boolean separator = c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
      if (i == text.length() || (separator && !quoted)) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
      } else if (c == '\\' && i + 1 < text.length()) {
        word.append(c).append(text.charAt(++i));
      } else {
        word.append(c);
      }
    }
    return words;
  }

  @Override
  public void close() {
    users.ifPresent(MatchList::close);
    senders.ifPresent(Maps::close);
  }
}
