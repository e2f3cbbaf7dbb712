package org.jmail.command.postmap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.jmail.command.Ran;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Debian's real postmap judges ours: the same table, the same keys, the same answers and warnings.
final class PostmapAgreesTest {

  @TempDir Path folder;
  private Judge judge;

  @BeforeEach
  void makeFolder() throws Exception {
    judge = new Judge(folder);
  }

  /// Type, table text, keys.
  static Stream<Arguments> tables() {
    return TableCorpus.tables();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("tables")
  void everyKeyHasTheSameAnswer(String type, String text, String keys) throws Exception {
    Path file = judge.write("table", text);
    if (type.equals("lmdb")) {
      agree("", "lmdb:" + file);
    }
    agree(keys, "-q", "-", type + ":" + file);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inlineTables")
  void everyKeyHasTheSameAnswerInTablesOfMainCf(String table, String keys) throws Exception {
    agree(keys, "-q", "-", table.replace("DIR", folder.toString()));
  }

  static Stream<Arguments> inlineTables() {
    return TableCorpus.inlineTables();
  }

  private void agree(String input, String... words) throws Exception {
    Ran real = judge.real("postmap", input, words);
    Ran ours = judge.ours("postmap", input, words);
    assertEquals(text(real), text(ours));
  }

  /// Ours also says in which file and line something is wrong where Postfix does not.
  private static String text(Ran verdict) {
    return verdict.out()
        + verdict
            .err()
            .replaceAll(", line \\d+(: logical line must)", "$1")
            .replaceAll("(?:regexp|pcre) map \\S+, line \\d+: (truncated|empty) macro", "$1 macro")
        + verdict.status();
  }
}
