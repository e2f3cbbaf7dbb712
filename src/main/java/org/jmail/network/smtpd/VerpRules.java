package org.jmail.network.smtpd;

/// What XVERP may say: variable envelope return paths, where a bounce's address tells whom it is
/// about.
///
/// @param standard default_verp_delimiters
/// @param filter verp_delimiter_filter
record VerpRules(String standard, String filter) {

  /// Whether these can be the two delimiters (Postfix verp_delims_verify).
  boolean allows(String delimiters) {
    return delimiters.length() == 2
        && delimiters.chars().allMatch(c -> filter.indexOf((char) c) >= 0);
  }
}
