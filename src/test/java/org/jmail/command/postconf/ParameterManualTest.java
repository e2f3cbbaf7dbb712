package org.jmail.command.postconf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jmail.base.config.ParameterCatalogue;
import org.junit.jupiter.api.Test;

final class ParameterManualTest {
  private static final Set<String> REQUESTS =
      Set.of(
          "Dd", "Dt", "Os", "Sh", "Nm", "Nd", "Pa", "Li", "Ql", "Bl", "It", "El", "Pp", "Cm", "Dq",
          "Va", "br", "Xr");

  @Test
  void pageDescribesEveryDeclaredParameter() {
    assertEquals(
        new TreeSet<>(ParameterCatalogue.declared().keySet()),
        ParameterManual.text()
            .lines()
            .filter(line -> line.startsWith(".It Va "))
            .map(line -> line.substring(7))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void proseNeverBecomesARequest() {
    assertEquals(
        List.of(),
        ParameterManual.text()
            .lines()
            .filter(line -> line.startsWith("'") || line.startsWith("."))
            .filter(line -> !REQUESTS.contains(line.substring(1).split(" ", 2)[0]))
            .toList());
  }
}
