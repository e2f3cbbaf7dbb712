package org.jmail.delivery.local;

import java.util.Optional;
import org.jmail.base.address.AddressExtension;
import org.jmail.base.table.Utf8;

/// A local part as it is looked up: in lower case, and taken apart.
///
/// @param local with the extension
/// @param user without it
/// @param extension right of the delimiter; empty when there is none
/// @param delimiter the octet before the extension, as a text; empty when there is none
/// @param illegal whether an extension with a slash was dropped: it could leave the home folder by
///   way of forward_path
record LocalName(String local, String user, String extension, String delimiter, boolean illegal) {

  /// Nobody yet.
  static final LocalName NONE = new LocalName("", "", "", "", false);

  static LocalName of(String localPart, AddressExtension splitter) {
    String folded = Utf8.fold(localPart);
    Optional<AddressExtension.Split> split = splitter.split(folded);
    if (split.isEmpty()) {
      return new LocalName(folded, folded, "", "", false);
    }
    AddressExtension.Split parts = split.get();
    if (parts.extension().indexOf('/') >= 0) {
      return new LocalName(parts.user(), parts.user(), "", "", true);
    }
    String delimiter = String.valueOf(parts.delimiter());
    return new LocalName(folded, parts.user(), parts.extension(), delimiter, false);
  }

  boolean hasExtension() {
    return !delimiter.isEmpty();
  }

  /// Delimiter and extension.
  String suffix() {
    return delimiter + extension;
  }

  /// The local part without the backslash in front that says: no alias, no .forward.
  LocalName withoutBackslash() {
    return new LocalName(local.substring(1), user.substring(1), extension, delimiter, illegal);
  }
}
