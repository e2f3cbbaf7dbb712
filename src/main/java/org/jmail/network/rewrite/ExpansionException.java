package org.jmail.network.rewrite;

/// An alias that expands without end, or to too much: a mistake in a table, so that mail to it
/// waits (4.6.0). The message is one line that names the parameter and the address.
public final class ExpansionException extends Exception {
  private static final long serialVersionUID = 1L;

  public ExpansionException(String message) {
    super(message);
  }
}
