package org.jmail.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes answers into the files of [Dialogue].
final class DialogueFiles {

  static final boolean RECORDING = Boolean.getBoolean("jmail.record");

  private DialogueFiles() {}

  /// @param postfix by the dialogue's name, an answer for each step and the greeting, and its log
  static void record(Map<String, List<List<String>>> postfix, Map<String, List<List<String>>> ours)
      throws IOException {
    for (Path file : Dialogue.files()) {
      List<String> lines = new ArrayList<>();
      Files.readAllLines(file).stream().filter(l -> l.startsWith("#")).forEach(lines::add);
      for (Dialogue dialogue : Dialogue.read(file)) {
        write(dialogue, postfix.get(dialogue.name()), ours.get(dialogue.name()), lines);
      }
      Files.write(file, lines);
    }
  }

  private static void write(
      Dialogue dialogue, List<List<String>> postfix, List<List<String>> ours, List<String> lines) {
    lines.add("");
    lines.add("=== " + dialogue.name());
    dialogue.settings().forEach(setting -> lines.add("-o " + setting));
    if (!dialogue.from().equals("127.0.0.1")) {
      lines.add("from " + dialogue.from());
    }
    if (dialogue.speaksFirst()) {
      lines.add("speaks first");
    }
    List<Dialogue.Step> steps = new ArrayList<>(dialogue.steps());
    // A file that has no answers yet has no greeting either.
    if (steps.isEmpty() || !steps.getFirst().sent().isEmpty()) {
      steps.addFirst(new Dialogue.Step("", List.of(), List.of(), ""));
    }
    for (int i = 0; i < steps.size(); i++) {
      Dialogue.Step step = steps.get(i);
      if (!step.sent().isEmpty()) {
        lines.add(step.sent());
      }
      postfix.get(i).forEach(line -> lines.add("S: " + line));
      if (!postfix.get(i).equals(ours.get(i))) {
        ours.get(i).forEach(line -> lines.add("J: " + line));
        lines.add("why " + (step.why().isEmpty() ? "?" : step.why()));
      }
    }
    List<String> logged = postfix.getLast();
    logged.forEach(line -> lines.add("L: " + line));
    if (!logged.equals(ours.getLast())) {
      ours.getLast().forEach(line -> lines.add("K: " + line));
      lines.add("why " + (dialogue.log().why().isEmpty() ? "?" : dialogue.log().why()));
    }
  }
}
