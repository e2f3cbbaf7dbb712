package org.jmail.base.table;

import java.util.function.Consumer;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;

/// How tables are opened: what main.cf says about them, and what the one who opens them wants.
///
/// @param defaultType default_database_type, for names without `type:`
/// @param mapSize lmdb_map_size: octets a table may grow to before its map is made larger
/// @param utf8 smtputf8_enable: keys and values must be UTF-8, and fold as such
/// @param fold keys of tables with fixed keys are looked up in lower case (DICT_FLAG_FOLD_FIX)
/// @param fileValues values in a text source name files whose contents are meant
///   (DICT_FLAG_SRC_RHS_IS_FILE)
/// @param substitution `$1` in the results of regexp and pcre tables (not DICT_FLAG_NO_REGSUB)
/// @param terminator how indexed tables end keys and values
/// @param duplicates what a second value for a key in a text source does
/// @param warning takes what a bad line, or a table older than its source, is worth saying
public record TableContext(
    String defaultType,
    long mapSize,
    boolean utf8,
    boolean fold,
    boolean fileValues,
    boolean substitution,
    Terminator terminator,
    Duplicates duplicates,
    Consumer<String> warning) {

  /// Whether a NUL ends the keys and values of an indexed table (DICT_FLAG_TRY1NULL, TRY0NULL).
  public enum Terminator {
    NUL,
    NONE,
    /// As the table at hand has it; new tables have one, as Postfix makes them.
    EITHER
  }

  /// What to do with a key that is there already.
  public enum Duplicates {
    WARN,
    IGNORE,
    REPLACE
  }

  /// Postfix's defaults, without any configuration.
  public static TableContext standard(Consumer<String> warning) {
    return new TableContext(
        "lmdb", 16L << 20, true, true, false, true, Terminator.EITHER, Duplicates.WARN, warning);
  }

  /// As main.cf says.
  public static TableContext of(Config config, Consumer<String> warning) throws BadValueException {
    return new TableContext(
        config.get(BaseParameters.DEFAULT_DATABASE_TYPE),
        config.get(BaseParameters.LMDB_MAP_SIZE),
        config.get(TableParameters.SMTPUTF8_ENABLE),
        true,
        false,
        true,
        Terminator.EITHER,
        Duplicates.WARN,
        warning);
  }

  public TableContext withUtf8(boolean wanted) {
    return new TableContext(
        defaultType,
        mapSize,
        wanted,
        fold,
        fileValues,
        substitution,
        terminator,
        duplicates,
        warning);
  }

  public TableContext withFold(boolean wanted) {
    return new TableContext(
        defaultType,
        mapSize,
        utf8,
        wanted,
        fileValues,
        substitution,
        terminator,
        duplicates,
        warning);
  }

  public TableContext withFileValues(boolean wanted) {
    return new TableContext(
        defaultType, mapSize, utf8, fold, wanted, substitution, terminator, duplicates, warning);
  }

  public TableContext withSubstitution(boolean wanted) {
    return new TableContext(
        defaultType, mapSize, utf8, fold, fileValues, wanted, terminator, duplicates, warning);
  }

  public TableContext withTerminator(Terminator wanted) {
    return new TableContext(
        defaultType, mapSize, utf8, fold, fileValues, substitution, wanted, duplicates, warning);
  }

  public TableContext withDuplicates(Duplicates wanted) {
    return new TableContext(
        defaultType, mapSize, utf8, fold, fileValues, substitution, terminator, wanted, warning);
  }

  public TableContext withWarning(Consumer<String> receiver) {
    return new TableContext(
        defaultType,
        mapSize,
        utf8,
        fold,
        fileValues,
        substitution,
        terminator,
        duplicates,
        receiver);
  }
}
