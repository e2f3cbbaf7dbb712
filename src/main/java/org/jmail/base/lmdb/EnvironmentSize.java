package org.jmail.base.lmdb;

/// mdb_env_info: the size of the map in octets, the last page in use, the last committed
/// transaction, and the reader slots.
public record EnvironmentSize(
    long mapSize, long lastPage, long lastTransaction, int maxReaders, int readers) {}
