package org.jmail.delivery.local;

import java.util.Optional;
import org.jmail.base.address.AddressParser;
import org.jmail.base.table.TableException;

/// The owners of lists: aliases with another one called owner-NAME beside them. Safe for use by
/// many threads. Postfix counterpart: alias.c, bounce_workaround.c.
final class ListOwners {

  private final LocalSettings settings;
  private final LocalTables tables;

  ListOwners(LocalSettings settings, LocalTables tables) {
    this.settings = settings;
    this.tables = tables;
  }

  /// The address of the owner of a name as it is, complete: owner-NAME, or with expand_owner_alias
  /// the first address that it stands for.
  Optional<String> exactly(String name) throws TableException {
    String alias = "owner-" + name;
    Optional<String> value = tables.aliases().find(alias);
    return value.map(
        text -> settings.rewriter().internal(settings.expandOwner() ? first(text, alias) : alias));
  }

  /// The same for a local part, which may have an extension.
  Optional<String> of(String localPart) throws TableException {
    Optional<String> own = exactly(localPart);
    LocalName name = LocalName.of(localPart, settings.extension());
    return own.isPresent() || !name.hasExtension() ? own : exactly(name.user());
  }

  private static String first(String value, String otherwise) {
    return AddressParser.addresses(value).stream().findFirst().orElse(otherwise);
  }
}
