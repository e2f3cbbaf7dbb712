package org.jmail.base.lmdb;

/// A handle of one named (or the main) database of an environment; valid as long as the environment
/// is open, for any transaction that began after the one that opened it was committed.
public record Database(int handle) {}
