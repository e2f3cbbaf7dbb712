package org.jmail.network.cleanup;

import java.util.Optional;
import org.jmail.base.table.TableException;

/// The tables of header_checks, mime_header_checks, nested_header_checks or body_checks.
///
/// @param title the parameter, for log lines
/// @param present whether any table is configured
record ContentCheck(String title, boolean present, Lookup lookup) {

  /// Looks a header or line up.
  interface Lookup {
    Optional<String> find(String text) throws TableException;
  }

  /// Finds nothing.
  static ContentCheck none(String title) {
    return new ContentCheck(title, false, text -> Optional.empty());
  }

  /// @throws TableException whose message names the parameter
  Optional<CheckAction> check(String text, boolean header) throws TableException {
    try {
      return lookup.find(text).map(value -> CheckAction.parse(value, header, title));
    } catch (TableException e) {
      throw new TableException(
          title + " map lookup problem -- message not accepted, try again later", e);
    }
  }
}
