package org.jmail.base.ipc;

/// What the two processes say to each other over the network process's standard streams, a line
/// each. Lines of the log go the same way (org.jmail.base.maillog). The end of standard input means
/// that the network process must finish and end, whether its supervisor wants that or died.
public final class Supervision {

  /// To either process, first of all: begin. Until then it has loaded what takes time and touched
  /// nothing, so that it can be started before it is certain that it may run.
  public static final String BEGIN = "begin";

  /// From the network process: mail is accepted.
  public static final String READY = "ready";

  /// To the network process: read the configuration again.
  public static final String RELOAD = "reload";

  /// From the network process: it works by the new configuration.
  public static final String RELOADED = "reloaded";

  /// From the network process, before the reason: it goes on by the old configuration.
  public static final String REFUSED = "refused ";

  private Supervision() {}
}
