package org.jmail.base.table;

import java.util.List;

/// The table types (Postfix dict_open.c).
public final class Tables {

  private static final List<String> TYPES =
      List.of(
          "btree",
          "cidr",
          "environ",
          "fail",
          "hash",
          "inline",
          "internal",
          "lmdb",
          "pcre",
          "pipemap",
          "proxy",
          "randmap",
          "regexp",
          "static",
          "texthash",
          "unionmap",
          "unix");

  private Tables() {}

  /// All types, sorted: what `postconf -m` prints.
  public static List<String> types() {
    return TYPES;
  }

  /// Whether tables of this type are made by postmap.
  public static boolean isIndexed(String type) {
    return type.equals("lmdb") || type.equals("hash") || type.equals("btree");
  }

  /// Opens `type:name`, or a name of the default type.
  ///
  /// @throws TableException when the type is unknown, the file is missing or the name is malformed
  public static LookupTable open(String typeAndName, TableContext context) throws TableException {
    TableName table = TableName.parse(typeAndName, context.defaultType());
    if (table.type().isEmpty() || table.name().isEmpty()) {
      throw new TableException(
          "open dictionary: expecting \"type:name\" form instead of \"" + typeAndName + "\"");
    }
    return new FoldingTable(open(table.type(), table.name(), context), context);
  }

  private static LookupTable open(String type, String name, TableContext context)
      throws TableException {
    return switch (type) {
      case "lmdb", "hash", "btree" -> new LmdbTable(type, name, context);
      case "texthash" -> new TextHashTable(name, context);
      case "inline" -> InlineTable.parse(name, context);
      case "internal" -> InlineTable.internal(name);
      case "static" -> new StaticTable(name, context);
      case "regexp", "pcre" -> new PatternTable(type, name, context);
      case "cidr" -> new CidrTable(name, context);
      case "unionmap" -> ComposedTable.union(name, context);
      case "pipemap" -> ComposedTable.pipe(name, context);
      case "randmap" -> new RandomTable(name, context);
      case "fail" -> new FailTable(name);
      case "environ" -> new EnvironTable(name);
      case "unix" -> new UnixTable(name);
      // proxy: spares Postfix's many processes an open file each; one process needs no proxy
      case "proxy" -> open(name, context);
      default -> throw new TableException("unsupported dictionary type: " + type);
    };
  }
}
