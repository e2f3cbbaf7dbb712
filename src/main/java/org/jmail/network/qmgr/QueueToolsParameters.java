package org.jmail.network.qmgr;

import java.util.List;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// Who may use the queue tools, and for what.
public final class QueueToolsParameters implements ParameterSet {

  public static final Parameter<String> AUTHORIZED_MAILQ_USERS =
      Parameter.text(
          "authorized_mailq_users",
          "static:anyone",
          "The users who may list the queue: names, files and type:table lookups. Root and"
              + " mail_owner always may.");

  public static final Parameter<String> AUTHORIZED_FLUSH_USERS =
      Parameter.text(
          "authorized_flush_users",
          "static:anyone",
          "The users who may have the queue flushed: names, files and type:table lookups. Root and"
              + " mail_owner always may.");

  public static final Parameter<String> FAST_FLUSH_DOMAINS =
      Parameter.text(
          "fast_flush_domains",
          "$relay_domains",
          "The destinations whose mail \"postqueue -s\" and ETRN may have tried at once.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(AUTHORIZED_MAILQ_USERS, AUTHORIZED_FLUSH_USERS, FAST_FLUSH_DOMAINS);
  }
}
