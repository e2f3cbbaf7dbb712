package org.jmail.network.smtpd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.Printable;
import org.jmail.base.table.Maps;
import org.jmail.base.table.TableException;

/// What the administrator wants refusals to say: smtpd_reject_filter_maps replaces them,
/// smtpd_reject_footer_maps and smtpd_reject_footer add to them (Postfix smtpd_chat.c,
/// smtp_reply_footer.c). Safe for use by many threads.
final class RefusalFilter {

  private static final Pattern REPLY = Pattern.compile("(?s)([45])\\d\\d[ -](?!(?!\\1)\\d).*");
  private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}(?= |$)");

  private final Maps replacements;
  private final Maps footers;
  private final String footer;
  private final MailLog log;

  RefusalFilter(Maps replacements, Maps footers, String footer, MailLog log) {
    this.replacements = replacements;
    this.footers = footers;
    this.footer = footer;
    this.log = log;
  }

  Reply apply(Session session, Reply reply) {
    Reply changed = replaced(session, reply);
    String template = find(footers, changed.text()).orElse(footer);
    return template.isEmpty() ? changed : withFooter(session, changed, template);
  }

  private Reply replaced(Session session, Reply reply) {
    Optional<String> other = find(replacements, reply.text());
    if (other.isEmpty()) {
      return reply;
    }
    if (!REPLY.matcher(other.get()).matches()) {
      log.warning(session.queueId() + ": ignoring invalid reject filter result: " + other.get());
      return reply;
    }
    log.info(session.queueId() + ": reply filter in: " + reply.text());
    log.info(session.queueId() + ": reply filter out: " + other.get());
    return reply.saying(List.of(Printable.of(other.get())));
  }

  private Optional<String> find(Maps maps, String text) {
    if (maps.isEmpty()) {
      return Optional.empty();
    }
    try {
      return maps.find(text);
    } catch (TableException e) {
      log.warning(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Reply withFooter(Session session, Reply reply, String template) {
    List<String> lines = new ArrayList<>(reply.lines());
    String code = reply.text().substring(0, 3);
    Matcher matcher = STATUS.matcher(reply.text().substring(Math.min(4, reply.text().length())));
    String status = matcher.lookingAt() ? matcher.group() + " " : "";
    String[] parts = template.split("\\\\n", -1);
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      if (i == 0 && part.startsWith("\\c")) {
        String last = lines.removeLast();
        lines.add(last + FooterText.expand(part.substring(2), session));
      } else {
        lines.add(code + " " + status + FooterText.expand(part, session));
      }
    }
    for (int i = 0; i + 1 < lines.size(); i++) {
      String line = lines.get(i);
      lines.set(i, line.substring(0, 3) + "-" + line.substring(Math.min(4, line.length())));
    }
    return reply.saying(lines);
  }
}
