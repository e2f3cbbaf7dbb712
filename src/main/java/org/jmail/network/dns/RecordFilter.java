package org.jmail.network.dns;

import org.jmail.base.maillog.MailLog;
import org.jmail.base.table.Maps;
import org.jmail.base.table.TableException;

/// smtpd_dns_reply_filter and its relatives: records of replies that are to be passed over, found
/// in tables by their text, `example.com. 3600 IN MX 10 mail.example.com.` (Postfix
/// dns_rr_filter.c). Safe for use by many threads.
///
/// @param parameter for complaints
public record RecordFilter(String parameter, Maps tables, MailLog log) {

  static final String ALL_DROPPED = "DNS reply filter drops all results";

  /// Whether a record stays.
  ///
  /// @throws TableException when that cannot be told
  boolean keeps(String record) throws TableException {
    String action = tables.find(record).orElse("");
    if (action.isEmpty()) {
      return true;
    }
    String word = action.split("[ \\t]", 2)[0];
    if (!word.equalsIgnoreCase("IGNORE")) {
      throw new TableException(
          parameter + ": unknown DNS filter action: \"" + action + "\": specify IGNORE");
    }
    log.info("ignoring DNS RR: " + record);
    return false;
  }
}
