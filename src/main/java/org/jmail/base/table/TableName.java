package org.jmail.base.table;

/// `type:name` taken apart.
record TableName(String type, String name) {

  /// A name without a type is of the default type.
  static TableName parse(String typeAndName, String defaultType) {
    int colon = typeAndName.indexOf(':');
    return colon < 0
        ? new TableName(defaultType, typeAndName)
        : new TableName(typeAndName.substring(0, colon), typeAndName.substring(colon + 1));
  }
}
