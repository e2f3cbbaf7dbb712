package org.jmail.base.lmdb;

/// mdb_stat: how large one database is. Pages count [#pageSize] octets each.
public record DatabaseSize(
    int pageSize, int depth, long branchPages, long leafPages, long overflowPages, long entries) {}
